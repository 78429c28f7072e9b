import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packBlock } from '../evidence/blocks.ts';
import { MAX_TAGS, packTagChange, TagLog, type TagChange, type TagChanged } from './tag-log.ts';

const WHO = 'DC 4411';
const made = (changed: TagChanged): TagChange => {
  if (!changed.ok) throw new Error(changed.fault);
  return changed.change;
};
const faultOf = (changed: TagChanged): string => (changed.ok ? 'none' : changed.fault);

/** The log as it comes back from its blocks. */
function reread(log: TagLog): TagLog {
  const again = new TagLog();
  for (const change of log.changes) again.unpack(packTagChange(change));
  return again;
}

const stateOf = (log: TagLog): unknown => log.tags().map((tag) => ({ ...tag, messages: [...log.messagesOf(tag.id)] }));

describe('tags', () => {
  it('stand on messages with who put them there and when, and say how many have them', () => {
    const log = new TagLog();
    const tag = made(log.make('  Travel\u202e plans ', WHO, 5)).tag;
    expect([...made(log.put(tag, [70, 3, 3, 5], WHO, 6)).messages]).toEqual([3, 5, 70]);
    expect([...made(log.put(tag, [5, 9], 'DS 1', 7)).messages]).toEqual([9]);
    expect(log.tags()).toEqual([{ id: 1, name: 'Travel plans', count: 4 }]);
    expect(log.marksOf(5)).toEqual([{ tag: 1, name: 'Travel plans', who: WHO, atMs: 6 }]);
    expect(log.marksOf(9)).toEqual([{ tag: 1, name: 'Travel plans', who: 'DS 1', atMs: 7 }]);
    expect(log.of(4)).toEqual([]);
  });

  it('are taken off, put on again, renamed, removed, and all of it taken back in turn', () => {
    const log = new TagLog();
    const tag = made(log.make('money', WHO, 1)).tag;
    log.put(tag, [1, 2], WHO, 2);
    log.take(tag, [2, 8], WHO, 3);
    log.rename(tag, 'debts', WHO, 4);
    log.remove(tag, WHO, 5);
    expect(log.tags()).toEqual([]);
    expect([...log.messagesOf(tag)]).toEqual([]);
    const seen: unknown[] = [];
    while (log.undoable !== null) {
      made(log.undo('DS 1', 6));
      seen.push(stateOf(log));
    }
    expect(seen).toEqual([
      [{ id: 1, name: 'debts', count: 1, messages: [1] }],
      [{ id: 1, name: 'money', count: 1, messages: [1] }],
      [{ id: 1, name: 'money', count: 2, messages: [1, 2] }],
      [{ id: 1, name: 'money', count: 0, messages: [] }],
      []
    ]);
    expect(log.changes).toHaveLength(10);
    expect(made(log.make('money', WHO, 7)).tag).toBe(2);
  });

  it('of a message whose tagging was lost with its block are by whoever put them back on', () => {
    const log = new TagLog();
    const tag = made(log.make('money', WHO, 1)).tag;
    log.put(tag, [1, 2], WHO, 2);
    log.take(tag, [2], WHO, 3);
    log.undo('DS 1', 4);
    const part = new TagLog();
    for (const change of log.changes) if (change.kind !== 'tagged') part.unpack(packTagChange(change));
    expect(part.steps(tag)).toEqual([{ who: 'DS 1', atMs: 4, messages: Uint32Array.of(2) }]);
  });

  it('say why nothing was changed', () => {
    const log = new TagLog();
    expect(faultOf(log.make(' \u200b ', WHO, 1))).toBe('name-missing');
    expect(faultOf(log.make('a'.repeat(41), WHO, 1))).toBe('too-long');
    expect(faultOf(log.make('money', ' ', 1))).toBe('who-missing');
    const tag = made(log.make('Money', WHO, 1)).tag;
    expect(faultOf(log.make('ｍoney', WHO, 1))).toBe('already-there');
    expect(faultOf(log.put(tag, [], WHO, 1))).toBe('nothing-to-do');
    expect(faultOf(log.put(7, [1], WHO, 1))).toBe('not-there');
    expect(faultOf(log.take(tag, [1], '', 1))).toBe('who-missing');
    expect(faultOf(log.rename(tag, 'Money', WHO, 1))).toBe('nothing-to-do');
    expect(faultOf(new TagLog().undo(WHO, 1))).toBe('nothing-to-undo');
    for (let n = log.tags().length; n < MAX_TAGS; n++) made(log.make(`tag ${n}`, WHO, 1));
    expect(faultOf(log.make('one more', WHO, 1))).toBe('full');
  });

  it('drop a change that could not be kept', () => {
    const log = new TagLog();
    const tag = made(log.make('money', WHO, 1)).tag;
    log.drop(made(log.put(tag, [4], WHO, 2)));
    expect(log.tags()).toEqual([{ id: 1, name: 'money', count: 0 }]);
    made(log.put(tag, [4], WHO, 2));
    log.drop(made(log.undo(WHO, 3)));
    expect([...log.messagesOf(tag)]).toEqual([4]);
    log.drop(log.changes.at(-1) as TagChange);
    log.drop(log.changes.at(-1) as TagChange);
    expect(made(log.make('money', WHO, 4))).toMatchObject({ tag: 1, version: 1 });
  });

  it('come back without a change whose block is lost, and refuse a block of a later version', () => {
    const log = new TagLog();
    const tag = made(log.make('money', WHO, 1)).tag;
    log.put(tag, [1], WHO, 2);
    log.put(tag, [2], WHO, 3);
    log.undo(WHO, 4);
    const [first, , third, fourth] = log.changes as [TagChange, TagChange, TagChange, TagChange];
    const again = new TagLog();
    for (const change of [first, third, fourth]) again.unpack(packTagChange(change));
    expect(stateOf(again)).toEqual([{ id: 1, name: 'money', count: 0, messages: [] }]);
    const withoutMaking = new TagLog();
    withoutMaking.unpack(packTagChange(third));
    expect(stateOf(withoutMaking)).toEqual([{ id: 1, name: 'money', count: 1, messages: [2] }]);
    const later = packBlock('tags', {}, { form: 2, change: first });
    expect(() => again.unpack(later)).toThrow('version 2');
  });

  it('are what plain sets would be, under any commands, and the same when read again', () => {
    const id = fc.nat({ max: 5 });
    const messages = fc.array(fc.nat({ max: 4000 }), { maxLength: 8 });
    const command = fc.oneof(
      fc.record({ kind: fc.constant('make' as const), name: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({ kind: fc.constant('rename' as const), id, name: fc.constantFrom('a', 'b', 'e') }),
      fc.record({ kind: fc.constant('remove' as const), id }),
      fc.record({ kind: fc.constantFrom('put' as const, 'take' as const), id, messages }),
      fc.record({ kind: fc.constant('undo' as const) })
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const log = new TagLog();
        type Plain = Map<number, { name: string; messages: Set<number> }>;
        const copy = (plain: Plain): Plain =>
          new Map([...plain].map(([tag, held]) => [tag, { name: held.name, messages: new Set(held.messages) }]));
        let plain: Plain = new Map();
        /** States before each change that may still be taken back. */
        const past: Plain[] = [];
        for (const one of commands) {
          const before = copy(plain);
          let changed: TagChanged;
          if (one.kind === 'undo') {
            changed = log.undo(WHO, 1);
            if (changed.ok) plain = past.pop() as Plain;
            continue;
          }
          if (one.kind === 'make') {
            changed = log.make(one.name, WHO, 1);
            if (changed.ok) plain.set(changed.change.tag, { name: one.name, messages: new Set() });
          } else if (one.kind === 'rename') {
            changed = log.rename(one.id, one.name, WHO, 1);
            if (changed.ok) (plain.get(one.id) as { name: string }).name = one.name;
          } else if (one.kind === 'remove') {
            changed = log.remove(one.id, WHO, 1);
            if (changed.ok) plain.delete(one.id);
          } else {
            changed = log[one.kind](one.id, one.messages, WHO, log.version);
            const held = plain.get(one.id)?.messages;
            if (changed.ok) for (const n of one.messages) held?.[one.kind === 'put' ? 'add' : 'delete'](n);
          }
          if (changed.ok) past.push(before);
        }
        const expected = [...plain]
          .sort(([a], [b]) => a - b)
          .map(([tag, held]) => ({
            id: tag,
            name: held.name,
            count: held.messages.size,
            messages: [...held.messages].sort((a, b) => a - b)
          }));
        expect(stateOf(log)).toEqual(expected);
        expect(stateOf(reread(log))).toEqual(expected);
        // The steps of a tag hold each of its messages once, by the change that its mark names.
        for (const { id } of log.tags()) {
          const inSteps = log
            .steps(id)
            .flatMap(({ who, atMs, messages }) => [...messages].map((message) => ({ message, who, atMs })))
            .sort((a, b) => a.message - b.message);
          const marks = [...log.messagesOf(id)].map((message) => {
            const mark = log.marksOf(message).find(({ tag }) => tag === id);
            return { message, who: mark?.who, atMs: mark?.atMs };
          });
          expect(inSteps).toEqual(marks);
        }
      }),
      { numRuns: 300 }
    );
  });
});
