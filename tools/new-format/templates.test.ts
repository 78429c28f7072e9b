import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { NO_ABORT, readInto, type FormatFixture } from '../../tests/fixtures/format-fixture.ts';
import type { Format } from '../../src/lib/formats/contract.ts';
import { recognise } from '../../src/lib/formats/recognise.ts';
import { newFormat } from '../new-format.ts';
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

  it('makes a reader that is listed, knows its files among those of all others, and reads them', async () => {
    const root = mkdtempSync(join(tmpdir(), 'skein-new-format-'));
    try {
      // The project by links, but for the three files that are changed.
      for (const [folder, own] of [
        ['src/lib/formats', 'registry.ts'],
        ['src/lib/evidence/wording', 'format-words.ts'],
        ['tests/fixtures', 'all-formats.ts']
      ] as const) {
        mkdirSync(join(root, folder), { recursive: true });
        for (const name of readdirSync(join(ROOT, folder)))
          if (name === own) copyFileSync(join(ROOT, folder, name), join(root, folder, name));
          else symlinkSync(join(ROOT, folder, name), join(root, folder, name));
      }
      for (const name of readdirSync(join(ROOT, 'src/lib/evidence')))
        if (name !== 'wording') symlinkSync(join(ROOT, 'src/lib/evidence', name), join(root, 'src/lib/evidence', name));
      symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
      expect(newFormat('kik-json', root)).toContain('src/lib/formats/kik-json/index.ts');
      expect(() => newFormat('kik-json', root)).toThrow(/is there already/);

      const { FORMATS } = (await import(join(root, 'src/lib/formats/registry.ts'))) as { FORMATS: readonly Format[] };
      const { FORMAT_FIXTURES } = (await import(join(root, 'tests/fixtures/all-formats.ts'))) as {
        FORMAT_FIXTURES: readonly FormatFixture[];
      };
      const { FORMAT_WORDS } = (await import(join(root, 'src/lib/evidence/wording/format-words.ts'))) as {
        FORMAT_WORDS: Readonly<Record<string, unknown>>;
      };
      expect(Object.keys(FORMAT_WORDS)).toContain('format-kik-json');
      const fixture = FORMAT_FIXTURES.find(({ format }) => format === 'kik-json')!;
      const input = await fixture.input();
      const { recognised } = await recognise({ ...input, name: 'file.bin' }, NO_ABORT, FORMATS);
      expect(recognised?.format.id).toBe('kik-json');
      const sink = await readInto(recognised!.format, input, fixture.options);
      // The last item of its fixture says nothing.
      expect(sink.sum.byKind.message).toEqual({ seen: 3, kept: 2, folded: 0, refused: 1 });
      expect(sink.messages.map(({ body }) => body)).toEqual(['salut', 'da']);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
