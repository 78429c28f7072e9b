/**
 * Emscripten's script of bergamot-translator as a module. It is written for a classic script: it reads and fills a global
 * `Module` and hangs the exports of the WASM file on `this`, which a module does not have. Workers of ours are modules
 * and may run no text as code, so the change is made while building; everything else of the script stays as published.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const NAME = 'virtual:bergamot-glue';
const SCRIPT = '@browsermt/bergamot-translator/worker/bergamot-translator-worker.js';
/** Where the script hangs the exports. */
const BEFORE = 'var global_object = this;';
/** An object a call in place of the worker's global scope: two models in one worker must not share their memory. */
const AFTER = 'var global_object = exported;';
/** The exports that its functions call as globals. */
const CALLED = ['_free', '_malloc', '___getTypeName'];

export function bergamotGlue(): Plugin {
  return {
    name: 'bergamot-glue',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    async load(id) {
      if (id !== `\0${NAME}`) return null;
      const script = await readFile(createRequire(import.meta.url).resolve(SCRIPT), 'utf8');
      if (script.split(BEFORE).length !== 2) throw new Error(`${SCRIPT} is not the version that was looked at`);
      const called = CALLED.map((name) => `const ${name} = (...args) => exported.${name}(...args);`);
      return [
        'export default function glue(Module) {',
        'const exported = {};',
        ...called,
        script.replace(BEFORE, AFTER),
        '}'
      ].join('\n');
    }
  };
}
