import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { fixturesWith, namesOf, registryWith, templatesOf } from './templates.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const source = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');

/** Faults of spelling alone: types are for the first check after the files are there. */
function faultsOf(path: string, text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022 }
  });
  return diagnostics.map((one) => ts.flattenDiagnosticMessageText(one.messageText, ' '));
}

describe('new:format', () => {
  it('names a format as the code spells it', () => {
    expect(namesOf('kik-json')).toEqual({
      id: 'kik-json',
      camel: 'kikJson',
      pascal: 'KikJson',
      upper: 'KIK_JSON',
      service: 'kik'
    });
    for (const odd of ['Kik', 'kik_json', '-kik', '../x', '']) expect(() => namesOf(odd)).toThrow(/is no name/);
  });

  it('lists the format before the one that takes what is left', () => {
    const registry = registryWith(namesOf('kik-json'), source('src/lib/formats/registry.ts'));
    expect(registry).toContain("import { kikJson } from './kik-json/index.ts';");
    expect(registry).toMatch(/kikJson,\s+phoneCsv\s*\]/);
    const fixtures = fixturesWith(namesOf('kik-json'), source('tests/fixtures/all-formats.ts'));
    expect(fixtures).toMatch(/\.\.\.KIK_JSON_FIXTURES\s*\];/);
    for (const [path, text] of [
      ['registry.ts', registry],
      ['all-formats.ts', fixtures]
    ] as const)
      expect(faultsOf(path, text)).toEqual([]);
  });

  it('writes files that are TypeScript', () => {
    for (const [path, text] of templatesOf(namesOf('kik-json'))) expect(faultsOf(path, text)).toEqual([]);
  });
});
