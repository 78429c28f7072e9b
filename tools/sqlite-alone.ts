/**
 * Two scripts of @sqlite.org/sqlite-wasm that are never started here: its own worker, and the one for storage in the
 * browser. Their addresses are taken out while building, so that 680 KB are neither shipped nor kept offline.
 */
import type { Plugin } from 'vite';

const MODULE = '@sqlite.org/sqlite-wasm/dist/index.mjs';
const TAKEN_OUT = [
  'new URL("sqlite3-worker1.mjs", import.meta.url)',
  'new URL("sqlite3-opfs-async-proxy.js", import.meta.url)'
] as const;
const NOWHERE = 'new URL("about:blank")';

export function sqliteAlone(): Plugin {
  return {
    name: 'sqlite-alone',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?', 1)[0]?.endsWith(MODULE)) return null;
      let script = code;
      for (const address of TAKEN_OUT) {
        if (script.split(address).length !== 2) throw new Error(`${MODULE} is not the version that was looked at`);
        script = script.replace(address, NOWHERE);
      }
      return { code: script, map: null };
    }
  };
}
