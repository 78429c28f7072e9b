/** Parts of an office document (Open Packaging: XML in a zip), read as hostile input. */
import { ZipContainer, type ZipEntry } from '../../formats/container/zip.ts';
import { walkXml, type XmlWalker } from '../../formats/xml/walk-xml.ts';

/** A returned sheet of ten thousand lines has some megabytes; pictures and macros in it are never read. */
export const RETURN_CAPS = { fileBytes: 64 * 2 ** 20, partBytes: 64 * 2 ** 20 } as const;

export interface ReturnedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** @throws SourceError as ZipContainer.open. */
export async function openOffice(file: ReturnedFile, signal: AbortSignal): Promise<ZipContainer> {
  return ZipContainer.open(
    { name: file.name, sizeBytes: file.blob.size, blob: file.blob },
    { signal, wanted: (name) => /\.(xml|rels)$/i.test(name) }
  );
}

/** Names in a package are compared without case and without a leading slash. */
export const partNamed = (zip: ZipContainer, path: string): ZipEntry | undefined => {
  const wanted = path.replace(/^\//, '').toLowerCase();
  return zip.find((name) => name.toLowerCase() === wanted);
};

/** @throws SourceError of the zip, or 'damaged-xml'. */
export async function walkPart(zip: ZipContainer, entry: ZipEntry, walker: XmlWalker, signal: AbortSignal): Promise<void> {
  await walkXml(zip.read(entry, signal, RETURN_CAPS.partBytes), `${zip.file} › ${entry.name}`, zip.file, walker);
}

export { walkXml } from '../../formats/xml/walk-xml.ts';
export type { XmlWalker as PartWalker } from '../../formats/xml/walk-xml.ts';
