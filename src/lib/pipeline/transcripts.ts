/**
 * What machines heard in voice notes, beside the evidence and never in it, and the English made of that.
 *
 * [Note: Transcripts] Everything is appended: a transcript is keyed by message, attachment, the sound's SHA-256 and the
 * model's hash, and another model or another run adds a version. Shown is the newest of each attachment. Its English is
 * appended in the same way, line by line, with the model that made it.
 */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { QualityFlag } from '../language/contract.ts';
import type { EnglishInput, TranscriptInput } from './voice-contract.ts';

export interface Transcript extends TranscriptInput {
  readonly id: number;
  /** The device's clock, milliseconds since 1970. */
  readonly madeAtMs: number;
  /** Newest last. */
  readonly english: readonly EnglishVersion[];
}

interface EnglishVersion {
  readonly madeAtMs: number;
  /** One a line of the transcript. */
  readonly lines: EnglishInput['lines'];
}

type Entry =
  | ({ readonly kind: 'heard'; readonly madeAtMs: number } & TranscriptInput)
  | ({ readonly kind: 'english'; readonly madeAtMs: number } & EnglishInput);

export class Transcripts {
  /** In the order written; what `pack` writes. */
  readonly #entries: Entry[] = [];
  readonly #transcripts: (Transcript & { english: EnglishVersion[] })[] = [];
  readonly #ofMessage = new Map<number, number[]>();

  /** Entries that were written, of both kinds. */
  get length(): number {
    return this.#entries.length;
  }

  /** Messages that have one. */
  messages(): Iterable<number> {
    return this.#ofMessage.keys();
  }

  put(input: TranscriptInput, madeAtMs: number): number {
    this.#apply({ kind: 'heard', madeAtMs, ...input });
    return this.#transcripts.length - 1;
  }

  putEnglish(input: EnglishInput, madeAtMs: number): void {
    this.#apply({ kind: 'english', madeAtMs, ...input });
  }

  /** Every transcript of a message, oldest first. */
  of(messageId: number): readonly Transcript[] {
    return (this.#ofMessage.get(messageId) ?? []).map((id) => this.#transcripts[id] as Transcript);
  }

  /** The newest transcript of each attachment of a message. */
  shown(messageId: number): readonly Transcript[] {
    const newest = new Map<number, Transcript>();
    for (const transcript of this.of(messageId)) newest.set(transcript.attachment, transcript);
    return [...newest.values()].sort((a, b) => a.attachment - b.attachment);
  }

  has(messageId: number, attachment: number, modelSha256Hex: string): boolean {
    return this.of(messageId).some((one) => one.attachment === attachment && one.model.sha256Hex === modelSha256Hex);
  }

  /** What is searched as the message's transcript: lines as heard, then their English; null where there is none. */
  searchText(messageId: number): string | null {
    if (!this.#ofMessage.has(messageId)) return null;
    const lines = this.shown(messageId).flatMap((one) => [
      ...one.lines.map(({ text }) => text),
      ...(one.english.at(-1)?.lines ?? []).flatMap(({ text }) => (text === null ? [] : [text]))
    ]);
    return lines.join('\n');
  }

  messageOf(transcript: number): number {
    const found = this.#transcripts[transcript];
    if (found === undefined) throw new RangeError(`There is no transcript ${transcript}.`);
    return found.messageId;
  }

  /** Shown transcripts after `after` without English, or with lines that had no model; oldest first. */
  untranslated(after: number, limit: number): readonly Transcript[] {
    const found: Transcript[] = [];
    for (let id = after + 1; id < this.#transcripts.length && found.length < limit; id++) {
      const one = this.#transcripts[id] as Transcript;
      if (one.lines.length > 0 && isWaiting(one) && this.shown(one.messageId).includes(one)) found.push(one);
    }
    return found;
  }

  /** Entries from `from` on as one block for the vault. */
  pack(from: number): Uint8Array {
    return packBlock('transcripts', {}, this.#entries.slice(from));
  }

  /** Appends a block that `pack` wrote. */
  unpack(block: Uint8Array): void {
    for (const entry of unpackBlock(block).json as Entry[]) this.#apply(entry);
  }

  #apply(entry: Entry): void {
    this.#entries.push(entry);
    if (entry.kind === 'english') {
      const { madeAtMs, lines } = entry;
      this.#transcripts[entry.transcript]?.english.push({ madeAtMs, lines });
      return;
    }
    const { kind: _, ...heard } = entry;
    const id = this.#transcripts.length;
    this.#transcripts.push({ ...heard, id, english: [] });
    const ids = this.#ofMessage.get(entry.messageId);
    if (ids === undefined) this.#ofMessage.set(entry.messageId, [id]);
    else ids.push(id);
  }
}

function isWaiting({ english }: Transcript): boolean {
  return english.at(-1)?.lines.some(({ flags }) => (flags & QualityFlag.noModel) !== 0) ?? true;
}
