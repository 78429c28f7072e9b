/**
 * `npm run -s bench -- NAME [--json] [--scale N]`: runs one benchmark (or `all`) and prints its figures.
 * Ratios are always taken inside one run, since machines differ and drift.
 */
import { cpus, loadavg } from 'node:os';
import { pathToFileURL } from 'node:url';
import type { Figure } from './figure.ts';

export interface BenchOptions {
  /** Rows, where the benchmark has a size. */
  readonly scale?: number;
}

type Bench = (options: BenchOptions) => Promise<Figure[]>;

const benches: Readonly<Record<string, () => Promise<{ run: Bench }>>> = {
  ingest: () => import('./ingest.ts'),
  'ingest-huge': () => import('./ingest-huge.ts'),
  'ingest-many': () => import('./ingest-many.ts'),
  open: () => import('./open.ts'),
  resume: () => import('./resume.ts'),
  unlock: () => import('./unlock.ts'),
  search: () => import('./search.ts'),
  filter: () => import('./filter.ts'),
  network: () => import('./network.ts'),
  layout: () => import('./network-layout.ts'),
  keyness: () => import('./keyness.ts'),
  timeline: () => import('./timeline.ts'),
  identity: () => import('./identity.ts'),
  patterns: () => import('./patterns.ts'),
  crosscase: () => import('./crosscase.ts'),
  topics: () => import('./topics.ts'),
  translation: () => import('./language-translation.ts'),
  graphics: () => import('./graphics.ts'),
  nearest: () => import('./nearest.ts'),
  overnight: () => import('./overnight.ts'),
  langid: () => import('./language-id.ts'),
  flags: () => import('./flags.ts'),
  shell: () => import('./shell.ts'),
  memory: () => import('./memory.ts'),
  reconcile: () => import('./reconcile.ts')
};

/** Takes minutes and gigabytes of disk: run where it is named. */
const ASKED_FOR: ReadonlySet<string> = new Set(['ingest-huge']);

function machine(): { cpu: string; cores: number; load: number; node: string } {
  return { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load: loadavg()[0] ?? 0, node: process.version };
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map((f) => [
    f.id,
    `${Number(f.value.toPrecision(4))} ${f.unit}`,
    f.peer === undefined ? '' : `${f.peer}: ${Number((f.peerValue ?? Number.NaN).toPrecision(4))}`,
    f.ratio === undefined ? '' : String(Number(f.ratio.toPrecision(3))),
    f.target ?? '',
    f.met === undefined ? '' : f.met ? 'met' : 'missed'
  ]);
  return [
    '| figure | value | peer | ratio | aim | |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`)
  ].join('\n');
}

async function main(argv: readonly string[]): Promise<number> {
  const wanted = argv.find((argument) => !argument.startsWith('--') && !/^\d+$/.test(argument));
  const names = wanted === 'all' ? Object.keys(benches).filter((name) => !ASKED_FOR.has(name)) : [wanted ?? ''];
  const scaleAt = argv.indexOf('--scale');
  const options: BenchOptions = scaleAt < 0 ? {} : { scale: Number(argv[scaleAt + 1]) };
  for (const name of names) {
    const load = benches[name];
    if (load === undefined) {
      console.error(`Name one of: ${Object.keys(benches).join(', ')}, all`);
      return 2;
    }
    const { run } = await load();
    const figures = await run(options);
    if (argv.includes('--json')) console.log(JSON.stringify({ name, figures, machine: machine() }));
    else console.log(`\n${name} (${JSON.stringify(machine())})\n${table(figures)}`);
  }
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exit(await main(process.argv.slice(2)));
