import { describe, expect, it } from 'vitest';
import { BlockStore } from './blocks.ts';
import type { BlockPort } from './block-port.ts';
import { importDataKey, newDataKey, newRecoveryKey, wrapKey, type Derivation, type KeySlot } from './keys.ts';
import { isNameTaken, openSlots, readSlot, recoverySlot, withoutSlot, withSlot, type FirstSlot } from './slots.ts';

const CASE = '3f0c1a52-0000-4000-8000-00000000c0de';
const CHEAP: Derivation = { name: 'argon2id', memoryKiB: 256, passes: 1, lanes: 1 };
const bytes = (hex: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(hex, 'hex'));

/** Slots and one block as the first version of a case wrote them, from its own code. */
const FIRST: readonly FirstSlot[] = [
  {
    kind: 'passphrase',
    derivation: CHEAP,
    salt: bytes('eed333eb0581ad5c7db49b3baeeed93a'),
    nonce: bytes('c9072ea97bd856d56202afbe'),
    wrapped: bytes('e1a5f886e7104d0d994c4ffae6c75e969ecc330b68d9e3e6020f7b57c5e39b06bb43c0a53656900d4d3fbe0716b5c258')
  },
  {
    kind: 'recovery',
    derivation: { name: 'hkdf-sha256' },
    salt: bytes('40b828d50896410dd7bb61406ecf7ecc'),
    nonce: bytes('c90eb96e012f27c35ee6d6d4'),
    wrapped: bytes('dd6c0d9b617c9491a49c27bee67f60cbbb20f7418b801a0e9715f3ffca6404f8b66d9c2e950fda98512475a6fc4980e6')
  }
];
const FIRST_PASSPHRASE = 'kettle marsh orbit lantern';
const FIRST_RECOVERY = '0000-1111-2222-3333-4444-5555-6666-7777-8888-9999-AAAA-BBBB-CCCC-DDDD';
const FIRST_BLOCK: BlockPort = {
  beyond: 0,
  refresh: () => Promise.resolve(),
  rebuilt: () => Promise.resolve(null),
  rewrite: () => Promise.resolve(),
  close: () => {},
  last: async () => (await FIRST_BLOCK.read(1)).commit ?? null,
  read: async (seq) => ({
    block: {
      caseId: CASE,
      seq,
      kind: 'messages',
      nonce: new Uint8Array(12).fill(9),
      isDeflated: false,
      cipher: bytes('3bef48bed8128ce552e6edc6487d83f0e5d9f24ba182f92a858fa3997f92ebdc6c01181e')
    },
    commit: {
      caseId: CASE,
      seq,
      kind: 'messages',
      sha256Hex: 'a856facf4ce8089d958a802ada3784c7d1c6b533eec83798a4d62ba28e921794',
      previous: '',
      committedAtMs: 0
    }
  }),
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
      expect(texts).toEqual(['of the first version']);
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
