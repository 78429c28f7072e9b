import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Directory } from './directory.ts';
import type { AccountRef } from './records.ts';

const number = (n: number): AccountRef => {
  const e164 = `+447700900${String(n).padStart(3, '0')}`;
  return { service: 'sms', identifier: e164, rawIdentifier: e164, e164, name: `N${n}` };
};

/** Accounts 0..n-1 with a number each, and account n with the number of account 0 in another service. */
function directoryOf(n: number): Directory {
  const directory = new Directory();
  for (let i = 0; i < n; i++) directory.account(number(i), 0);
  directory.account({ ...number(0), service: 'whatsapp' }, 0);
  return directory;
}

const seen = (directory: Directory): unknown => ({
  parties: [...directory.partyColumn()],
  accounts: Array.from({ length: directory.partyCount }, (_, party) => directory.accountsOf(party)),
  labels: Array.from({ length: directory.partyCount }, (_, party) => directory.label(party)),
  standing: directory.standingCount
});

describe('joined parties', () => {
  it('count as the lowest of them; the others keep their numbers and are empty', () => {
    const directory = directoryOf(5);
    directory.join([
      [4, 2],
      [2, 3]
    ]);
    expect([...directory.partyColumn()]).toEqual([0, 1, 2, 2, 2, 0]);
    expect(directory.accountsOf(2)).toEqual([2, 3, 4]);
    expect(directory.accountsOf(3)).toEqual([]);
    expect(directory.accountsOf(0)).toEqual([0, 5]);
    expect(directory.label(4)).toBe('');
    expect(directory.ownLabel(4)).toBe('N4');
    expect([directory.partyCount, directory.standingCount]).toEqual([5, 3]);
    expect(directory.joinedWith(4)).toEqual([2, 3, 4]);
    expect(directory.joinedWith(1)).toEqual([1]);
    expect([...directory.ownPartyColumn()]).toEqual([0, 1, 2, 3, 4, 0]);
  });

  it('take in accounts that come later under one of their numbers', () => {
    const directory = directoryOf(3);
    directory.join([[1, 2]]);
    const id = directory.account({ ...number(2), service: 'telegram' }, 1);
    expect(directory.partyOf(id)).toBe(1);
    expect(directory.accountsOf(1)).toEqual([1, 2, id]);
  });

  it('refuse an account that is not there, and stay as they were', () => {
    const directory = directoryOf(3);
    directory.join([[1, 2]]);
    expect(() => directory.join([[0, 9]])).toThrow(RangeError);
    expect(directory.partyOf(2)).toBe(1);
  });

  it('are the same in any order of pairs, and none of them is left after an empty list', () => {
    const pair = fc.tuple(fc.nat(9), fc.nat(9));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 12 }), fc.array(pair, { maxLength: 12 }), (pairs, before) => {
        const plain = seen(directoryOf(10));
        const directory = directoryOf(10);
        directory.join(before);
        directory.join(pairs);
        const other = directoryOf(10);
        other.join(pairs.map(([a, b]) => [b, a] as const).reverse());
        expect(seen(directory)).toEqual(seen(other));
        for (const [a, b] of pairs) expect(directory.partyOf(a)).toBe(directory.partyOf(b));
        directory.join([]);
        expect(seen(directory)).toEqual(plain);
      })
    );
  });
});
