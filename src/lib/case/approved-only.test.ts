/** The switch on the page of the device, and what a passphrase that is made after it is derived by. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newDataKey } from '../vault/keys.ts';
import { openSlots, passphraseSlot } from '../vault/slots.ts';
import { approvedOnly } from './approved-only.ts';

const PASSPHRASE = 'kettle marsh orbit lantern';
let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value)
  });
});
afterEach(() => vi.unstubAllGlobals());

/** A slot as the dialogs for a new case, an officer and a changed passphrase ask for it. */
const slotNow = (id: string) =>
  passphraseSlot(
    newDataKey(),
    'a case',
    { id, kind: 'passphrase', name: id },
    { passphrase: PASSPHRASE, approvedOnly: approvedOnly.read() }
  );

it('is off until it is chosen, and stays as chosen', () => {
  expect(approvedOnly.read()).toBe(false);
  approvedOnly.choose(true);
  expect(approvedOnly.read()).toBe(true);
  expect([...kept.values()]).toEqual(['on']);
  approvedOnly.choose(false);
  expect(approvedOnly.read()).toBe(false);
});

it('makes passphrases by PBKDF2 while it is on; each opens by its own algorithm after', async () => {
  approvedOnly.choose(true);
  const approved = await slotNow('approved');
  approvedOnly.choose(false);
  const usual = await slotNow('usual');
  expect(approved.derivation).toMatchObject({ name: 'pbkdf2-sha256' });
  expect(approved.derivation).toHaveProperty('rounds', expect.any(Number));
  expect(usual.derivation.name).toBe('argon2id');
  for (const { id } of [approved, usual])
    expect((await openSlots([approved, usual], { passphrase: PASSPHRASE }, 'a case', id))?.slot.id).toBe(id);
});
