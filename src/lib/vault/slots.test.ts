import { describe, expect, it } from 'vitest';
import {
  CHEAP,
  FIRST,
  FIRST_CASE as CASE,
  FIRST_PASSPHRASE,
  FIRST_RECOVERY,
  FIRST_ROWS,
  FIRST_TEXT
} from '../../../tests/fixtures/first-version.ts';
import { BlockStore } from './blocks.ts';
import type { BlockPort } from './block-port.ts';
import { importDataKey, newDataKey, newRecoveryKey, wrapKey, type KeySlot } from './keys.ts';
import { isNameTaken, openSlots, readSlot, recoverySlot, withoutSlot, withSlot } from './slots.ts';

const FIRST_BLOCK: BlockPort = {
  beyond: 0,
  refresh: () => Promise.resolve(),
  rebuilt: () => Promise.resolve(null),
  rewrite: () => Promise.resolve(),
  close: () => {},
  last: () => Promise.resolve(FIRST_ROWS.commit),
  read: () => Promise.resolve(FIRST_ROWS),
  kinds: () => Promise.resolve(['messages']),
  append: () => Promise.reject(new Error('read only')),
  size: () => Promise.resolve({ blocks: 1, bytes: 36 })
};

async function threeSlots(): Promise<{ raw: Uint8Array<ArrayBuffer>; slots: KeySlot[]; recoveryKey: string }> {
  const raw = newDataKey();
  const recoveryKey = await newRecoveryKey();
  const slots = [
    await wrapKey(raw, { passphrase: 'one' }, CHEAP, CASE, { id: 'a', kind: 'passphrase', name: 'DC 4411' }),
    await wrapKey(raw, { passphrase: 'two' }, CHEAP, CASE, { id: 'b', kind: 'supervisor', name: 'DI 7' }),
    await recoverySlot(raw, CASE, recoveryKey)
  ];
  return { raw, slots, recoveryKey };
}

describe('a case of the first version', () => {
  it('opens by its passphrase and its recovery key, and its blocks are read', async () => {
    const slots = FIRST.map(readSlot);
    expect(slots.map(({ version, id, name }) => [version, id, name])).toEqual([
      [1, 'passphrase', ''],
      [1, 'recovery', '']
    ]);
    for (const secret of [{ passphrase: FIRST_PASSPHRASE }, { recoveryKey: FIRST_RECOVERY }]) {
      const opened = await openSlots(slots, secret, CASE, null);
      const key = await importDataKey(opened?.raw ?? newDataKey());
      const blocks = await BlockStore.open(FIRST_BLOCK, CASE, key, { now: () => 0, isReadOnly: true });
      const texts: string[] = [];
      for await (const block of blocks.readAll()) texts.push(new TextDecoder().decode(block.bytes));
      expect(texts).toEqual([FIRST_TEXT]);
    }
    expect(await openSlots(slots, { passphrase: 'another' }, CASE, null)).toBeNull();
  });

  it('keeps its other slot as it was when one of them is written anew', async () => {
    const slots = FIRST.map(readSlot);
    const opened = await openSlots(slots, { passphrase: FIRST_PASSPHRASE }, CASE, null);
    const owner = { id: 'passphrase', kind: 'passphrase', name: 'DC 4411' } as const;
    const anew = withSlot(slots, await wrapKey(opened?.raw ?? newDataKey(), { passphrase: 'new' }, CHEAP, CASE, owner));
    expect(anew.map(({ version }) => version)).toEqual([2, 1]);
    expect((await openSlots(anew, { passphrase: 'new' }, CASE, 'passphrase'))?.raw).toEqual(opened?.raw);
    expect(await openSlots(anew, { passphrase: FIRST_PASSPHRASE }, CASE, null)).toBeNull();
    expect((await openSlots(anew, { recoveryKey: FIRST_RECOVERY }, CASE, null))?.raw).toEqual(opened?.raw);
  });
});

describe('the slots of one case', () => {
  it('open for officer, supervisor and paper alike, and say whose it was', async () => {
    const { raw, slots, recoveryKey } = await threeSlots();
    for (const [secret, id] of [
      [{ passphrase: 'one' }, 'a'],
      [{ passphrase: 'two' }, 'b'],
      [{ recoveryKey }, slots[2]?.id]
    ] as const) {
      const opened = await openSlots(slots, secret, CASE, null);
      expect(opened?.slot.id).toBe(id);
      expect(opened?.raw).toEqual(raw);
    }
    expect(await openSlots(slots, { passphrase: 'two' }, CASE, 'a')).toBeNull();
  });

  it('are all tried, so that a wrong passphrase costs what a right one does', async () => {
    const { slots } = await threeSlots();
    const asked: string[] = [];
    const watched = slots.map((slot) => ({
      ...slot,
      get wrapped() {
        asked.push(slot.id);
        return slot.wrapped;
      }
    }));
    const askedBy = async (passphrase: string): Promise<string[]> => {
      asked.length = 0;
      await openSlots(watched, { passphrase }, CASE, null);
      return [...asked];
    };
    expect(await askedBy('one')).toEqual(['a', 'b']);
    expect(await askedBy('two')).toEqual(['a', 'b']);
    expect(await askedBy('wrong')).toEqual(['a', 'b']);
  });

  it('bear each name once, and the last passphrase of an officer stays', async () => {
    const { slots } = await threeSlots();
    expect(isNameTaken(slots, ' dc 4411', '')).toBe(true);
    expect(isNameTaken(slots, 'DC 4411', 'a')).toBe(false);
    expect(withoutSlot(slots, 'a')).toBe('last-passphrase');
    expect(withoutSlot(slots, 'nowhere')).toBe('not-found');
    expect(withoutSlot(slots, 'b')).toEqual([slots[0], slots[2]]);
  });
});
