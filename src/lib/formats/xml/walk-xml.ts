/** XML as local names, attributes and texts, for documents whose tags are few: parts of office files. */
import { SourceError } from '../../evidence/findings.ts';
import { asWritten } from '../../evidence/wording/sentence.ts';
import { faultSentence, XmlFault, type XmlHandler } from './events.ts';
import type { XmlTag } from './tag.ts';
import { XmlTokenizer } from './tokenizer.ts';
import { utf8Chunks } from './utf8-source.ts';

/** What a walker is told: local names without their prefix, and whether they are of the document's own kind. */
export interface XmlWalker {
  open(name: string, attribute: (name: string) => string | undefined, isOwn: boolean): void;
  close(name: string, isOwn: boolean): void;
  text(text: string): void;
}

/**
 * Walks XML. A document type with declarations is refused unread, so there are no entities to expand or fetch.
 * @param where names the document in sentences.
 * @param path of the document in its container, for a fault's place.
 * @throws SourceError 'damaged-xml'.
 */
export async function walkXml(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
  file: string,
  walker: XmlWalker,
  path = where
): Promise<void> {
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
      path,
      offset: error.offset,
      unit: 'byte'
    });
  }
}
