/**
 * A plain object has "constructor", "__proto__" and other words as entries that nobody wrote. What is asked by text, which
 * may come from evidence, has to be a table of its own: see src/lib/evidence/own-table.ts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ownTable } from '../../src/lib/evidence/own-table.ts';

/** Headers are named by us, kernels by a model's program. */
const ASKED_BY_US = ['src/lib/vault/headers.ts'];
const PLAIN = /^(export )?const \w+: (Readonly<)?Record<string, .*> = \{/gm;

const plainTables = (text: string): string[] => [...text.matchAll(PLAIN)].map(([line]) => line);

describe('tables that are asked by text', () => {
  it('have no entries but their own', () => {
    const table = ownTable({ incoming: 1 });
    expect(table['incoming']).toBe(1);
    for (const word of ['constructor', '__proto__', 'hasOwnProperty', 'toString', 'valueOf'])
      expect(table[word], word).toBeUndefined();
  });

  it('are never plain objects', () => {
    expect(plainTables('const A: Readonly<Record<string, number>> = {\n  a: 1\n};')).toHaveLength(1);
    const files = readdirSync('src/lib', { recursive: true, encoding: 'utf8' })
      .map((file) => `src/lib/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.(ts|svelte)$/.test(file) && !/paraglide|\.test\.ts$|assembly/.test(file));
    expect(files.length).toBeGreaterThan(500);
    const found = files
      .filter((file) => !ASKED_BY_US.includes(file))
      .flatMap((file) => plainTables(readFileSync(file, 'utf8')).map((line) => `${file}: ${line}`));
    expect(found).toEqual([]);
  });
});
