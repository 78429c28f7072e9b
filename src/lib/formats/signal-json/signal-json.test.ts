import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInput, jsonInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { oddItem } from '../../../../tests/fixtures/odd-items.ts';
import { chatItem, lines, PEOPLE, signalLine, signalRow } from '../../../../tests/fixtures/signal.ts';
import { MessageState } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { signalJson } from './index.ts';

const UNASKED: ReadOptions = { zone: null, region: 'GB', owner: null };
const read = (content: string, options = UNASKED) => readInto(signalJson, bytesInput('main.jsonl', content), options);

describe('signal-json', () => {
  it('knows people who are named behind their messages', async () => {
    const item = chatItem(1, '2', { incoming: {}, standardMessage: { text: { body: 'x' } } });
    const sink = await read(lines([PEOPLE[0], item, ...PEOPLE.slice(1)]));
    expect(sink.messages[0]?.from).toMatchObject({ e164: '+447700900011', name: 'Ana Pop' });
    expect(sink.messages[0]?.thread).toMatchObject({ isGroup: false, members: [{ name: 'Me' }, { name: 'Ana Pop' }] });
  });

  it('keeps earlier wordings of an edited message', async () => {
    const item = chatItem(1, '2', {
      incoming: {},
      standardMessage: { text: { body: 'two' } },
      revisions: [{ standardMessage: { text: { body: 'one' } } }]
    });
    const sink = await read(lines([...PEOPLE, item]));
    expect(sink.messages[0]?.state).toBe(MessageState.edited);
    expect(sink.generics.at(-1)?.fields).toContainEqual(['revisions.1.standardMessage.text.body', 'one']);
  });

  it('asks for the zone of times by a computer clock', async () => {
    const { questions } = await signalJson.probe(bytesInput('data.json', lines([signalLine(1, 'Me', 'x')])), UNASKED, NO_ABORT);
    expect(questions.map((question) => question.kind)).toEqual(['zone', 'owner']);
  });

  it('refuses a line that is no object and keeps the next', async () => {
    const sink = await read(`${lines([signalLine(1, 'Me', 'x')])}5\n${lines([signalLine(2, 'Me', 'y')])}`);
    expect(sink.sum).toMatchObject({ seen: 3, kept: 2, refused: 1 });
  });

  it('conserves: seen = kept + folded + refused for any items of any layout', async () => {
    const row = oddItem({
      ...Object.fromEntries(Object.entries(signalRow(1, 'incoming', 'x')).map(([key, value]) => [key, [value]])),
      type: ['incoming', 'outgoing', 'keychange', 20, 23]
    });
    const item = oddItem({
      chatId: ['1', '2', '9'],
      authorId: ['1', '2', '8'],
      dateSent: ['1709316000000', 5],
      standardMessage: [{ text: { body: 'x' } }],
      updateMessage: [{ individualCall: { state: 'MISSED' } }, {}],
      revisions: [[{}]]
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 6 }), fc.array(item, { maxLength: 6 }), async (rows, items) => {
        const one = await readInto(signalJson, jsonInput('rows.json', { messages: rows }), UNASKED);
        expect(one.sum.byKind.message.seen).toBe(rows.length);
        const frames = items.map((chat) => ({ chatItem: chat }));
        const two = await read(lines([...PEOPLE, ...frames]));
        const objects = items.filter((chat) => chat !== null && typeof chat === 'object' && !Array.isArray(chat)).length;
        expect(two.sum.byKind.message.seen + two.sum.byKind.call.seen).toBe(objects);
      }),
      { numRuns: 150 }
    );
  });
});
