/** One entry for the three writers; the office libraries are loaded when they are asked for. */
import type { SheetFormat, TranslatorSheet } from './sheet.ts';

export async function writeSheet(format: SheetFormat, sheet: TranslatorSheet): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'docx') return (await import('./write-docx.ts')).writeDocx(sheet);
  if (format === 'xlsx') return (await import('./write-xlsx.ts')).writeXlsx(sheet);
  return (await import('./write-xliff.ts')).writeXliff(sheet);
}
