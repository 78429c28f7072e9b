/** How JSON breaks, and the one sentence that says where. */
import { say, sentence, type Sentence } from '../../evidence/wording/sentence.ts';

/** 'damaged': not JSON. 'cut': the end is missing. 'depth': too many levels. 'big': a token without end. */
export type JsonFaultKind = 'damaged' | 'cut' | 'depth' | 'big';

export class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly kind: JsonFaultKind;
  /** Byte offset in the document. */
  readonly offset: number;
  /** What is wrong, as the end of a sentence. */
  readonly fault: Sentence;
  constructor(kind: JsonFaultKind, fault: Sentence, offset: number) {
    super(say(fault));
    this.kind = kind;
    this.fault = fault;
    this.offset = offset;
  }
}

/** The one sentence that stops a document: where, at which byte, and what is wrong. */
export function jsonFaultSentence(fault: JsonFault, where: Sentence): Sentence {
  const values = { where, offset: fault.offset, fault: fault.fault };
  if (fault.kind === 'damaged') return sentence('json-damaged', values);
  return fault.kind === 'cut' ? sentence('json-cut', values) : sentence('json-refused', values);
}
