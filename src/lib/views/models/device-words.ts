/** What a model runs on and why, in words: the outcome of its trial on this device. */
import type { DeviceChoice } from '$lib/language/device-choice.ts';
import { m } from '$lib/paraglide/messages.js';
import { formatNumber } from '$lib/ui/format.ts';

const WHY = {
  'no-gpu-weights': m.models_why_no_gpu_weights,
  'no-adapter': m.models_why_no_adapter,
  'gpu-failed': m.models_why_gpu_failed,
  'gpu-other-text': m.models_why_gpu_other_text,
  'gpu-slower': m.models_why_gpu_slower,
  'gpu-faster': m.models_why_gpu_faster
} satisfies Record<DeviceChoice['reason'], (values: { rate: string }) => string>;

export function deviceWords({ device, reason, otherPerSecond }: DeviceChoice): string {
  const name = device === 'webgpu' ? m.models_device_webgpu() : m.models_device_wasm();
  return `${name}: ${WHY[reason]({ rate: formatNumber(otherPerSecond ?? 0, 1) })}`;
}
