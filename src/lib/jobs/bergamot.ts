/** Bergamot's two files on our own origin, fetched only when a pack in its format is opened; kept for offline use. */
import wasmFile from '@browsermt/bergamot-translator/worker/bergamot-translator-worker.wasm?url';
import type { BergamotParts } from '../language/bergamot/module.ts';

export const BERGAMOT_HERE: BergamotParts = {
  glue: async () => (await import('virtual:bergamot-glue')).default,
  async wasm() {
    const response = await fetch(new URL(wasmFile, location.href));
    if (!response.ok) throw new Error(`${wasmFile} is missing (${response.status})`);
    return WebAssembly.compile(await response.arrayBuffer());
  }
};
