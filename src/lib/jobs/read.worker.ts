/** Wiring of a reading worker: files that wait for their import are read here, while the case takes in the one before. */
import { expose, transfer } from 'comlink';
import type { TapeBlock } from '../evidence/sink-tape.ts';
import type { ImportProgress } from '../pipeline/contract.ts';
import { readAside, type AsideEnd, type AsideFile } from '../pipeline/read-aside.ts';
import { beginWorker } from './begin.ts';

beginWorker();

/** A reading that is not wanted any more ends with its worker. */
const UNTIL_ENDED = new AbortController().signal;

const api = {
  /** Resolves once every block was taken. */
  async read(
    file: AsideFile,
    emit: (block: TapeBlock) => Promise<void>,
    onProgress: (progress: ImportProgress) => void
  ): Promise<AsideEnd> {
    const given: Promise<void>[] = [];
    const give = (block: TapeBlock): void => void given.push(emit(transfer(block, [block.ops.buffer, block.numbers.buffer])));
    const end = await readAside(file, give, onProgress, UNTIL_ENDED);
    await Promise.all(given);
    return end;
  }
};
export type ReadWorkerApi = typeof api;

expose(api);
