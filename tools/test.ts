/**
 * `npm test`: unit, browser and end-to-end tests and a few tries of the long series, one after the other, and one counted
 * line for all of them.
 * Finds a Chromium by itself; where there is none, fetches one or says the command that does.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findChromium } from './chromium.ts';
import { runStep } from './run-step.ts';

interface Counts {
  passed: number;
  failed: number;
}

const out = mkdtempSync(join(tmpdir(), 'skein-test-'));
const total: Counts = { passed: 0, failed: 0 };
/** What failed, by name: said once more at the end, where a reader of a long log looks. */
const failures: string[] = [];

function add(name: string, counts: Counts, code: number): void {
  // A run that broke before it could count itself is one failure, never none.
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  total.passed += counts.passed;
  total.failed += failed;
  console.log(`\n${name}: ${counts.passed} passed, ${failed} failed`);
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

interface PlaywrightSuite {
  readonly specs: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly { readonly results: readonly { readonly error?: { readonly message?: string } }[] }[];
  }[];
  readonly suites?: readonly PlaywrightSuite[];
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly suites: readonly PlaywrightSuite[];
}

async function vitest(project: string): Promise<void> {
  const file = join(out, `${project}.json`);
  const code = await runStep('npx', [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`
  ]);
  const report: VitestReport = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as VitestReport)
    : { numPassedTests: 0, numFailedTests: 1, testResults: [] };
  for (const { name, status, assertionResults } of report.testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    for (const test of failed)
      failures.push(`${project}: ${relative('.', name)}: ${test.fullName}: ${test.failureMessages[0] ?? ''}`);
    if (status === 'failed' && failed.length === 0) failures.push(`${project}: ${relative('.', name)} could not be run`);
  }
  add(`${project} tests`, { passed: report.numPassedTests, failed: report.numFailedTests }, code);
}

async function endToEnd(): Promise<void> {
  const file = join(out, 'end-to-end.json');
  const code = await runStep(
    'npx',
    ['playwright', 'test', '--config', 'tests/end-to-end/playwright.config.ts', '--reporter=list,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file
    }
  );
  const { stats, suites }: PlaywrightReport = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport)
    : { stats: { expected: 0, unexpected: 1, flaky: 0 }, suites: [] };
  listFailed(suites);
  add('end-to-end tests', { passed: stats.expected, failed: stats.unexpected + stats.flaky }, code);
}

function listFailed(suites: readonly PlaywrightSuite[]): void {
  for (const { specs, suites: inner = [] } of suites) {
    for (const { file, title, tests } of specs) {
      // One that passed when it was tried again counts as failed, so it is listed too.
      const messages = tests.flatMap(({ results }) => results.flatMap(({ error }) => error?.message ?? []));
      if (messages[0] !== undefined) failures.push(`end-to-end: ${file}: ${title}: ${messages[0]}`);
    }
    listFailed(inner);
  }
}

/** A few tries of each long series; each try counts. */
async function torture(): Promise<void> {
  const file = join(out, 'torture.json');
  const code = await runStep('npx', ['tsx', 'tests/torture/index.ts', '--short', '--json', file]);
  const counts = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Counts & { failures: string[] })
    : { passed: 0, failed: 1, failures: [] };
  failures.push(...counts.failures.map((one) => `torture: ${one}`));
  add('torture tries', counts, code);
}

if (findChromium() === undefined) {
  console.log('No Chromium, Chrome or Edge found: trying to fetch one.');
  if ((await runStep('npx', ['playwright', 'install', 'chromium'])) !== 0 || findChromium() === undefined) {
    console.error(
      'The browser tests need Chromium, Chrome or Edge. Install one (on Debian or Ubuntu: apt-get install chromium) ' +
        'or set SKEIN_CHROMIUM to its path, then run npm test again.'
    );
    process.exit(1);
  }
}
// The tests read what the build makes: the message catalogue, the sample case and the site itself.
if ((await runStep('npm', ['run', 'build'])) !== 0) {
  console.log('\nbuild failed\n0 passed, 1 failed');
  process.exit(1);
}
await vitest('unit');
await vitest('browser');
await endToEnd();
await torture();
rmSync(out, { recursive: true, force: true });
for (const failure of failures) console.log(`\nFAILED ${failure.slice(0, 1500)}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
