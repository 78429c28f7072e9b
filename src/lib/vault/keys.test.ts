import { describe, expect, it, vi } from 'vitest';
import {
  importDataKey,
  isRecoveryKey,
  newDataKey,
  newRecoveryKey,
  preferredDerivation,
  unwrapKey,
  wrapKey,
  type Derivation,
  type SlotOwner
} from './keys.ts';

/** As in use but cheap: the cost is a number in the slot, the course is the same. */
const CHEAP: readonly Derivation[] = [
  { name: 'argon2id', memoryKiB: 256, passes: 1, lanes: 1 },
  { name: 'pbkdf2-sha256', rounds: 1000 }
];

const OFFICER: SlotOwner = { id: 's1', kind: 'passphrase', name: 'DC 4411' };
const PAPER: SlotOwner = { id: 's2', kind: 'recovery', name: '' };

describe('key slots', () => {
  it.each(CHEAP)('open by the passphrase alone, in one case alone: $name', async (derivation) => {
    const raw = newDataKey();
    const slot = await wrapKey(raw, { passphrase: 'păsărică ' }, derivation, 'case-1', OFFICER);
    expect(await unwrapKey(slot, { passphrase: 'păsărică '.normalize('NFD') }, 'case-1')).toEqual(raw);
    expect(await unwrapKey(slot, { passphrase: 'păsărică' }, 'case-1')).toBeNull();
    expect(await unwrapKey(slot, { passphrase: 'păsărică ' }, 'case-2')).toBeNull();
    for (const other of [{ kind: 'recovery' }, { id: 's9' }, { name: 'DC 4412' }, { version: 1 }] as const)
      expect(await unwrapKey({ ...slot, ...other }, { passphrase: 'păsărică ' }, 'case-1'), JSON.stringify(other)).toBeNull();
  });

  it.each(CHEAP)('do not open when a bit of them is changed: $name', async (derivation) => {
    const slot = await wrapKey(newDataKey(), { passphrase: 'x' }, derivation, 'c', OFFICER);
    for (const part of ['salt', 'nonce', 'wrapped'] as const) {
      const changed = slot[part].slice();
      changed[3] = (changed[3] as number) ^ 4;
      expect(await unwrapKey({ ...slot, [part]: changed }, { passphrase: 'x' }, 'c'), part).toBeNull();
    }
  });

  it('never hold the key in clear, and give a key that cannot be read out', async () => {
    const raw = newDataKey();
    const slot = await wrapKey(raw, { passphrase: 'x' }, CHEAP[1] as Derivation, 'c', OFFICER);
    expect(slot.wrapped.length).toBe(raw.length + 16);
    expect([...slot.wrapped.subarray(0, 32)]).not.toEqual([...raw]);
    const key = await importDataKey(raw);
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });
});

describe('the printed recovery key', () => {
  it('is 56 characters that can be read out, and opens its slot however it is typed', async () => {
    const recoveryKey = await newRecoveryKey();
    expect(recoveryKey).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
    const raw = newDataKey();
    const slot = await wrapKey(raw, { recoveryKey }, { name: 'hkdf-sha256' }, 'c', PAPER);
    const typed = recoveryKey.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(await isRecoveryKey(typed)).toBe(true);
    expect(await unwrapKey(slot, { recoveryKey: typed }, 'c')).toEqual(raw);
    expect(await unwrapKey(slot, { recoveryKey: await newRecoveryKey() }, 'c')).toBeNull();
  });

  it('differs each time and is told from a mistyped one', async () => {
    const keys = await Promise.all(Array.from({ length: 50 }, newRecoveryKey));
    expect(new Set(keys).size).toBe(50);
    for (const key of keys) {
      expect(await isRecoveryKey(key)).toBe(true);
      const at = key.startsWith('7') ? '8' : '7';
      expect(await isRecoveryKey(at + key.slice(1))).toBe(false);
      expect(await isRecoveryKey(key.slice(1))).toBe(false);
    }
  });
});

describe('the derivation for a new passphrase', () => {
  it('is argon2id with 64 MiB, and PBKDF2 with a million rounds where WebAssembly is blocked', async () => {
    expect(await preferredDerivation(false)).toEqual({ name: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1 });
    expect(await preferredDerivation(true)).toEqual({ name: 'pbkdf2-sha256', rounds: 1_000_000 });
    vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('blocked by policy'));
    expect(await preferredDerivation(false)).toEqual({ name: 'pbkdf2-sha256', rounds: 1_000_000 });
    vi.stubGlobal('WebAssembly', undefined);
    expect(await preferredDerivation(false)).toMatchObject({ name: 'pbkdf2-sha256' });
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
});
