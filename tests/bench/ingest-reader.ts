/** A reading worker as a thread of Node: the logic of jobs/read.worker.ts behind plain messages. */
import { parentPort } from 'node:worker_threads';
import { readAside, type AsideEnd, type AsideFile } from '../../src/lib/pipeline/read-aside.ts';
import type { TapeBlock } from '../../src/lib/evidence/sink-tape.ts';

export type ReaderWord =
  | { readonly kind: 'block'; readonly block: TapeBlock }
  | { readonly kind: 'end'; readonly end: AsideEnd }
  | { readonly kind: 'fault'; readonly message: string };

const port = parentPort;
if (port === null) throw new Error('This module is a worker.');
const say = (word: ReaderWord, moved: ArrayBuffer[] = []): void => port.postMessage(word, moved);
const { signal } = new AbortController();

port.on('message', (file: AsideFile) => {
  readAside(
    file,
    (block) => say({ kind: 'block', block }, [block.ops.buffer, block.numbers.buffer]),
    () => {},
    signal
  ).then(
    (end) => say({ kind: 'end', end }),
    (error: unknown) => say({ kind: 'fault', message: String(error) })
  );
});
