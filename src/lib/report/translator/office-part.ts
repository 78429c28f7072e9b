/** Parts of an office document (Open Packaging: XML in a zip), read as hostile input. */
import { SourceError } from '../../evidence/findings.ts';
import { asWritten } from '../../evidence/wording/sentence.ts';
import { ZipContainer, type ZipEntry } from '../../formats/container/zip.ts';
import { faultSentence, XmlFault, type XmlHandler } from '../../formats/xml/events.ts';
import type { XmlTag } from '../../formats/xml/tag.ts';
import { XmlTokenizer } from '../../formats/xml/tokenizer.ts';
import { utf8Chunks } from '../../formats/xml/utf8-source.ts';

/** A returned sheet of ten thousand lines has some megabytes; pictures and macros in it are never read. */
export const RETURN_CAPS = { fileBytes: 64 * 2 ** 20, partBytes: 64 * 2 ** 20 } as const;

export interface ReturnedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** What a walker of a part is told: local names without their prefix, and whether they are of the part's own kind. */
export interface PartWalker {
  open(name: string, attribute: (name: string) => string | undefined, isOwn: boolean): void;
  close(name: string, isOwn: boolean): void;
  text(text: string): void;
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
export async function walkPart(zip: ZipContainer, entry: ZipEntry, walker: PartWalker, signal: AbortSignal): Promise<void> {
  await walkXml(zip.read(entry, signal, RETURN_CAPS.partBytes), `${zip.file} › ${entry.name}`, zip.file, walker);
}

/**
 * Walks XML. A document type with declarations is refused unread, so there are no entities to expand or fetch.
 * @throws SourceError 'damaged-xml'.
 */
export async function walkXml(chunks: AsyncIterable<Uint8Array>, where: string, file: string, walker: PartWalker): Promise<void> {
  let ownPrefix: string | null = null;
  const names = (nameId: number): readonly [local: string, isOwn: boolean] => {
    const whole = tokenizer.names.textOf(nameId);
    const colon = whole.indexOf(':');
    const prefix = colon < 0 ? '' : whole.slice(0, colon);
    ownPrefix ??= prefix;
    return [whole.slice(colon + 1), prefix === ownPrefix];
  };
  const handler: XmlHandler = {
    classify: () => 0,
    open(tag: XmlTag): void {
      const [local, isOwn] = names(tag.nameId);
      walker.open(local, (name) => tag.get(name), isOwn);
    },
    close(nameId: number): void {
      const [local, isOwn] = names(nameId);
      walker.close(local, isOwn);
    },
    text: (text) => walker.text(text)
  };
  const tokenizer = new XmlTokenizer(handler);
  tokenizer.wantText = true;
  try {
    for await (const chunk of utf8Chunks(chunks, () => {})) tokenizer.write(chunk);
    tokenizer.end();
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    throw new SourceError('damaged-xml', faultSentence(error, asWritten(where)), file, {
      path: where,
      offset: error.offset,
      unit: 'byte'
    });
  }
}
