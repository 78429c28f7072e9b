/**
 * `npm run verify:build`: whether build/ is what these sources make. Holds every file against build.json, then builds
 * twice from nothing and holds the three against one another. `--files` leaves the building out.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { differences, readStatement, stateOf, type BuildStatement } from './build-statement.ts';
import { buildId } from './build-id.ts';
import { removeLeftovers } from './leftovers.ts';
import { runStep } from './run-step.ts';

const ROOT = 'build';
const ASIDE = '.svelte-kit/build-before';

function fail(words: string): never {
  console.error(words);
  process.exit(1);
}

function said(name: string, { build, sha256Hex, files }: BuildStatement): void {
  console.log(`${name}: build ${build}, ${Object.keys(files).length} files, SHA-256 ${sha256Hex}`);
}

async function cleanBuild(): Promise<BuildStatement> {
  removeLeftovers();
  for (const made of ['node_modules/.vite', 'static/models', 'static/sample']) rmSync(made, { recursive: true, force: true });
  if ((await runStep('npm', ['run', 'build'])) !== 0) fail('The build failed.');
  return stateOf(ROOT, readStatement(ROOT).build);
}

if (!existsSync(`${ROOT}/build.json`)) fail('There is no build: run npm run build first.');
const stated = readStatement(ROOT);
const found = stateOf(ROOT, stated.build);
const changed = differences(stated, found);
if (changed.length > 0) fail(`Not the files that build.json states: ${changed.join(', ')}`);
said('as it lies', found);
if (stated.build !== buildId()) fail(`These sources are build ${buildId()}, not ${stated.build}: nothing to compare.`);

if (!process.argv.includes('--files')) {
  // Kept until the new ones are there: a build that fails must not leave a device without one.
  rmSync(ASIDE, { recursive: true, force: true });
  renameSync(ROOT, ASIDE);
  const first = await cleanBuild();
  said('first clean build', first);
  const second = await cleanBuild();
  said('second clean build', second);
  const apart = [...differences(first, second), ...differences(found, second)];
  if (apart.length > 0) fail(`These files came out otherwise: ${[...new Set(apart)].join(', ')}`);
  rmSync(ASIDE, { recursive: true, force: true });
}
console.log('verify:build: the build is what these sources make.');
