/**
 * Fifty files imported one after the other, and the same with the next ones read ahead in threads ([Note: Reading ahead]),
 * in one run: by the clock on the wall, the least of three each, in turn. The cases that result must be the same.
 */
import { cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import { markOf, blocksSince } from '../../src/lib/evidence/blocks.ts';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import type { AheadFile } from '../../src/lib/pipeline/read-ahead-contract.ts';
import { ReadAhead, type AsideReader } from '../../src/lib/pipeline/read-ahead.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { against, type Figure } from './figure.ts';
import type { ReaderWord } from './ingest-reader.ts';
import { subjects } from './ingest-readers.ts';

const FILES = 50;
const MESSAGES = 1500;
const RUNS = 3;
const WAITING_BYTES = 128 * 2 ** 20;

/** A thread's start, and the compiling of what it runs, is no part of what is measured: it reads a file of each kind first. */
async function warmReader(kinds: readonly AheadFile[]): Promise<AsideReader> {
  const reader = threadReader();
  for (const { file, name, formatId, options } of kinds)
    await reader.read(
      { file, name, formatId, options },
      () => {},
      () => {}
    );
  return reader;
}

const READER = new URL('./ingest-reader.ts', import.meta.url).href;

function threadReader(): AsideReader {
  // A thread does not take the loader of TypeScript over from the process that starts it.
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(READER)}); })`;
  const worker = new Worker(start, { eval: true, execArgv: [] });
  return {
    read: (file, emit) =>
      new Promise((resolve, reject) => {
        const take = (word: ReaderWord): void => {
          if (word.kind === 'block') return emit(word.block);
          worker.off('message', take);
          worker.off('error', reject);
          if (word.kind === 'end') resolve(word.end);
          else reject(new Error(word.message));
        };
        worker.on('message', take);
        worker.once('error', reject);
        worker.postMessage(file);
      }),
    end: () => void worker.terminate()
  };
}

function files(messages: number): AheadFile[] {
  const kinds = subjects(messages);
  return Array.from({ length: FILES }, (_, ahead): AheadFile => {
    const { format, file, text, options } = kinds[ahead % kinds.length]!;
    // Copies of one file would be refused as held; a line's end more is another file.
    const blob = new Blob([text, '\n'.repeat(1 + Math.floor(ahead / kinds.length))]);
    return { ahead, file: blob, name: `${ahead}-${file}`, sizeBytes: blob.size, formatId: format, options, part: { ahead } };
  });
}

async function importAll(
  list: readonly AheadFile[],
  ahead: ReadAhead | null
): Promise<{ ms: number; messages: number; bytes: number }> {
  const store = new EvidenceStore();
  const mark = markOf(store);
  const parts = { store, translations: new Translations(), keeper: null, clock: () => 0 };
  const session = new CaseSession(ahead === null ? parts : { ...parts, ahead });
  const began = performance.now();
  await ahead?.readAhead(list, () => {});
  for (const { file, name, formatId, options, part } of list) {
    const { failure } = await session.importFile(file, name, formatId, options, () => {}, part);
    if (failure !== null) throw new Error(failure.message);
  }
  const ms = performance.now() - began;
  ahead?.close();
  const bytes = [...blocksSince(store, mark)].reduce((sum, block) => sum + block.bytes.length, 0);
  return { ms, messages: store.messages.length, bytes };
}

export async function run(options: { scale?: number }): Promise<Figure[]> {
  const readers = Math.min(4, cpus().length);
  const list = files(options.scale ?? MESSAGES);
  const pool = await Promise.all(Array.from({ length: readers }, () => warmReader(list.slice(0, 5))));
  // They are used again by every run.
  const idle: AsideReader[] = [];
  const lend = (): AsideReader => {
    const reader = idle.pop();
    if (reader === undefined) throw new RangeError('All readers are at work.');
    return { read: reader.read, end: () => void idle.push(reader) };
  };
  let [inTurn, sideBySide] = [Infinity, Infinity];
  let messages = 0;
  for (let run = 0; run < RUNS; run++) {
    idle.splice(0, Infinity, ...pool);
    const one = await importAll(list, null);
    const other = await importAll(list, new ReadAhead(lend, { readers, waitingBytes: WAITING_BYTES }));
    if (one.messages !== other.messages || one.bytes !== other.bytes) throw new Error('the two cases differ');
    inTurn = Math.min(inTurn, one.ms);
    sideBySide = Math.min(sideBySide, other.ms);
    messages = one.messages;
  }
  for (const reader of pool) reader.end();
  const rate = (ms: number): number => messages / (ms / 1000);
  return [
    {
      ...against(
        'ingest.side-by-side',
        rate(sideBySide),
        `messages/s, ${FILES} files, ${readers} readers, by the clock on the wall`,
        'one after the other',
        rate(inTurn)
      ),
      target: 'ratio > 1',
      met: sideBySide < inTurn
    }
  ];
}
