/** What this browser on this device offers. Each answer is the browser's own; nothing is inferred from its name. */

export interface StorageFacts {
  /** Null where the browser does not say. */
  readonly isPersistent: boolean | null;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
}

export interface GraphicsFacts {
  readonly webgl: boolean;
  /** Name of a hardware adapter; null where there is none, or only a software one. */
  readonly webgpu: string | null;
}

export interface EngineFacts {
  readonly isIsolated: boolean;
  readonly hasWasm: boolean;
  readonly hasSimd: boolean;
  readonly hasThreads: boolean;
  readonly cores: number;
  /** Rounded down by the browser; null where it does not say. */
  readonly memory_gib: number | null;
}

export async function storageFacts(): Promise<StorageFacts> {
  const storage = navigator.storage as StorageManager | undefined;
  if (storage === undefined) return { isPersistent: null, usedBytes: null, quotaBytes: null };
  const estimate = await storage.estimate();
  return { isPersistent: await storage.persisted(), usedBytes: estimate.usage ?? null, quotaBytes: estimate.quota ?? null };
}

/** Asks the browser to keep the data when space runs low; it may refuse without asking anyone. */
export function askToPersist(): Promise<boolean> {
  return navigator.storage.persist();
}

// A module with one SIMD instruction (i8x16.splat, i8x16.popcnt): valid only where SIMD is there.
const SIMD_MODULE = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  5,
  1,
  96,
  0,
  1,
  123,
  3,
  2,
  1,
  0,
  10,
  10,
  1,
  8,
  0,
  65,
  0,
  253,
  15,
  253,
  98,
  11
);

export function engineFacts(): EngineFacts {
  const hasWasm = typeof WebAssembly === 'object';
  return {
    isIsolated: globalThis.crossOriginIsolated,
    hasWasm,
    hasSimd: hasWasm && WebAssembly.validate(SIMD_MODULE),
    hasThreads: globalThis.crossOriginIsolated && typeof SharedArrayBuffer === 'function',
    cores: navigator.hardwareConcurrency,
    memory_gib: (navigator as { deviceMemory?: number }).deviceMemory ?? null
  };
}

interface Adapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: {
    readonly vendor?: string;
    readonly architecture?: string;
    readonly description?: string;
    readonly isFallbackAdapter?: boolean;
  };
}

export async function graphicsFacts(): Promise<GraphicsFacts> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
  let adapter: Adapter | null = null;
  try {
    adapter = (await gpu?.requestAdapter()) ?? null;
  } catch {
    // Blocked by policy: the same as none.
  }
  const info = adapter?.info;
  // A software adapter is slower than the WASM path it would replace.
  const isFallback = adapter?.isFallbackAdapter === true || info?.isFallbackAdapter === true;
  const name = [info?.vendor, info?.architecture, info?.description].filter(Boolean).join(' ');
  return {
    webgl: document.createElement('canvas').getContext('webgl2') !== null,
    webgpu: adapter === null || isFallback ? null : name || 'WebGPU'
  };
}
