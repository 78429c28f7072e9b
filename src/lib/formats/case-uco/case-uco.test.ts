import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRAPH } from '../../../../tests/fixtures/case-uco.ts';
import { bytesInput, jsonInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { caseUco } from './index.ts';

const OPTIONS = { zone: 'UTC', region: 'GB', owner: { identifier: '07700900118', name: '' } } as const;
const read = (graph: unknown) => readInto(caseUco, jsonInput('case.json', { '@graph': graph }), OPTIONS);

describe('a CASE graph', () => {
  it('gives messages with their ends and threads wherever those stand', async () => {
    const sink = await read(GRAPH);
    expect(
      sink.messages.map(({ from, to, body, direction, thread, time }) => [
        from?.e164,
        to.length,
        body,
        direction,
        thread.name,
        thread.isGroup,
        time.utcMs
      ])
    ).toEqual([
      ['+447700900123', 2, 'vii maine?', 'incoming', 'House', true, Date.UTC(2024, 2, 1, 18)],
      ['+447700900118', 1, 'da', 'outgoing', 'House', true, Date.UTC(2024, 2, 1, 18, 1)]
    ]);
    expect(sink.messages[0]?.thread.service).toBe('whatsapp');
    expect(sink.calls.map(({ direction, duration_s }) => [direction, duration_s])).toEqual([['incoming', 65]]);
    expect(sink.contacts.map(({ name, accounts }) => [name, accounts.map((ref) => ref.e164)])).toEqual([
      ['Ana Pop', ['+447700900123']]
    ]);
    expect(sink.locations).toHaveLength(1);
    expect(sink.generics.find(({ type }) => type === 'message details')?.fields).toContainEqual(['messageID', 'stanza-1']);
    // The second mention of a node is part of the first.
    expect(sink.folds).toHaveLength(1);
  });

  it('means the same in any order of its nodes', async () => {
    const kinds = async (graph: unknown) => {
      const { messages, calls, contacts } = await read(graph);
      const text = [
        ...messages.map(({ from, to, body, thread }) => [from, to, body, thread]),
        ...calls.map(({ from, to }) => [from, to]),
        ...contacts.map(({ name, accounts }) => [name, accounts])
      ];
      return text.map((one) => JSON.stringify(one)).sort();
    };
    const wanted = await kinds(GRAPH);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...GRAPH.keys()], { minLength: GRAPH.length }), async (order) => {
        expect(await kinds(order.map((i) => GRAPH[i]))).toEqual(wanted);
      }),
      { numRuns: 40 }
    );
  });

  it('accounts for every element of random graphs', async () => {
    const value: fc.Memo<unknown> = fc.memo((depth): fc.Arbitrary<unknown> =>
      depth <= 1
        ? fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.constant(null), fc.constant({ '@id': 'kb:a' }))
        : fc.oneof(
            fc.array(value(depth - 1), { maxLength: 3 }),
            fc.dictionary(
              fc.constantFrom('@id', '@type', '@value', 'hasFacet', 'from', 'messageText', 'element', '@list'),
              value(depth - 1),
              { maxKeys: 4 }
            )
          )
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value(3), { maxLength: 8 }), async (graph) => {
        const sink = await read(graph);
        const details = sink.generics.filter(({ type }) => type.endsWith(' details')).length;
        expect(sink.sum.seen - details).toBe(graph.length);
      }),
      { numRuns: 200 }
    );
  });

  it.each(['', '{"@graph": [', '{"@graph": 3}'])(
    'says in a sentence that it cannot read %j, or has nothing in it',
    async (text) => {
      const input = bytesInput('case.json', text);
      const ended = await caseUco.read(input, OPTIONS, await read([]), NO_ABORT).then(
        () => 'whole',
        (error: unknown) => (error as Error).message
      );
      expect(ended).toMatch(/whole|case\.json/);
    }
  );
});
