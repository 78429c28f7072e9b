/** What a case can be asked about voice notes: which there are, which files hold them, what machines heard. */
import type { AudioFaultCode } from '../audio/fault.ts';
import type { Heard, SpokenLine } from '../language/speech/contract.ts';

/** A model by what names it for good. */
interface Model {
  readonly id: string;
  readonly sha256Hex: string;
}

/** One attachment that is sound by its type or by the ending of its name. */
export interface VoiceNoteRow {
  readonly messageId: number;
  /** Place among the message's attachments. */
  readonly attachment: number;
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number | null;
  readonly sourceId: number;
  readonly sourceName: string;
  /** Hashes of the models that have a transcript of it. */
  readonly heardBy: readonly string[];
}

export interface VoiceOverview {
  readonly total: number;
  /** How many have a transcript by any model. */
  readonly heard: number;
  /** The first of them, in the order of their messages. */
  readonly listed: readonly VoiceNoteRow[];
}

/** Why a dropped file, or a voice note of a dropped export, was left out. */
export type VoiceMismatch =
  /** No attachment of the case has its name (or its hash, where the case states hashes). */
  | 'not-listed'
  | 'size-differs'
  /** The name fits, but the case states no size to hold the file to: the export itself is needed. */
  | 'size-unstated'
  | 'hash-differs'
  /** It fits attachments of more than one source, or more than one entry fits: nothing is guessed. */
  | 'ambiguous'
  /** A container whose bytes are those of no imported source. */
  | 'not-imported'
  /** The container does not hold the attachment's file. */
  | 'not-in-container'
  /** The container does not open, or its entry does not. `detail` says why. */
  | 'unreadable'
  /** Over what is taken for a voice note. */
  | 'too-large';

export interface VoiceMatch {
  /** Names the match in `voiceAudio`; valid until the next offer. */
  readonly key: number;
  readonly messageId: number;
  readonly attachment: number;
  readonly name: string;
  /** The file that holds it, as dropped. */
  readonly from: string;
  readonly sizeBytes: number;
  readonly heardBy: readonly string[];
}

export interface VoiceLeftOut {
  readonly name: string;
  readonly reason: VoiceMismatch;
  readonly detail: string;
}

export interface VoiceOffer {
  readonly matched: readonly VoiceMatch[];
  readonly leftOut: readonly VoiceLeftOut[];
}

export type VoiceAudio =
  | { readonly ok: true; readonly file: Blob; readonly sha256Hex: string }
  | { readonly ok: false; readonly reason: VoiceMismatch; readonly detail: string };

/** One transcript as it comes from a model and as the vault keeps it. */
export interface TranscriptInput extends Heard {
  readonly messageId: number;
  readonly attachment: number;
  /** Of the sound's file. */
  readonly audioSha256Hex: string;
  readonly audioBytes: number;
  readonly model: Model;
  /** Why the file was not heard to its end; null where it was. */
  readonly fault: { readonly code: AudioFaultCode; readonly detail: string } | null;
}

/** English of a transcript, one entry a line. */
export interface EnglishInput {
  readonly transcript: number;
  readonly lines: readonly {
    readonly language: string;
    /** Null where nothing was to be translated or no model was there. */
    readonly text: string | null;
    readonly flags: number;
    /** What was about as likely to the model, with other persons. */
    readonly otherReading?: string;
    readonly meanLogProb: number;
    readonly model: Model | null;
  }[];
}

/** A transcript that waits for English. */
export interface WaitingTranscript {
  readonly id: number;
  /** One a line, as heard. */
  readonly texts: readonly string[];
  /** True where it was tried, and some line had no model. */
  readonly wasTried: boolean;
}

/** Half-open UTF-16 ranges of what a search found. */
type Ranges = readonly (readonly [number, number])[];

interface EnglishLine {
  readonly text: string;
  readonly flags: number;
  readonly otherReading: string | null;
  readonly modelId: string;
  readonly ranges: Ranges;
}

export interface TranscriptLine extends SpokenLine {
  readonly ranges: Ranges;
  readonly english: EnglishLine | null;
}

export interface TranscriptRow extends Omit<TranscriptInput, 'lines' | 'messageId'> {
  readonly name: string;
  readonly madeAtMs: number;
  readonly lines: readonly TranscriptLine[];
  /** Transcripts of the same attachment, this one among them. */
  readonly versions: number;
  /** True while its English is still to be made. */
  readonly isUntranslated: boolean;
  /** Languages of lines, as identified from their words, that no model of this device reads. */
  readonly withoutModel: readonly string[];
}

export interface VoiceFile {
  readonly file: Blob;
  readonly name: string;
}

export interface VoiceApi {
  voiceNotes(): Promise<VoiceOverview>;
  /**
   * Looks which attachments the files hold: audio files by themselves, or an export that was imported. Replaces what was
   * offered before. Rejects when it is cancelled.
   */
  offerVoice(files: readonly VoiceFile[], onProgress: (bytesDone: number, bytesTotal: number) => void): Promise<VoiceOffer>;
  cancelVoice(): Promise<void>;
  /** The file of a match with its SHA-256. */
  voiceAudio(key: number): Promise<VoiceAudio>;
  storeTranscript(input: TranscriptInput): Promise<void>;
  /** Transcripts after `after` (-1 for all) whose lines have no English yet, or had no model when they were last tried. */
  untranslatedTranscripts(after: number, limit: number): Promise<WaitingTranscript[]>;
  storeTranscriptEnglish(inputs: readonly EnglishInput[]): Promise<void>;
}
