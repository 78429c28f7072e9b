import { describe, expect, it } from 'vitest';
import type { PartyRow } from '$lib/pipeline/contract.ts';
import { nextOrder, orderParties, PARTY_COLUMNS, partyHas, type PartyColumn } from './party-columns.ts';

const party = (id: number, change: Partial<PartyRow>): PartyRow => ({
  id,
  label: `P${id}`,
  identifiers: [],
  services: ['sms'],
  names: [],
  isOwnerOf: [],
  isJoined: false,
  sent: 0,
  received: 0,
  calls: 0,
  callSeconds: 0,
  threads: 0,
  firstMs: null,
  lastMs: null,
  community: null,
  ...change
});
const rows = [
  party(1, { sent: 5, firstMs: 30 }),
  party(2, { sent: 9 }),
  party(3, { sent: 5, firstMs: 10, identifiers: ['+447700900123'] })
];
const order = (by: Parameters<typeof orderParties>[1]['by'], isDescending: boolean): number[] =>
  orderParties(rows, { by, isDescending }).map((row) => row.id);

describe('people in order', () => {
  it('keeps the case’s order for equal counts', () => expect(order('sent', true)).toEqual([2, 1, 3]));
  it('puts the undated last, whichever way', () => {
    expect(order('first', false)).toEqual([3, 1, 2]);
    expect(order('first', true)).toEqual([1, 3, 2]);
  });
  it('leaves the given rows as they are', () => {
    order('label', true);
    expect(rows.map((row) => row.id)).toEqual([1, 2, 3]);
  });
  it('begins with the greatest number, and with A', () => {
    const column = (id: string): PartyColumn => PARTY_COLUMNS.find((one) => one.id === id) as PartyColumn;
    const first = nextOrder({ by: 'volume', isDescending: true }, column('calls'));
    expect(first).toEqual({ by: 'calls', isDescending: true });
    expect(nextOrder(first, column('calls'))).toEqual({ by: 'calls', isDescending: false });
    expect(nextOrder(first, column('label'))).toEqual({ by: 'label', isDescending: false });
  });
  it('finds a name or a number', () => {
    expect(rows.filter((row) => partyHas(row, '900123')).map((row) => row.id)).toEqual([3]);
    expect(partyHas(party(9, { names: [{ name: 'Ramón', from: 'contact:a' }] }), 'ramón')).toBe(true);
  });
});
