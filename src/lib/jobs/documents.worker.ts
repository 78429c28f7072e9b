/** Wiring of the documents worker: long documents are made here, so that the case goes on answering. */
import { expose, transfer } from 'comlink';
import type { SheetFormat, TranslatorSheet } from '../report/translator/sheet.ts';
import { writeSheet } from '../report/translator/write-sheet.ts';
import { beginWorker } from './begin.ts';

beginWorker();

const api = {
  async write(format: SheetFormat, sheet: TranslatorSheet): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await writeSheet(format, sheet);
    return transfer(bytes, [bytes.buffer]);
  }
};
export type DocumentsWorkerApi = typeof api;

expose(api);
