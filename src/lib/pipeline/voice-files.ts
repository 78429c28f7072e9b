/**
 * Finds the files of voice notes among what an officer hands in again. Attachments are names, types and sizes in the
 * evidence, and containers are not kept; so a file is taken for an attachment only where its bytes are vouched for.
 *
 * [Note: Vouched for] A container is taken by its SHA-256: the bytes are those of an imported source, and what lies in it
 * under an attachment's path is that attachment. A file by itself is taken by the SHA-256 that the source states for an
 * attachment, or, where it states none, by name and size together, within one source. A name alone is not enough.
 */
import { SourceError } from '../evidence/findings.ts';
import { NONE } from '../evidence/ids.ts';
import type { AttachmentRecord } from '../evidence/records.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { looksLikeZip, ZipContainer, type ZipEntry } from '../formats/container/zip.ts';
import { sha256Hex } from './hash.ts';
import type { Transcripts } from './transcripts.ts';
import type {
  VoiceAudio,
  VoiceFile,
  VoiceLeftOut,
  VoiceMatch,
  VoiceMismatch,
  VoiceNoteRow,
  VoiceOffer,
  VoiceOverview
} from './voice-contract.ts';

/** More are read by nobody; their counts stand above them. */
const MOST_LISTED = 200;
/** An hour of uncompressed stereo has 635 MB: beyond it is no voice note. */
const MOST_BYTES = 700e6;
/** Types are missing in many exports, or name the container alone; then the name's ending says what a file is meant to be. */
const SOUND_ENDINGS = /\.(?:opus|ogg|oga|m4a|aac|mp3|amr|awb|wav|flac|weba|caf|slk|silk|3ga)$/i;

interface Note {
  readonly messageId: number;
  readonly attachment: number;
  readonly record: AttachmentRecord;
  /** Sources that hold the message: its own first, then those of its copies. */
  readonly sources: readonly number[];
}

/** Notes by what a file is held against; looked up once a file, of which a drop may hold thousands. */
interface NoteIndex {
  readonly notes: readonly Note[];
  readonly byHash: ReadonlyMap<string, readonly Note[]>;
  readonly byName: ReadonlyMap<string, readonly Note[]>;
}

interface Held {
  readonly match: VoiceMatch;
  readonly record: AttachmentRecord;
  read(signal: AbortSignal): Promise<Blob>;
}

export function isSound({ name, contentType = '' }: Pick<AttachmentRecord, 'name' | 'contentType'>): boolean {
  if (contentType.startsWith('audio/')) return true;
  return SOUND_ENDINGS.test(name) && !/^(?:image|video|text)\//.test(contentType);
}

export class VoiceFiles {
  readonly #store: EvidenceStore;
  readonly #transcripts: Transcripts;
  #held: Held[] = [];
  /** Attachments that are held, 'message/attachment'. */
  #heldNames = new Set<string>();
  #zips: ZipContainer[] = [];
  #stop = new AbortController();

  constructor(store: EvidenceStore, transcripts: Transcripts) {
    this.#store = store;
    this.#transcripts = transcripts;
  }

