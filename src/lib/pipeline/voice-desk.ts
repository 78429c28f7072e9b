/** Voice notes of a case: their files handed in again, what machines heard in them, and its English. */
import type { EvidenceStore } from '../evidence/store.ts';
import type { Transcripts } from './transcripts.ts';
import type {
  EnglishInput,
  TranscriptInput,
  VoiceApi,
  VoiceAudio,
  VoiceFile,
  VoiceOffer,
  VoiceOverview,
  WaitingTranscript
} from './voice-contract.ts';
import { VoiceFiles } from './voice-files.ts';

interface DeskParts {
  readonly store: EvidenceStore;
  readonly transcripts: Transcripts;
  readonly clock: () => number;
  /** Resolves once the block is on disk. */
  readonly keep: (kind: string, bytes: Uint8Array) => Promise<void>;
  /** What is heard in this message, or its English, is another now. */
  readonly changed: (messageId: number) => void;
}

export class VoiceDesk implements VoiceApi {
  readonly #parts: DeskParts;
  readonly #files: VoiceFiles;
  /** Entries that are on disk. */
  #kept: number;
  /** Blocks go one after the other: entries name transcripts by their order on disk. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#files = new VoiceFiles(parts.store, parts.transcripts);
    this.#kept = parts.transcripts.length;
  }

  voiceNotes(): Promise<VoiceOverview> {
    return Promise.resolve(this.#files.overview());
  }

  offerVoice(files: readonly VoiceFile[], onProgress: (bytesDone: number, bytesTotal: number) => void): Promise<VoiceOffer> {
    return this.#files.offer(files, onProgress);
  }

  cancelVoice(): Promise<void> {
    this.#files.cancel();
    return Promise.resolve();
  }

  voiceAudio(key: number): Promise<VoiceAudio> {
    return this.#files.audio(key);
  }

  async storeTranscript(input: TranscriptInput): Promise<void> {
    const { transcripts, clock } = this.#parts;
    transcripts.put(input, clock());
    await this.#keep([input.messageId]);
  }

  untranslatedTranscripts(after: number, limit: number): Promise<WaitingTranscript[]> {
    const waiting = this.#parts.transcripts.untranslated(after, limit);
    return Promise.resolve(
      waiting.map(({ id, lines, english }) => ({ id, texts: lines.map(({ text }) => text), wasTried: english.length > 0 }))
    );
  }

  async storeTranscriptEnglish(inputs: readonly EnglishInput[]): Promise<void> {
    const { transcripts, clock } = this.#parts;
    const changed = inputs.map(({ transcript }) => transcripts.messageOf(transcript));
    for (const input of inputs) transcripts.putEnglish(input, clock());
    await this.#keep(changed);
  }

  /** A block that could not be written is written again with the next: one that is missing would shift all names after it. */
  #keep(messageIds: readonly number[]): Promise<void> {
    for (const messageId of messageIds) this.#parts.changed(messageId);
    const turn = this.#queue.then(async () => {
      const { transcripts, keep } = this.#parts;
      const end = transcripts.length;
      if (end === this.#kept) return;
      await keep('transcripts', transcripts.pack(this.#kept));
      this.#kept = end;
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
