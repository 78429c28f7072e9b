import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_ROWS, blocksSince, BlockError, emptyMark, markOf, StoreLoader, unpackBlock } from './blocks.ts';
import { utcMs } from './ids.ts';
import { SourceIntake } from './intake.ts';
import type { AccountRef, CallRecord, FoldRule, MessageRecord, ThreadRef } from './records.ts';
import { EvidenceStore, type SourceInfo } from './store.ts';

const person = (n: number): AccountRef => ({
  service: 'sms',
  identifier: `+4477009000${String(n).padStart(2, '0')}`,
  rawIdentifier: `077009000${n}`,
  e164: `+4477009000${String(n).padStart(2, '0')}`
});

function thread(a: AccountRef, b: AccountRef): ThreadRef {
  return { service: 'sms', key: b.identifier, isGroup: false, members: [a, b] };
}

function message(from: AccountRef, to: AccountRef, body: string, at: number | null, fold: FoldRule = 'identical'): MessageRecord {
  return {
    thread: thread(from, to),
    from,
    to: [to],
    body,
    time: {
      raw: at === null ? 'not a time' : String(at),
      utcMs: at === null ? null : utcMs(at),
      basis: at === null ? 'unknown' : 'utc-by-spec'
    },
    direction: 'outgoing',
    state: 0,
    confidence: 'unstated',
    attachments: [{ name: 'IMG-1.jpg' }],
    place: { path: 'report.xml', offset: at ?? 0, unit: 'byte' },
    itemId: `id${at}`,
    fold
  };
}

function call(from: AccountRef, to: AccountRef, at: number, duration_s: number | null): CallRecord {
  return {
    service: 'phone',
    from,
    to: [to],
    duration_s,
    direction: 'outgoing',
    outcome: 'answered',
    isVideo: false,
    state: 0,
    confidence: 'high',
    time: { raw: String(at), utcMs: utcMs(at), basis: 'utc-by-spec' },
    place: { path: '', offset: 1, unit: 'row' },
    itemId: ''
  };
}

function take(store: EvidenceStore, records: readonly MessageRecord[], commit = true): SourceIntake {
  const intake = new SourceIntake(store, store.sources.length, 'a.xml');
  for (const record of records) {
    intake.seen('message');
    intake.message(record);
  }
  if (!commit) return intake;
  intake.commit();
  store.sources.push({ name: 'a.xml', sum: intake.sum, facts: [], findings: intake.findings } as unknown as SourceInfo);
  return intake;
}

describe('SourceIntake', () => {
  it('folds an exact copy with both places kept', () => {
    const store = new EvidenceStore();
    const one = message(person(1), person(2), 'salut', 5_000);
    const intake = take(store, [one, { ...one, place: { path: 'report.xml', offset: 99, unit: 'byte' }, itemId: 'other' }]);
    expect(intake.sum).toMatchObject({ seen: 2, kept: 1, folded: 1, refused: 0 });
    expect(store.messages.length).toBe(1);
    expect(store.copyCount.at(0)).toBe(1);
    expect(store.copies.place.at(0)).toEqual({
      source: 0,
      place: { path: 'report.xml', offset: 99, unit: 'byte' },
      itemId: 'other'
    });
  });

  it('keeps equal lines of one coarse export apart, and folds the n-th onto the n-th of another', () => {
    const store = new EvidenceStore();
    const ok = message(person(1), person(2), 'ok', 60_000, 'ordinal');
    expect(take(store, [ok, ok]).sum).toMatchObject({ kept: 2, folded: 0 });
    expect(take(store, [ok, ok, ok]).sum).toMatchObject({ kept: 1, folded: 2 });
    expect(store.copyCount.view()).toEqual(Uint8Array.of(1, 1, 0));
  });

  it('files a conversation of two under the pair, whichever phone it comes from', () => {
    const store = new EvidenceStore();
    const [a, b] = [person(1), person(2)];
    take(store, [message(a, b, 'one', 1), message(b, a, 'two', 2)]);
    expect(store.directory.threads).toHaveLength(1);
    expect(store.directory.threads[0]?.members).toHaveLength(2);
  });

  it('makes one party of two services with one number, and none of two that only share a name', () => {
    const store = new EvidenceStore();
    const sms = person(1);
    const whatsapp: AccountRef = { ...sms, service: 'whatsapp' };
    const named = (key: string): AccountRef => ({ service: 'whatsapp', identifier: key, rawIdentifier: 'Ana', name: 'Ana' });
    take(store, [
      message(sms, person(2), 'x', 1),
      message(whatsapp, named('name:1/Ana'), 'y', 2),
      message(whatsapp, named('name:2/Ana'), 'z', 3)
    ]);
    const { directory } = store;
    expect(directory.accounts).toHaveLength(5);
    expect(directory.partyCount).toBe(4);
  });

  it('leaves the store as it was when taken back', () => {
    const store = new EvidenceStore();
    const first = message(person(1), person(2), 'first', 1);
    take(store, [first]);
    const before = JSON.stringify([store.directory, markOf(store), [...store.copyCount.view()]]);
    const intake = take(
      store,
      [first, message(person(3), person(1), 'second', 2), message(person(1), person(2), 'third', 3)],
      false
    );
    expect(store.messages.length).toBe(3);
    intake.rollback();
    // Dictionaries of words only grow; rows, people and copies are what must be as before.
    const after = JSON.stringify([store.directory, { ...markOf(store), services: 1, paths: 1 }, [...store.copyCount.view()]]);
    expect(after).toBe(before);
    expect(take(store, [message(person(1), person(2), 'third', 3)]).sum.kept).toBe(1);
  });

  it('does not give a taken-back account its old number again', () => {
    const store = new EvidenceStore();
    const [a, b, c] = [person(1), person(2), person(3)];
    take(store, [message(a, b, 'x', 1)], false).rollback();
    take(store, [message(c, b, 'y', 2), message(a, b, 'z', 3)]);
    expect(store.directory.accounts[store.messages.from.at(1)]?.identifier).toBe(a.identifier);
  });

  it('obeys seen = kept + folded + refused, and folds against a store that was written and read back', () => {
    const record = fc.record({
      from: fc.nat(3),
      to: fc.integer({ min: 4, max: 6 }),
      body: fc.string({ unit: 'grapheme', maxLength: 6 }),
      at: fc.option(fc.nat(9)),
      ordinal: fc.boolean()
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), fc.nat(40), (records, split) => {
        const store = new EvidenceStore();
        const messages = records.map((r) =>
          message(person(r.from), person(r.to), r.body, r.at, r.ordinal ? 'ordinal' : 'identical')
        );
        const mark = emptyMark();
        const written: Uint8Array[] = [];
        const kinds: string[] = [];
        for (const part of [messages.slice(0, split), messages.slice(split)]) {
          const { sum } = take(store, part);
          expect(sum.seen).toBe(sum.kept + sum.folded + sum.refused);
          for (const block of blocksSince(store, mark)) {
            written.push(block.bytes);
            kinds.push(block.kind);
          }
          Object.assign(mark, markOf(store));
        }
        const loader = new StoreLoader();
        // What is foretold changes no row, even where it is not what comes.
        loader.expect(split % 2 === 0 ? kinds : ['messages', 'messages', 'messages']);
        for (const block of written) loader.add(block);
        const loaded = loader.finish();
        expect(loaded.messages.length).toBe(store.messages.length);
        for (let row = 0; row < store.messages.length; row++) {
          expect(loaded.messages.body.at(row)).toBe(store.messages.body.at(row));
          expect(loaded.messages.place.at(row)).toEqual(store.messages.place.at(row));
          expect([...loaded.messages.to.at(row)]).toEqual([...store.messages.to.at(row)]);
          expect(loaded.messages.attachmentRange(row)).toEqual(store.messages.attachmentRange(row));
        }
        expect(JSON.stringify(loaded.directory)).toBe(JSON.stringify(store.directory));
        expect([...loaded.copyCount.view()]).toEqual([...store.copyCount.view()]);
        const again = messages.filter((m) => m.fold === 'identical');
        expect(take(loaded, again).sum.kept).toBe(0);
      })
    );
  });

  it('folds a call only when ends, time and length agree', () => {
    const store = new EvidenceStore();
    const intake = new SourceIntake(store, 0, 'calls.xml');
    for (const record of [
      call(person(1), person(2), 9, 30),
      call(person(1), person(2), 9, 30),
      call(person(1), person(2), 9, null),
      call(person(2), person(1), 9, 30)
    ]) {
      intake.seen('call');
      intake.call(record);
    }
    intake.commit();
    expect(intake.sum).toMatchObject({ seen: 4, kept: 3, folded: 1 });
  });
});

