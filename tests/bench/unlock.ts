/**
 * What opening a case costs before its first block is read: the derivation of a passphrase slot, argon2id as it is in use
 * and the approved algorithm, each as the median of several, and rewriting one slot, which is an opening and a derivation
 * whatever the size of the case. A wrong passphrase is measured beside a right one.
 */
import { derivationHere } from '../../src/lib/vault/key-cost.ts';
import { newDataKey, unwrapKey, wrapKey, type SlotOwner } from '../../src/lib/vault/keys.ts';
import type { Figure } from './figure.ts';

const TIMES = 5;
const OWNER: SlotOwner = { id: 's', kind: 'passphrase', name: 'DC 4411' };
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** On the clock, and of the processor alone: on a machine that does other work only the second says what it costs. */
async function seconds(work: () => Promise<unknown>): Promise<{ wall: number; cpu: number }> {
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const from = performance.now();
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1e6);
    wall.push((performance.now() - from) / 1000);
  }
  return { wall: median(wall), cpu: median(cpu) };
}

export async function run(): Promise<Figure[]> {
  const raw = newDataKey();
  const [argon, approved] = [await derivationHere(false), await derivationHere(true)];
  const slot = await wrapKey(raw, { passphrase: 'right' }, argon, 'c', OWNER);
  const approvedSlot = await wrapKey(raw, { passphrase: 'right' }, approved, 'c', OWNER);
  const right = await seconds(() => unwrapKey(slot, { passphrase: 'right' }, 'c'));
  const wrong = await seconds(() => unwrapKey(slot, { passphrase: 'wrong' }, 'c'));
  const pbkdf2 = await seconds(() => unwrapKey(approvedSlot, { passphrase: 'right' }, 'c'));
  const change = await seconds(async () => {
    await unwrapKey(slot, { passphrase: 'right' }, 'c');
    await wrapKey(raw, { passphrase: 'new' }, argon, 'c', OWNER);
  });
  return [
    { id: 'unlock.argon2id', value: right.wall, unit: 's', target: '0.7 to 1.5', met: right.wall >= 0.7 && right.wall <= 1.5 },
    { id: 'unlock.argon2id.cpu', value: right.cpu, unit: 's of the processor' },
    {
      id: 'unlock.wrong',
      value: wrong.cpu,
      unit: 's of the processor',
      peer: 'right',
      peerValue: right.cpu,
      ratio: wrong.cpu / right.cpu
    },
    { id: 'unlock.pbkdf2', value: pbkdf2.wall, unit: 's, approved algorithms' },
    { id: 'unlock.change', value: change.wall, unit: 's to rewrite one slot', target: '<= 3', met: change.wall <= 3 },
    { id: 'unlock.change.cpu', value: change.cpu, unit: 's of the processor' }
  ];
}
