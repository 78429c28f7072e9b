import { describe, expect, it } from 'vitest';
import { packBlock } from '../evidence/blocks.ts';
import { IdentityLog, packIdentity, type IdentityDecision, type IdentityUndo } from './identity-log.ts';

const decision = (number: number, kind: IdentityDecision['kind'], a: number, b: number): IdentityDecision => ({
  kind,
  number,
  accounts: [[a, a + 100], [b]],
  decidedAtMs: 5,
  decidedBy: 'DC 4411',
  words: 'she said so',
  reasonsFor: [{ kind: 'one-device', file: 'a.xml' }],
  reasonsAgainst: [{ kind: 'wrote-to-each-other', count: 2 }]
});
const undo = (of: number): IdentityUndo => ({ kind: 'undo', decision: of, undoneAtMs: 6, undoneBy: 'DS 1', words: 'wrong Ray' });

describe('the log of decisions about persons', () => {
  it('keeps every decision, and lets only those count that nobody took back', () => {
    const log = new IdentityLog();
    for (const event of [decision(1, 'confirm', 1, 2), decision(2, 'reject', 3, 4), decision(3, 'confirm', 5, 6), undo(1)])
      log.add(event);
    expect(log.decisions.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(log.standing().map(({ number }) => number)).toEqual([2, 3]);
    expect(log.joins()).toEqual([[5, 6]]);
    expect(log.undoOf(1)).toMatchObject({ undoneBy: 'DS 1', words: 'wrong Ray' });
    expect(log.undoOf(2)).toBeNull();
  });

  it('comes back from its blocks, reasons and words included', () => {
    const log = new IdentityLog();
    for (const event of [decision(1, 'confirm', 1, 2), undo(1), decision(2, 'reject', 1, 2)]) log.unpack(packIdentity(event));
    expect(log.decisions).toEqual([decision(1, 'confirm', 1, 2), decision(2, 'reject', 1, 2)]);
    expect(log.standing()).toEqual([decision(2, 'reject', 1, 2)]);
  });

  it('refuses a record of a later version', () => {
    const later = packBlock('identity', {}, { version: 2, event: undo(1) });
    expect(() => new IdentityLog().unpack(later)).toThrow('version 2');
  });
});
