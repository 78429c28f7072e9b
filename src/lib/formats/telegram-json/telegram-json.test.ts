import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInput, jsonInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { oddItem } from '../../../../tests/fixtures/odd-items.ts';
import { telegramMessage, telegramService } from '../../../../tests/fixtures/telegram.ts';
import { MessageState } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { telegramJson } from './index.ts';
import { peerId } from './peers.ts';

const UNASKED: ReadOptions = { zone: null, region: 'GB', owner: null };
const ANA = ['user1', 'Ana'] as const;
const ME = ['user2', 'Me'] as const;
const chat = (messages: readonly unknown[], more: object = {}): unknown => ({
  name: 'Ana',
  type: 'personal_chat',
  id: 1,
  ...more,
  messages
});
const read = (value: unknown, options = UNASKED) => readInto(telegramJson, jsonInput('result.json', value), options);

describe('telegram-json', () => {
  it('finds its own side before it writes: all messages of two lie in one pair', async () => {
    const sink = await read(chat([telegramMessage(1, ANA, 'a'), telegramMessage(2, ME, 'b')]));
    expect(sink.messages[0]?.thread.members.map((ref) => ref.identifier)).toEqual(['user2', 'user1']);
    expect(sink.messages.map((message) => message.direction)).toEqual(['incoming', 'outgoing']);
    expect(sink.findings[0]).toMatchObject({ code: 'header-guessed', severity: 'note' });
  });

  it('follows the officer where the export does not say', async () => {
    const owner = { identifier: '', name: 'Me' };
    const sink = await read(chat([telegramMessage(1, ANA, 'a'), telegramMessage(2, ME, 'b')], { type: 'private_group' }), {
      ...UNASKED,
      owner
    });
    expect(sink.messages.map((message) => message.direction)).toEqual(['incoming', 'outgoing']);
  });

  it('asks for the owner of a group, busiest first, and for a zone where times need one', async () => {
    const group = chat(
      [telegramMessage(1, ANA, 'a'), telegramMessage(2, ANA, 'b'), { ...telegramMessage(3, ME, 'c'), date_unixtime: undefined }],
      { type: 'private_group' }
    );
    const { questions } = await telegramJson.probe(jsonInput('result.json', group), UNASKED, NO_ABORT);
    expect(questions.map((question) => question.kind)).toEqual(['zone', 'owner']);
    expect(questions[1]).toMatchObject({ candidates: [{ name: 'Ana' }, { name: 'Me' }] });
  });

  it('reads every kind of call', async () => {
    const ends = [
      { duration_seconds: 5, discard_reason: 'hangup' },
      { discard_reason: 'missed' },
      { discard_reason: 'busy' },
      { discard_reason: 'hangup' },
      {}
    ];
    const sink = await read(chat(ends.map((end, i) => telegramService(i + 1, i % 2 === 0 ? ME : ANA, 'phone_call', end))));
    expect(
      sink.calls.map((call) => `${call.direction} ${call.outcome} ${call.duration_s} to ${call.to.map((ref) => ref.name).join()}`)
    ).toEqual([
      'outgoing answered 5 to Ana',
      'incoming missed null to Me',
      'outgoing rejected null to Ana',
      'incoming unknown null to Me',
      'outgoing unknown null to Ana'
    ]);
  });

  it.each([
    ['123', 'user123'],
    ['4294967297', 'chat1'],
    ['8589934594', 'channel2'],
    ['user9', 'user9'],
    ['', '']
  ])('reads the id %s as %s', (raw, id) => {
    expect(peerId(raw)).toBe(id);
  });

  it('keeps where a link leads, which its text need not say', async () => {
    const sink = await read(
      chat([telegramMessage(1, ANA, [{ type: 'text_link', text: 'https://bank.example', href: 'https://other.example' }])])
    );
    expect(sink.messages[0]?.body).toBe('https://bank.example');
    expect(sink.generics[0]?.fields).toContainEqual(["text_link 'https://bank.example' href", 'https://other.example']);
  });

  it('counts and refuses the message in which the file breaks off', async () => {
    const text = JSON.stringify(chat([telegramMessage(1, ANA, 'kept'), telegramMessage(2, ANA, 'lost')]));
    const input = bytesInput('result.json', text.slice(0, text.indexOf('lost') + 2));
    await expect(readInto(telegramJson, input, UNASKED)).rejects.toMatchObject({
      code: 'cut-short',
      message: expect.stringMatching(/^result\.json is cut short at byte \d+: /)
    });
  });

  it('marks a message whose text is not what the file meant', async () => {
    const text = JSON.stringify(chat([telegramMessage(1, ANA, 'a'), telegramMessage(2, ANA, 'XY')])).replace('"XY"', '"\\ud83d"');
    const sink = await readInto(telegramJson, bytesInput('result.json', text), UNASKED);
    expect(sink.messages.map((message) => message.state & MessageState.partial)).toEqual([0, MessageState.partial]);
    expect(sink.messages[1]?.body).toBe('\\ud83d');
  });

  it('conserves: seen = kept + folded + refused for any items', async () => {
    const item = oddItem({
      id: [1, 2, '#9007199254740993#'],
      type: ['message', 'service'],
      date: ['2024-03-01T10:00:00'],
      date_unixtime: ['1709316000', '0'],
      from: ['Ana', null],
      from_id: ['user1', 'channel2', 4294967297],
      text: ['x', ['a', { type: 'bold', text: 'b' }], ''],
      action: ['phone_call', 'pin_message'],
      photo: ['photos/1.jpg', '(File not included.)'],
      location_information: [{ latitude: 51.5, longitude: 0 }],
      poll: [{ question: 'q', answers: [{ text: 'a' }] }]
    });
    const list = fc.array(item, { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        list,
        list,
        fc.constantFrom('personal_chat', 'private_group', 'saved_messages', ''),
        async (one, two, type) => {
          const whole = { contacts: { list: two }, chats: { list: [chat(one, { type }), { messages: two }] } };
          const sink = await read(whole);
          const { message, call, contact } = sink.sum.byKind;
          expect(message.seen + call.seen).toBe(one.length + two.length);
          expect(contact.seen).toBe(two.length);
        }
      ),
      { numRuns: 150 }
    );
  });
});
