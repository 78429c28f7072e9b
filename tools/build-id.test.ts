import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildId } from './build-id.ts';

let root = '';
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const PROJECT = 'src/messages/project.inlang';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'skein-build-id-'));
  put('src/app.ts', 'export {}');
  put('src/messages/en.json', '{}');
  put(`${PROJECT}/settings.json`, '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the id of a build', () => {
  it('is the same beside what a build, a check or the compiler of messages leaves in the folder', () => {
    const before = buildId(root);
    for (const path of ['cache/paraglide-js/da626a92.json', '.meta.json', 'README.md', '.gitignore'])
      put(`${PROJECT}/${path}`, 'made');
    for (const path of ['src/lib/paraglide/messages.js', 'static/sample/manifest.json', 'src/app.test.ts']) put(path, 'made');
    expect(buildId(root)).toBe(before);
  });

  it('is another where a source is: a message, the settings of their compiler, a file of the app', () => {
    const ids = [buildId(root)];
    for (const path of ['src/app.ts', 'src/messages/en.json', `${PROJECT}/settings.json`, 'static/icons/new.svg']) {
      put(path, '{"changed": true}');
      ids.push(buildId(root));
    }
    expect(new Set(ids).size).toBe(ids.length);
  });
});
