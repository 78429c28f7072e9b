/** What a tokenizer gives, and how it stops. */
import { say, sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { XmlTag } from './tag.ts';

/** 'damaged': not XML. 'cut': the end is missing. 'dtd': declares entities. 'depth': too deep. 'big': a token without end. */
export type XmlFaultKind = 'damaged' | 'cut' | 'dtd' | 'depth' | 'big';

export class XmlFault extends Error {
  override readonly name = 'XmlFault';
  readonly kind: XmlFaultKind;
  /** Byte offset in the document. */
  readonly offset: number;
  /** What is wrong, as the end of a sentence. */
  readonly fault: Sentence;
  constructor(kind: XmlFaultKind, fault: Sentence, offset: number) {
    super(say(fault));
    this.kind = kind;
    this.fault = fault;
    this.offset = offset;
  }
}

export interface XmlHandler {
  /** A number for this kind of tag, asked once for tags that repeat. Kept in `tag.role`. */
  classify(tag: XmlTag): number;
  /** The tag is valid only during the call. A self-closing tag is followed by its `close`. */
  open(tag: XmlTag, offset: number): void;
  /** `endOffset` is the first byte behind the element. */
  close(nameId: number, endOffset: number): void;
  /** A piece of text while `wantText` is set; long texts come in several. */
  text(text: string): void;
}

export interface TokenizerOptions {
  /** More than one element at the top, as when parts of a report were pasted together. */
  readonly manyRoots?: boolean;
}

/** The one sentence that stops a file: where, at which byte, and what is wrong. */
export function faultSentence(fault: XmlFault, where: Sentence): Sentence {
  const values = { where, offset: fault.offset, fault: fault.fault };
  if (fault.kind === 'damaged') return sentence('xml-damaged', values);
  return fault.kind === 'cut' ? sentence('xml-cut', values) : sentence('xml-refused', values);
}
