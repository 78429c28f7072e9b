/**
 * `npm run new:format NAME`: a reader to begin with, which reads, is listed and passes its tests: folder, fixture maker,
 * test, words, and the golden rows of its fixture as it reads them now.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixturesWith, namesOf, registryWith, templatesOf, wordsWith } from './new-format/templates.ts';
import { runStep } from './run-step.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @throws Error in one sentence where the name cannot be used. */
export function newFormat(name: string, root: string = ROOT): readonly string[] {
  const names = namesOf(name);
  const folder = join(root, 'src/lib/formats', names.id);
  if (existsSync(folder)) throw new Error(`src/lib/formats/${names.id} is there already.`);
  const written: string[] = [];
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    written.push(path);
  };
  for (const [path, text] of templatesOf(names)) write(path, text);
  mkdirSync(join(root, 'tests/golden', names.id), { recursive: true });
  const registry = 'src/lib/formats/registry.ts';
  write(registry, registryWith(names, readFileSync(join(root, registry), 'utf8')));
  const fixtures = 'tests/fixtures/all-formats.ts';
  write(fixtures, fixturesWith(names, readFileSync(join(root, fixtures), 'utf8')));
  const words = 'src/lib/evidence/wording/format-words.ts';
  write(words, wordsWith(names, readFileSync(join(root, words), 'utf8')));
  return written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const name = process.argv[2];
  if (name === undefined) {
    console.error('usage: npm run new:format NAME, for instance kik-json');
    process.exit(2);
  }
  try {
    for (const path of newFormat(name)) console.log(path);
    const { id } = namesOf(name);
    const code = await runStep('npx', ['vitest', 'run', '--project', 'unit', 'tests/golden/formats.test.ts', '-t', `${id}: `], {
      UPDATE_GOLDEN: '1'
    });
    console.log(`\nNext: look at the rows in tests/golden/${id}. They are what an officer will see.`);
    process.exitCode = code;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
