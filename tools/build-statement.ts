/**
 * build.json: the hash of every file of a build, and one over all of them. It lies beside the files, so it says which
 * build this is and not that nobody changed it: for that, hold its hash against one that came another way.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const NAME = 'build.json';

export interface BuildStatement {
  readonly build: string;
  /** Over the lines '<sha256>  <path>\n' of all files, in the order of their paths: `sha256sum` writes the same lines. */
  readonly sha256Hex: string;
  readonly files: Readonly<Record<string, string>>;
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The statement that fits the files as they are. */
export function stateOf(root: string, build: string): BuildStatement {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name !== NAME && statSync(join(root, name)).isFile())
    .map((name) => name.split(sep).join('/'))
    .sort();
  const files = Object.fromEntries(names.map((name) => [name, sha256(readFileSync(join(root, name)))]));
  const lines = Object.entries(files).map(([name, hash]) => `${hash}  ${name}\n`);
  return { build, sha256Hex: sha256(lines.join('')), files };
}

export function writeStatement(root: string, build: string): BuildStatement {
  const statement = stateOf(root, build);
  writeFileSync(join(root, NAME), `${JSON.stringify(statement, null, 1)}\n`);
  return statement;
}

/** Files in which a build differs from a statement; none when it is the one. */
export function differences(stated: BuildStatement, found: BuildStatement): string[] {
  const names = new Set([...Object.keys(stated.files), ...Object.keys(found.files)]);
  return [...names].filter((name) => stated.files[name] !== found.files[name]).sort();
}

export const readStatement = (root: string): BuildStatement =>
  JSON.parse(readFileSync(join(root, NAME), 'utf8')) as BuildStatement;