  overview(): VoiceOverview {
    const notes = this.#notes();
    const listed = notes.slice(0, MOST_LISTED).map(({ messageId, attachment, record, sources }): VoiceNoteRow => {
      const sourceId = sources[0] ?? 0;
      return {
        messageId,
        attachment,
        name: record.name,
        contentType: record.contentType ?? '',
        sizeBytes: record.sizeBytes ?? null,
        sourceId,
        sourceName: this.#store.sources[sourceId]?.name ?? '',
        heardBy: this.#heardBy(messageId, attachment)
      };
    });
    const heard = notes.filter(({ messageId, attachment }) => this.#heardBy(messageId, attachment).length > 0).length;
    return { total: notes.length, heard, listed };
  }

  async offer(files: readonly VoiceFile[], onProgress: (bytesDone: number, bytesTotal: number) => void): Promise<VoiceOffer> {
    this.cancel();
    const { signal } = (this.#stop = new AbortController());
    await Promise.all(this.#zips.map((zip) => zip.close()));
    this.#zips = [];
    this.#held = [];
    this.#heldNames = new Set();
    const leftOut: VoiceLeftOut[] = [];
    const index = indexOf(this.#notes());
    const total = files.reduce((sum, { file }) => sum + file.size, 0);
    let done = 0;
    for (const { file, name } of files) {
      signal.throwIfAborted();
      const hash = await sha256Hex(file, signal, (bytes) => onProgress(done + bytes, total));
      done += file.size;
      onProgress(done, total);
      const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
      if (looksLikeZip(head)) leftOut.push(...(await this.#container({ file, name }, hash, index.notes, signal)));
      else {
        const reason = this.#loose({ file, name }, hash, index);
        if (reason !== null) leftOut.push({ name, reason, detail: '' });
      }
    }
    return { matched: this.#held.map(({ match }) => match), leftOut };
  }

  cancel(): void {
    this.#stop.abort(new DOMException('Looking for voice notes was cancelled.', 'AbortError'));
  }

  /** The file of a match. Rejects with the signal's reason when it was cancelled. */
  async audio(key: number): Promise<VoiceAudio> {
    const held = this.#held[key];
    if (held === undefined) throw new RangeError(`There is no match ${key}.`);
    const { signal } = this.#stop;
    const { record } = held;
    try {
      const file = await held.read(signal);
      if (record.sizeBytes !== undefined && file.size !== record.sizeBytes)
        return { ok: false, reason: 'size-differs', detail: '' };
      const hash = await sha256Hex(file, signal);
      if (record.sha256Hex !== undefined && record.sha256Hex.toLowerCase() !== hash)
        return { ok: false, reason: 'hash-differs', detail: '' };
      return { ok: true, file, sha256Hex: hash };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SourceError) return { ok: false, reason: 'unreadable', detail: error.message };
      throw error;
    }
  }

  /** Attachments that are sound, in the order of their messages. */
  #notes(): Note[] {
    const { messages, attachments, committed, copies } = this.#store;
    const found: Note[] = [];
    for (let messageId = 0; messageId < committed.messages; messageId++) {
      const [from, end] = messages.attachmentRange(messageId);
      for (let at = from; at < end; at++) {
        const record = attachments[at];
        if (record === undefined || !isSound(record)) continue;
        found.push({ messageId, attachment: at - from, record, sources: [messages.place.source.at(messageId)] });
      }
    }
    const more = new Map<number, number[]>();
    for (let row = 0; row < copies.length; row++) {
      const message = copies.message.at(row);
      if (message === NONE) continue;
      const sources = more.get(message);
      if (sources === undefined) more.set(message, [copies.place.source.at(row)]);
      else sources.push(copies.place.source.at(row));
    }
    return found.map((note) => ({ ...note, sources: [...new Set([...note.sources, ...(more.get(note.messageId) ?? [])])] }));
  }

  /** A file by itself. @returns why it is left out, or null. */
  #loose({ file, name }: VoiceFile, hash: string, { byHash, byName }: NoteIndex): VoiceMismatch | null {
    const read = (): Promise<Blob> => Promise.resolve(file);
    const proven = byHash.get(hash);
    if (proven !== undefined) {
      for (const note of proven) this.#hold(note, name, file.size, read);
      return null;
    }
    const named = byName.get(baseName(name));
    if (named === undefined) return 'not-listed';
    if (named.every(({ record }) => record.sha256Hex !== undefined)) return 'hash-differs';
    const unhashed = named.filter(({ record }) => record.sha256Hex === undefined);
    if (unhashed.every(({ record }) => record.sizeBytes === undefined)) return 'size-unstated';
    const fitting = unhashed.filter(({ record }) => record.sizeBytes === file.size);
    if (fitting.length === 0) return 'size-differs';
    if (new Set(fitting.map(({ sources }) => sources[0])).size > 1) return 'ambiguous';
    for (const note of fitting) this.#hold(note, name, file.size, read);
    return null;
  }

  async #container(
    { file, name }: VoiceFile,
    hash: string,
    notes: readonly Note[],
    signal: AbortSignal
  ): Promise<readonly VoiceLeftOut[]> {
    const sources = new Set(this.#store.sources.flatMap((source, id) => (source.sha256Hex === hash ? [id] : [])));
    if (sources.size === 0) return [{ name, reason: 'not-imported', detail: '' }];
    const wanted = notes.filter((note) => note.sources.some((source) => sources.has(source)));
    const names = new Set(wanted.flatMap(({ record }) => [baseName(record.name), baseName(record.path ?? '')]));
    let zip: ZipContainer;
    try {
      const isWanted = (entry: string): boolean => names.has(baseName(entry));
      zip = await ZipContainer.open({ name, sizeBytes: file.size, blob: file }, { signal, wanted: isWanted });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      return [{ name, reason: 'unreadable', detail: error.message }];
    }
    this.#zips.push(zip);
    const places = placesOf(zip, names);
    const leftOut: VoiceLeftOut[] = [];
    for (const note of wanted) {
      const found = entryOf(places, note, sources.has(note.sources[0] ?? NONE));
      if (typeof found === 'string') leftOut.push({ name: note.record.name, reason: found, detail: '' });
      else this.#hold(note, name, found.sizeBytes, (stop) => unpacked(zip, found, stop));
    }
    return leftOut;
  }

  #hold({ messageId, attachment, record }: Note, from: string, sizeBytes: number, read: Held['read']): void {
    // The same attachment may be in two files of one drop: the first is as good as the second.
    const heldName = `${messageId}/${attachment}`;
    if (this.#heldNames.has(heldName)) return;
    this.#heldNames.add(heldName);
    const key = this.#held.length;
    const heardBy = this.#heardBy(messageId, attachment);
    this.#held.push({ match: { key, messageId, attachment, name: record.name, from, sizeBytes, heardBy }, record, read });
  }

  #heardBy(messageId: number, attachment: number): string[] {
    const own = this.#transcripts.of(messageId).filter((one) => one.attachment === attachment);
    return [...new Set(own.map(({ model }) => model.sha256Hex))];
  }
}

interface Places {
  readonly byPath: ReadonlyMap<string, ZipEntry>;
  readonly byName: ReadonlyMap<string, readonly ZipEntry[]>;
}

function indexOf(notes: readonly Note[]): NoteIndex {
  const byHash = new Map<string, Note[]>();
  const byName = new Map<string, Note[]>();
  const put = (map: Map<string, Note[]>, key: string, note: Note): void => {
    const others = map.get(key);
    if (others === undefined) map.set(key, [note]);
    else others.push(note);
  };
  for (const note of notes) {
    if (note.record.sha256Hex !== undefined) put(byHash, note.record.sha256Hex.toLowerCase(), note);
    put(byName, baseName(note.record.name), note);
  }
  return { notes, byHash, byName };
}

const plainPath = (path: string): string => path.replaceAll('\\', '/').replace(/^\/+/, '');
const baseName = (path: string): string => plainPath(path).split('/').at(-1) ?? '';

function placesOf(zip: ZipContainer, names: ReadonlySet<string>): Places {
  const byPath = new Map<string, ZipEntry>();
  const byName = new Map<string, ZipEntry[]>();
  for (const entry of zip.entries) {
    const name = baseName(entry.name);
    if (entry.isDirectory || !names.has(name)) continue;
    byPath.set(plainPath(entry.name), entry);
    const others = byName.get(name);
    if (others === undefined) byName.set(name, [entry]);
    else others.push(entry);
  }
  return { byPath, byName };
}

/** @param isOwn true where the attachment's path is of this container, and not of another that holds the same message */
function entryOf(places: Places, { record }: Note, isOwn: boolean): ZipEntry | VoiceMismatch {
  const exact = isOwn && record.path !== undefined ? places.byPath.get(plainPath(record.path)) : undefined;
  const named = exact === undefined ? (places.byName.get(baseName(record.name)) ?? []) : [exact];
  if (named.length === 0) return 'not-in-container';
  const fitting = record.sizeBytes === undefined ? named : named.filter((entry) => entry.sizeBytes === record.sizeBytes);
  const [only, second] = fitting;
  if (only === undefined) return 'size-differs';
  if (second !== undefined) return 'ambiguous';
  return only.sizeBytes > MOST_BYTES ? 'too-large' : only;
}

/** An entry's bytes as a Blob, which the browser may keep on disk; the sound in it is still coded and small. */
async function unpacked(zip: ZipContainer, entry: ZipEntry, signal: AbortSignal): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of zip.read(entry, signal, MOST_BYTES)) parts.push(new Uint8Array(chunk));
  return new Blob(parts);
}
