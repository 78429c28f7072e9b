import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonInput, NO_ABORT, readInto, zipOf } from '../../../../tests/fixtures/format-fixture.ts';
import { metaMessage, metaThread, mojibake } from '../../../../tests/fixtures/meta.ts';
import { oddItem } from '../../../../tests/fixtures/odd-items.ts';
import { SourceIntake } from '../../evidence/intake.ts';
import { MessageState } from '../../evidence/records.ts';
import { EvidenceStore } from '../../evidence/store.ts';
import type { ReadOptions } from '../contract.ts';
import { metaJson } from './index.ts';
import { asLatin1, repaired } from './mojibake.ts';

const UNASKED: ReadOptions = { zone: null, region: 'GB', owner: null };
const read = (value: unknown, options = UNASKED) => readInto(metaJson, jsonInput('message_1.json', value), options);

describe('meta-json: text', () => {
  it('repairs by bytes and can go back, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (one) => {
        const text = one.toWellFormed();
        const written = mojibake(text);
        const right = repaired(written);
        expect(right ?? written).toBe(text);
        if (right !== null) expect(asLatin1(right)).toBe(written);
      }),
      { numRuns: 500 }
    );
  });

  it.each(['plain', 'café', 'naïve Ã', 'zażółć', '😀', 'Ã©😀'])('leaves %s alone, which is no such writing', (text) => {
    expect(repaired(text)).toBeNull();
  });

  it('keeps the text as it was written beside the repaired one', async () => {
    const sink = await read(
      metaThread([metaMessage(1, 'Ana', 'où es-tu'), metaMessage(2, 'Ana', 'ok')], ['Ana', 'Dan'], 'inbox/a')
    );
    expect(sink.messages.map((message) => message.body)).toEqual(['où es-tu', 'ok']);
    expect(sink.generics.filter((one) => one.type === 'meta message details').map((one) => one.fields)).toEqual([
      [
        ['thread', 'inbox/a'],
        ['time', '1709316000001'],
        ['content as written', 'oÃ¹ es-tu']
      ]
    ]);
    expect(sink.findings).toMatchObject([{ code: 'not-utf8', severity: 'note' }]);
  });
});

describe('meta-json: threads', () => {
  it('joins the parts of one thread, and files two people under their pair', async () => {
    const part = (n: number) => metaThread([metaMessage(n, 'Ana', `m${n}`)], ['Ana', 'Dan'], 'inbox/ana_1');
    const zip = await zipOf('download.zip', {
      'messages/inbox/ana_1/message_1.json': part(2),
      'messages/inbox/ana_1/message_10.json': part(1)
    });
    const sink = await readInto(metaJson, zip, UNASKED);
    expect(new Set(sink.messages.map((message) => message.thread)).size).toBe(1);
    expect(sink.messages[0]?.thread).toMatchObject({ isGroup: false, members: [{ name: 'Ana' }, { name: 'Dan' }] });
    expect(sink.messages.map((message) => message.place.path.slice(-15))).toEqual(['/message_1.json', 'message_10.json']);
  });

  it('goes on behind a damaged part and says which it is', async () => {
    const part = metaThread([metaMessage(1, 'Ana', 'kept')], ['Ana', 'Dan'], 'inbox/ana_1');
    const zip = await zipOf('download.zip', {
      'inbox/a/message_1.json': `${JSON.stringify(part).slice(0, -30)}`,
      'inbox/b/message_1.json': part
    });
    const sink = await readInto(metaJson, zip, UNASKED);
    expect(sink.sum.kept).toBeGreaterThanOrEqual(2);
    expect(sink.findings).toContainEqual(
      expect.objectContaining({
        code: 'cut-short',
        severity: 'failure',
        message: expect.stringContaining("download.zip: 'inbox/a/message_1.json'")
      })
    );
  });

  it('offers who is in most threads as the owner', async () => {
    const zip = await zipOf('download.zip', {
      'inbox/a/message_1.json': metaThread([metaMessage(1, 'Ana', 'x')], ['Ana', 'Dan'], 'inbox/a'),
      'inbox/b/message_1.json': metaThread([metaMessage(1, 'Ion', 'y')], ['Ion', 'Dan'], 'inbox/b')
    });
    const { questions } = await metaJson.probe(zip, UNASKED, NO_ABORT);
    expect(questions).toMatchObject([{ kind: 'owner', candidates: [{ name: 'Dan' }, { name: 'Ana' }, { name: 'Ion' }] }]);
  });

  it('keeps pictures that were sent in one moment apart, in the store too', async () => {
    const photo = (name: string) => metaMessage(1, 'Ana', null, { photos: [{ uri: `a/${name}.jpg` }] });
    const store = new EvidenceStore();
    const intake = new SourceIntake(store, 0, 'message_1.json');
    const thread = metaThread([photo('1'), photo('2'), photo('2')], ['Ana', 'Dan'], 'inbox/a');
    await metaJson.read(jsonInput('message_1.json', thread), UNASKED, intake, NO_ABORT);
    expect(intake.sum.byKind.message).toEqual({ seen: 3, kept: 2, folded: 1, refused: 0 });
    expect(store.attachments.length).toBe(2);
  });

  it('marks what was taken back', async () => {
    const sink = await read(metaThread([metaMessage(1, 'Ana', null, { is_unsent: true })], ['Ana', 'Dan'], 'inbox/a'));
    expect(sink.messages[0]?.state).toBe(MessageState.deletedByUser | MessageState.tombstone);
  });

  it('conserves: seen = kept + folded + refused for any items', async () => {
    const item = oddItem({
      sender_name: ['Ana', mojibake('Popă')],
      senderName: ['Ana'],
      timestamp_ms: [1709316000000, '1709316000000', '#99999999999999999999#'],
      content: ['x', mojibake('é')],
      photos: [[{ uri: 'a/b.jpg' }], [{}]],
      call_duration: [0, 5],
      is_unsent: [true],
      reactions: [[{ reaction: 'x', actor: 'Ana' }]]
    });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 8 }), fc.boolean(), async (messages, hasHead) => {
        const sink = await read(
          hasHead ? { messages, participants: [{ name: 'Ana' }, 5], title: 'x', thread_path: 'inbox/a' } : { messages }
        );
        expect(sink.sum.byKind.message.seen + sink.sum.byKind.call.seen).toBe(messages.length);
      }),
      { numRuns: 200 }
    );
  });
});
