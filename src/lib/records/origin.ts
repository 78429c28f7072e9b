/** What a case says of itself that was made of a part of another one: by which rule, by whom, and of what. */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { NewerRecord } from './newer-record.ts';

/** Raised with any change of the statement; one of a later version is refused, not guessed at. */
const VERSION = 1;

export interface SubsetOrigin {
  readonly kind: 'subset';
  /** The rule as it stood on the screen of whoever made the subset, in their language. */
  readonly rule: string;
  /** The same rule as data: a filter or marked messages, with the numbers of the case that it was made from. */
  readonly filter: unknown;
  readonly messages: number;
  readonly ofMessages: number;
  readonly fromLabel: string;
  readonly madeBy: string;
  /** The device's clock, milliseconds since 1970. */
  readonly madeAtMs: number;
  /** Root of the other case's audit log at that moment. */
  readonly auditRoot: string;
}

export function packOrigin(origin: SubsetOrigin): Uint8Array {
  return packBlock('origin', {}, { version: VERSION, origin });
}

/** @throws an error named BlockError for a later version */
export function unpackOrigin(block: Uint8Array): SubsetOrigin {
  const { version, origin } = unpackBlock(block).json as { readonly version: number; readonly origin: SubsetOrigin };
  if (version > VERSION) throw new NewerRecord(`The statement of a subset has version ${version}; this Skein reads ${VERSION}`);
  return origin;
}
