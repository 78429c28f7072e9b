import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonInput, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { oddItem } from '../../../../tests/fixtures/odd-items.ts';
import { snap } from '../../../../tests/fixtures/snapchat.ts';
import { MessageState } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { withoutEntities } from '../text/entities.ts';
import { snapchatJson } from './index.ts';

const UNASKED: ReadOptions = { zone: null, region: 'GB', owner: null };
const read = (value: unknown, options = UNASKED) => readInto(snapchatJson, jsonInput('chat_history.json', value), options);

describe('snapchat-json', () => {
  it.each([
    ['&lt;b&gt; &amp;amp; &#39;', "<b> &amp; '"],
    ['&#x1F600;&#128512;', '😀😀'],
    ['&bogus; &amp &#0; &#xD800; &', '&bogus; &amp &#0; &#xD800; &']
  ])('reads %s', (written, text) => {
    expect(withoutEntities(written)).toBe(text);
  });

  it('takes the finer time where it is the same second, and the written one where not', async () => {
    const sink = await read({
      ana: [snap(123, 'ana', 'a', false), snap(124, 'ana', 'b', false, { 'Created(microseconds)': 5 })]
    });
    expect(sink.messages.map((message) => message.time)).toEqual([
      { raw: '2024-03-01 18:00:00 UTC', utcMs: 1709316000123, basis: 'offset-in-data' },
      { raw: '2024-03-01 18:00:00 UTC', utcMs: 1709316000000, basis: 'offset-in-data' }
    ]);
  });

  it('marks what was erased, and says once that absence means nothing', async () => {
    const sink = await read({
      ana: [snap(1, 'ana', '', false, { 'Media Type': 'STATUSERASEDMESSAGE' }), snap(2, 'ana', 'x', false)]
    });
    expect(sink.messages[0]?.state).toBe(MessageState.system | MessageState.deletedByUser | MessageState.tombstone);
    expect(sink.findings.filter((finding) => finding.message.includes('nobody saved'))).toHaveLength(1);
  });

  it.each([
    ['an empty list of the older generation', 'chats.json', { 'Received Saved Chat History': [], 'Sent Saved Chat History': [] }],
    ['a history of nobody', 'my_data/chat_history.json', { ana: [] }],
    ['a history of snaps that are gone', 'my_data/snap_history.json', { ana: [] }]
  ])('says so of %s, which holds no message', async (_, name, value) => {
    const sink = await readInto(snapchatJson, jsonInput(name, value), UNASKED);
    expect(sink.messages).toEqual([]);
    expect(sink.findings.map(({ code, message }) => [code, message])).toEqual([
      ['not-included', `${name}: Snapchat deletes what nobody saved; what is missing here says nothing.`]
    ]);
  });

  it('says nothing of it where no history is in the file', async () => {
    const friends = { Friends: [{ Username: 'ana', 'Display Name': 'Ana' }] };
    expect((await readInto(snapchatJson, jsonInput('friends.json', friends), UNASKED)).findings).toEqual([]);
  });

  it('conserves: seen = kept + folded + refused for any items', async () => {
    const item = oddItem({
      From: ['ana'],
      To: ['dan'],
      'Media Type': ['TEXT', 'MEDIA', 'STATUSSAVEDTOCAMERAROLL'],
      Created: ['2024-03-01 18:00:00 UTC', 'never'],
      Content: ['x', null],
      Text: ['&amp;'],
      IsSender: [true, false],
      'Created(microseconds)': [1709316000123],
      'Media IDs': ['a | b'],
      'Conversation Title': ['Curse'],
      Username: ['ana']
    });
    const list = fc.array(item, { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(list, list, async (one, two) => {
        const sink = await read({ ana: one, 'Sent Saved Chat History': two });
        const { message, contact, generic } = sink.sum.byKind;
        expect(message.seen + contact.seen + generic.seen).toBeGreaterThanOrEqual(one.length + two.length);
      }),
      { numRuns: 200 }
    );
  });
});
