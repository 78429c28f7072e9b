/**
 * Which device a pack runs on: both are tried on the same lines, and the graphics card is taken only where it gives the
 * very text that the processor gives, and faster. Its arithmetic differs from driver to driver; the processor's does not.
 */
import type { Device } from './seq2seq.ts';
import type { ModelFaultCode } from './model-fault.ts';

export type TrialOutcome =
  | { readonly ok: true; readonly texts: readonly string[]; readonly messagesPerSecond: number }
  | { readonly ok: false; readonly code: ModelFaultCode | 'trial-silent' | 'damaged-here'; readonly detail: string };

export type DeviceReason =
  /** The pack has no weights that suit a graphics card. */
  | 'no-gpu-weights'
  /** The browser offers no adapter, or only one in software. */
  | 'no-adapter'
  | 'gpu-failed'
  | 'gpu-other-text'
  | 'gpu-slower'
  | 'gpu-faster';

export interface DeviceChoice {
  readonly device: Device;
  readonly reason: DeviceReason;
  readonly messagesPerSecond: number;
  /** What the other device did, where it was tried and ran. */
  readonly otherPerSecond: number | null;
}

export function chooseDevice(
  wasm: Extract<TrialOutcome, { ok: true }>,
  gpu: TrialOutcome | 'no-gpu-weights' | 'no-adapter'
): DeviceChoice {
  const onWasm = (reason: DeviceReason, otherPerSecond: number | null = null): DeviceChoice => ({
    device: 'wasm',
    reason,
    messagesPerSecond: wasm.messagesPerSecond,
    otherPerSecond
  });
  if (typeof gpu === 'string') return onWasm(gpu);
  if (!gpu.ok) return onWasm('gpu-failed');
  const isSame = gpu.texts.length === wasm.texts.length && gpu.texts.every((text, i) => text === wasm.texts[i]);
  if (!isSame) return onWasm('gpu-other-text', gpu.messagesPerSecond);
  if (gpu.messagesPerSecond <= wasm.messagesPerSecond) return onWasm('gpu-slower', gpu.messagesPerSecond);
  return {
    device: 'webgpu',
    reason: 'gpu-faster',
    messagesPerSecond: gpu.messagesPerSecond,
    otherPerSecond: wasm.messagesPerSecond
  };
}