describe('blocks', () => {
  it('drops the rows of an import that never ended and keeps those after it', () => {
    const first = new EvidenceStore();
    take(first, [message(person(1), person(2), 'first', 1)]);
    const mark = markOf(first);
    const whole = [...blocksSince(first, emptyMark())];
    const broken = new EvidenceStore();
    take(broken, [message(person(1), person(2), 'never ended', 2)]);
    const rows = [...blocksSince(broken, emptyMark())].filter(({ kind }) => kind !== 'directory');
    take(first, [message(person(2), person(3), 'second', 3)]);
    const loader = new StoreLoader();
    for (const { bytes } of [...whole, ...rows]) loader.add(bytes);
    loader.dropUnfinished();
    for (const { bytes } of blocksSince(first, mark)) loader.add(bytes);
    for (const { bytes } of rows) loader.add(bytes);
    const loaded = loader.finish();
    expect([0, 1].map((row) => loaded.messages.body.at(row))).toEqual(['first', 'second']);
    expect(loaded.rowCounts()).toEqual(first.rowCounts());
    expect(loaded.attachments).toEqual(first.attachments);
    expect([...loaded.copyCount.view()]).toEqual([0, 0]);
  });

  it('makes room once for all messages that full blocks foretell', () => {
    const loader = new StoreLoader();
    const before = loader.store.messages.sizeBytes;
    loader.expect(['begin', 'messages', 'messages', 'rest', 'directory', 'begin', 'messages', 'directory']);
    const room = loader.store.messages.sizeBytes;
    // One full block, and as much again for those that are not.
    expect(room - before).toBeGreaterThan(2 * BLOCK_ROWS * 40);
    const store = new EvidenceStore();
    const records = Array.from({ length: 2 * BLOCK_ROWS - 1 }, (_, i) => message(person(1), person(2), '', i));
    take(store, records);
    for (const { bytes } of blocksSince(store, emptyMark())) loader.add(bytes);
    expect(loader.finish().messages.time.utcMs.sizeBytes).toBe(2 * BLOCK_ROWS * 8);
  });

  it('refuses what is not a whole block', () => {
    const store = new EvidenceStore();
    take(store, [message(person(1), person(2), 'x', 1)]);
    const [block] = [...blocksSince(store, emptyMark())];
    const bytes = block?.bytes as Uint8Array;
    expect(() => unpackBlock(bytes.subarray(0, 4))).toThrow(BlockError);
    expect(() => unpackBlock(bytes.subarray(0, bytes.length - 40))).toThrow(BlockError);
    expect(() => unpackBlock(new Uint8Array(64))).toThrow(BlockError);
  });
});
