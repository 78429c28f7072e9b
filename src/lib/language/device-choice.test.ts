import { expect, it } from 'vitest';
import { chooseDevice, type TrialOutcome } from './device-choice.ts';

const ran = (messagesPerSecond: number, ...texts: string[]): Extract<TrialOutcome, { ok: true }> => ({
  ok: true,
  texts,
  messagesPerSecond
});
const wasm = ran(10, 'where are you', 'come');

it.each([
  ['no-gpu-weights', 'no-gpu-weights', 'wasm', 10, null],
  ['no-adapter', 'no-adapter', 'wasm', 10, null],
  ['a card that fails', { ok: false, code: 'run-failed', detail: 'lost' }, 'wasm', 10, null],
  ['a card that says one line otherwise', ran(99, 'where are you', 'came'), 'wasm', 10, 99],
  ['a card that says less', ran(99, 'where are you'), 'wasm', 10, 99],
  ['a card that is no faster', ran(10, 'where are you', 'come'), 'wasm', 10, 10],
  ['a card that is faster and says the same', ran(11, 'where are you', 'come'), 'webgpu', 11, 10]
] as const)('%s', (_, gpu, device, messagesPerSecond, otherPerSecond) => {
  expect(chooseDevice(wasm, gpu)).toMatchObject({ device, messagesPerSecond, otherPerSecond });
});
