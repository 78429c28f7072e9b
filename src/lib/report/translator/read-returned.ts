/** A returned file of any of the three formats, told apart by what it holds and never by its name. */
import { SourceError } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { looksLikeZip } from '../../formats/container/zip.ts';
import { openOffice, partNamed, RETURN_CAPS, type ReturnedFile } from './office-part.ts';
import { readDocx } from './read-docx.ts';
import { readXliff } from './read-xliff.ts';
import { readXlsx } from './read-xlsx.ts';
import type { ReturnedSheet } from './sheet.ts';

/**
 * @throws SourceError: 'empty-file', 'too-large', 'not-recognised', and what the zip and its XML were refused for.
 * Rejects with the signal's reason on abort.
 */
export async function readReturned(file: ReturnedFile, signal: AbortSignal): Promise<ReturnedSheet> {
  if (file.blob.size === 0) throw new SourceError('empty-file', sentence('file-empty', { file: file.name }), file.name);
  if (file.blob.size > RETURN_CAPS.fileBytes) {
    throw new SourceError(
      'too-large',
      sentence('sheet-too-large', { file: file.name, most: RETURN_CAPS.fileBytes / 2 ** 20 }),
      file.name
    );
  }
  const head = new Uint8Array(await file.blob.slice(0, 512).arrayBuffer());
  if (looksLikeZip(head)) {
    const zip = await openOffice(file, signal);
    const isWorkbook = partNamed(zip, 'xl/workbook.xml') !== undefined;
    await zip.close();
    return isWorkbook ? readXlsx(file, signal) : readDocx(file, signal);
  }
  if (head[0] === 0xd0 && head[1] === 0xcf)
    throw new SourceError('not-recognised', sentence('sheet-old-office', { file: file.name }), file.name);
  if (/^[\s\0\ufeff\ufffe\u00ef\u00bb\u00bf\u00ff\u00fe]*</.test(String.fromCharCode(...head))) return readXliff(file, signal);
  throw new SourceError('not-recognised', sentence('sheet-unknown', { file: file.name }), file.name);
}
