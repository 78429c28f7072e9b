/** Documents made in a worker of their own, which the case worker starts and ends: the evidence goes through no page. */
import { wrap } from 'comlink';
import type { SheetFormat, TranslatorSheet } from '../report/translator/sheet.ts';
import type { DocumentsWorkerApi } from './documents.worker.ts';
import { endedWithPage } from './page-left.ts';

/** Settles also where the worker dies; the worker is gone afterwards. */
export async function writeSheetApart(format: SheetFormat, sheet: TranslatorSheet): Promise<Uint8Array<ArrayBuffer>> {
  const worker = endedWithPage(
    new Worker(new URL('./documents.worker.ts', import.meta.url), { type: 'module', name: 'documents' })
  );
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) =>
      reject(new Error(`The document could not be made: ${event.message || 'out of memory or blocked'}`))
    );
  });
  try {
    return await Promise.race([wrap<DocumentsWorkerApi>(worker).write(format, sheet), died]);
  } finally {
    worker.terminate();
  }
}
