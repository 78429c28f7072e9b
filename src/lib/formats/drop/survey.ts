/**
 * What a drop holds: files, folders and zips with many formats at once. Every file ends as part of an item that a
 * reader takes, or among the files that none does, counted by kind: nothing of a drop is passed over in silence.
 *
 * [Note: Opening zips] A zip that is one export as a whole (a UFDR, a workbook) is one item and one file. Any other is
 * opened, and its entries are told by their bytes, one by one; a zip inside it as well, and no deeper. Where all that
 * is found is one export, the zip itself is the item, as if it had been dropped alone.
 */
import { SourceError } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { HEAD_BYTES, headOf } from '../container/documents.ts';
import { looksLikeZip, ZipContainer, type ZipEntry } from '../container/zip.ts';
import type { Format, SourceInput } from '../contract.ts';
import { recognise } from '../recognise.ts';
import { FORMATS } from '../registry.ts';
import { looksLikeSqlite } from '../sqlite/header.ts';
import { foldersOf, type FolderParts, type LooseFile } from './folders.ts';
import { groupsOf, rootOf, type DocumentGroup, type FoundDocument } from './groups.ts';
import { unpacked, type InsideRoute } from './route.ts';
import { kindOf, UnreadTally, type UnreadKind } from './unread.ts';

/** Something in a drop that a reader takes as one source. */
export interface DropItem {
  /** Which of the dropped files it is, or lies in: an index. */
  readonly file: number;
  /** Name of the dropped file, and the path inside it. */
  readonly name: string;
  /** Unpacked, as the zip declares it. */
  readonly sizeBytes: number;
  /** Files of the drop that it accounts for, logs and journals of databases among them. */
  readonly files: number;
  readonly formatId: string;
  readonly formatLabel: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Null where the dropped file itself is the source. */
  readonly inside: InsideRoute | null;
  /** Of documents in a folder that are read together: which of the dropped files; `file` is one of them. */
  readonly folder?: FolderParts;
}

export interface DropSurvey {
  readonly items: readonly DropItem[];
  readonly unread: readonly UnreadKind[];
  /** Always the files of the items and those that are unread; an opened zip counts by its entries. */
  readonly files: number;
  readonly sizeBytes: number;
  /** Zips that were opened. */
  readonly zips: number;
}

export interface DropProgress {
  /** Files looked at. */
  readonly files: number;
  /** Of the files that are known so far. */
  readonly of: number;
}

/** Entries whose beginnings are looked at whatever they are called; a whole phone holds hundreds of thousands. */
const MOST_LOOKED = 20_000;
/** Beyond those: what a document or a database may be called. */
const DOCUMENT = /\.(?:jsonl?|csv|tsv|txt|xml|vcf|eml|mbox|xlsx|zip|ufdr|db|sqlite\w*|storedata|data)$|(?:^|\/)[^./]+$/i;
/** Of a database whose list of tables does not stand at its beginning: the largest that is unpacked to be told. */
const MOST_DATABASE_BYTES = 512 * 2 ** 20;
const COMPANION = /-(?:wal|shm|journal)$/i;

class Survey {
  readonly items: DropItem[] = [];
  readonly unread = new UnreadTally();
  /** Dropped files in folders: some of them may be one export. */
  readonly #loose: LooseFile<DropItem>[] = [];
  readonly #signal: AbortSignal;
  readonly #formats: readonly Format[];
  readonly #tell: (progress: DropProgress) => void;
  sizeBytes = 0;
  zips = 0;
  looked = 0;
  known = 0;

  constructor(signal: AbortSignal, formats: readonly Format[], tell: (progress: DropProgress) => void) {
    this.#signal = signal;
    this.#formats = formats;
    this.#tell = tell;
  }

  /** A file as it was dropped. */
  async dropped(input: SourceInput, file: number, hashOf: () => Promise<string>): Promise<void> {
    const { recognised, finding } = await recognise(input, this.#signal, this.#formats);
    const head = new Uint8Array(await input.blob.slice(0, 4).arrayBuffer());
    const isOpened = recognised === null ? finding.code !== 'damaged-container' : recognised.format.isContainer !== true;
    if (looksLikeZip(head) && isOpened) {
      const found = await this.#openZip(input, null, recognised?.format.id ?? null, hashOf, file);
      if (found) return this.#step();
    }
    this.#step();
    const beside = (input.beside ?? []).reduce((sum, { blob }) => sum + blob.size, 0);
    this.sizeBytes += input.sizeBytes + beside;
    const files = 1 + (input.beside?.length ?? 0);
    const item =
      recognised === null
        ? null
        : itemOf(recognised, { file, name: input.name, sizeBytes: input.sizeBytes + beside, files, inside: null });
    const what = recognised === null ? kindOf(finding) : null;
    if (input.name.includes('/')) this.#loose.push({ file, input, item, format: recognised?.format ?? null, what });
    else this.#alone({ input, item, what });
  }

  #alone({ input, item, what }: Pick<LooseFile<DropItem>, 'input' | 'item' | 'what'>): void {
    if (item !== null) this.items.push(item);
    else if (what !== null) this.unread.add(input.name, input.sizeBytes, what);
  }

  /** Once every file was looked at: documents of one export in a folder are one item, as they are in a zip. */
  async joinFolders(): Promise<void> {
    const { together, alone } = await foldersOf(this.#loose);
    for (const one of alone) this.#alone(one);
    for (const { group, files, parts } of together) {
      const sizeBytes = files.reduce((sum, { item, input }) => sum + (item?.sizeBytes ?? input.sizeBytes), 0);
      const count = files.reduce((sum, { item }) => sum + (item?.files ?? 1), 0);
      const { file } = files[0] as LooseFile<DropItem>;
      const item = itemOf(group, { file, name: group.path, sizeBytes, files: count, inside: null });
      this.items.push({ ...item, folder: parts });
    }
  }

  /**
   * A zip by its entries.
   * @param inner the entry that it is, of a zip inside the dropped one.
   * @param wholeFormat what the zip is as a whole.
   * @returns false where it has no entry to account for, or cannot be opened after all.
   */
  async #openZip(
    input: SourceInput,
    inner: string | null,
    wholeFormat: string | null,
    hashOf: () => Promise<string>,
    file: number
  ): Promise<boolean> {
    const depth = inner === null ? 1 : 2;
    let zip: ZipContainer;
    try {
      zip = await ZipContainer.open(input, { signal: this.#signal, depth });
    } catch (error) {
      this.#signal.throwIfAborted();
      if (error instanceof SourceError) return false;
      throw error;
    }
    try {
      const files = zip.entries.filter((entry) => !entry.isDirectory);
      // What only a password opens is one source where its names say which; the reader asks for it.
      if (files.length === 0 || (wholeFormat !== null && files.every((entry) => zip.needsPassword(entry)))) return false;
      this.zips++;
      const longNames = zip.notes.find((note) => note.sentence.code === 'zip-long-names');
      if (longNames !== undefined)
        this.unread.add(input.name, 0, longNames.sentence, Number(longNames.sentence.values?.['count'] ?? 0));
      const before = this.items.length;
      const found = await this.#entries(zip, files, input.name, inner, hashOf, file);
      const groups = groupsOf(found);
      const only = groups.length === 1 && this.items.length === before ? groups[0] : undefined;
      const sha256Hex = groups.length === 0 ? '' : await hashOf();
      for (const group of groups) {
        const isWhole = group === only && group.format.id === wholeFormat;
        this.items.push(this.#itemOfGroup(group, { input, inner, isWhole, entries: files, sha256Hex, file }));
      }
      return true;
    } finally {
      await zip.close();
    }
  }

  async #entries(
    zip: ZipContainer,
    entries: readonly ZipEntry[],
    name: string,
    inner: string | null,
    hashOf: () => Promise<string>,
    file: number
  ): Promise<FoundDocument[]> {
    this.known += entries.length;
    const found: FoundDocument[] = [];
    /** Documents that no format takes alone: one may use them beside others. */
    const left: { entry: ZipEntry; bytes: Uint8Array; finding: ReturnType<typeof kindOf> }[] = [];
    const names = new Set<string>();
    const all = new Set(entries.map((entry) => entry.name));
    let looks = 0;
    for (const entry of entries) {
      this.#signal.throwIfAborted();
      this.#step();
      const path = `${name}/${entry.name}`;
      const unread = (what: ReturnType<typeof kindOf>): void => this.unread.add(path, entry.sizeBytes, what);
      this.sizeBytes += entry.sizeBytes;
      if (names.has(entry.name)) unread(sentence('drop-same-name'));
      else if (entry.name.startsWith('__MACOSX/')) unread(sentence('drop-finder'));
      else if (zip.needsPassword(entry)) unread(sentence('drop-locked-entry'));
      else if (COMPANION.test(entry.name) && all.has(entry.name.replace(COMPANION, ''))) continue;
      else if (++looks > MOST_LOOKED && !DOCUMENT.test(entry.name)) unread(sentence('drop-not-looked', { most: MOST_LOOKED }));
      else {
        names.add(entry.name);
        const seen = await this.#look(zip, entry, all);
        if (seen.kind === 'document') found.push(seen.document);
        else if (seen.kind === 'other') left.push({ entry, bytes: seen.bytes, finding: seen.what });
        else if (inner !== null) unread(sentence('drop-too-deep'));
        else await this.#zipInside(zip, entry, path, hashOf, file);
      }
    }
    for (const { entry, bytes, finding } of left) {
      const head = { name: entry.name, sizeBytes: entry.sizeBytes, bytes, isInside: true };
      const joined = found.find(
        ({ format, path }) =>
          format.gathers?.takes(entry.name) === true &&
          rootOf(path) === rootOf(entry.name) &&
          format.gathers.joins?.(head) === true
      );
      if (joined === undefined) this.unread.add(`${name}/${entry.name}`, entry.sizeBytes, finding);
      else found.push({ ...joined, path: entry.name, sizeBytes: entry.sizeBytes, beside: [] });
    }
    this.#companions(entries, found, name);
    return found;
  }

  /** Logs whose database no reader takes are not read either. */
  #companions(entries: readonly ZipEntry[], found: readonly FoundDocument[], name: string): void {
    const all = new Set(entries.map((entry) => entry.name));
    const taken = new Set(found.map(({ path }) => path));
    for (const entry of entries) {
      const base = entry.name.replace(COMPANION, '');
      if (base === entry.name || !all.has(base) || taken.has(base)) continue;
      this.unread.add(`${name}/${entry.name}`, entry.sizeBytes, sentence('is-write-ahead-log'));
    }
  }

  async #look(
    zip: ZipContainer,
    entry: ZipEntry,
    all: ReadonlySet<string>
  ): Promise<
    | { kind: 'document'; document: FoundDocument }
    | { kind: 'zip' }
    | { kind: 'other'; bytes: Uint8Array; what: ReturnType<typeof kindOf> }
  > {
    let bytes: Uint8Array;
    try {
      bytes = await headOf({ chunks: (stop) => zip.read(entry, stop) }, this.#signal, HEAD_BYTES);
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      return { kind: 'other', bytes: new Uint8Array(0), what: error.sentence };
    }
    if (looksLikeZip(bytes)) return { kind: 'zip' };
    const inputOf = (blob: Blob): SourceInput => ({
      name: entry.name,
      sizeBytes: entry.sizeBytes,
      blob,
      inside: { sha256Hex: '', path: entry.name, placesFrom: '' }
    });
    let { recognised, finding } = await recognise(inputOf(new Blob([new Uint8Array(bytes)])), this.#signal, this.#formats);
    if (recognised === null && looksLikeSqlite(bytes) && entry.sizeBytes <= MOST_DATABASE_BYTES) {
      try {
        const whole = inputOf(await unpacked(zip, entry, this.#signal));
        ({ recognised, finding } = await recognise(whole, this.#signal, this.#formats));
      } catch (error) {
        this.#signal.throwIfAborted();
        if (!(error instanceof SourceError)) throw error;
        return { kind: 'other', bytes, what: error.sentence };
      }
    }
    if (recognised === null) {
      const what = finding === null ? sentence('drop-other-binary') : kindOf(finding);
      // Heads of what can join others are small and few: documents only.
      return { kind: 'other', bytes: DOCUMENT.test(entry.name) ? bytes : new Uint8Array(0), what };
    }
    const beside = ['-wal', '-journal', '-shm'].map((end) => entry.name + end).filter((name) => all.has(name));
    const { format, confidence } = recognised;
    return { kind: 'document', document: { path: entry.name, sizeBytes: entry.sizeBytes, format, confidence, beside } };
  }

  async #zipInside(zip: ZipContainer, entry: ZipEntry, path: string, hashOf: () => Promise<string>, file: number): Promise<void> {
    const unread = (what: ReturnType<typeof kindOf>): void => this.unread.add(path, entry.sizeBytes, what);
    let blob: Blob;
    try {
      blob = await unpacked(zip, entry, this.#signal);
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      return unread(error.sentence);
    }
    const input: SourceInput = { name: path, sizeBytes: blob.size, blob };
    const { recognised, finding } = await recognise(input, this.#signal, this.#formats);
    const isOpened = recognised === null ? finding.code !== 'damaged-container' : recognised.format.isContainer !== true;
    if (isOpened && (await this.#openZip(input, entry.name, recognised?.format.id ?? null, hashOf, file))) {
      // It counts by its entries.
      this.sizeBytes -= entry.sizeBytes;
      return;
    }
    if (recognised === null) return unread(kindOf(finding));
    const inside = { sha256Hex: await hashOf(), zips: [], path: entry.name, beside: [], hides: null };
    this.items.push(itemOf(recognised, { file, name: path, sizeBytes: blob.size, files: 1, inside }));
  }

  #itemOfGroup(
    group: DocumentGroup,
    at: {
      input: SourceInput;
      inner: string | null;
      isWhole: boolean;
      entries: readonly ZipEntry[];
      sha256Hex: string;
      file: number;
    }
  ): DropItem {
    const { format, confidence, documents, path, isTogether } = group;
    const { input, inner, isWhole, entries, sha256Hex, file } = at;
    const sizes = new Map(entries.map((entry) => [entry.name, entry.sizeBytes]));
    const beside = documents.flatMap((one) => one.beside);
    const sizeBytes = [...documents.map((one) => one.path), ...beside].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
    const counted = { file, sizeBytes, files: documents.length + beside.length };
    if (isWhole) {
      // The zip is the source: dropped by itself, or as one file of the zip around it.
      const inside = inner === null ? null : { sha256Hex, zips: [], path: inner, beside: [], hides: null };
      return itemOf({ format, confidence }, { ...counted, name: input.name, inside });
    }
    const own = new Set(documents.map((one) => one.path));
    const root = path === '' ? '' : `${path}/`;
    const hides = isTogether
      ? entries
          .filter(({ name }) => name.startsWith(root) && !own.has(name) && format.gathers?.takes(name) === true)
          .map(({ name }) => name)
      : null;
    const logs = isTogether ? [] : beside.filter((name) => !name.endsWith('-shm'));
    const inside = { sha256Hex, zips: inner === null ? [] : [inner], path, beside: logs, hides };
    const only = documents.length === 1 ? (documents[0] as FoundDocument).path : path;
    return itemOf({ format, confidence }, { ...counted, name: only === '' ? input.name : `${input.name}/${only}`, inside });
  }

  #step(): void {
    this.#tell({ files: ++this.looked, of: this.known });
  }
}

function itemOf(
  { format, confidence }: { readonly format: Format; readonly confidence: number },
  rest: Omit<DropItem, 'formatId' | 'formatLabel' | 'confidence'>
): DropItem {
  return { ...rest, formatId: format.id, formatLabel: format.label, confidence };
}

/**
 * Looks at everything that was dropped together. Never rejects because of what is in a file.
 * @param hashOf SHA-256 of one of the files: asked once, and only of a zip with items in it.
 */
export async function surveyDrop(
  files: readonly SourceInput[],
  hashOf: (input: SourceInput) => Promise<string>,
  signal: AbortSignal,
  tell: (progress: DropProgress) => void = () => {},
  formats: readonly Format[] = FORMATS
): Promise<DropSurvey> {
  const survey = new Survey(signal, formats, tell);
  survey.known = files.length;
  for (const [index, input] of files.entries()) {
    let hash: Promise<string> | null = null;
    await survey.dropped(input, index, () => (hash ??= hashOf(input)));
  }
  await survey.joinFolders();
  const { unread, sizeBytes, zips } = survey;
  const items = survey.items.toSorted((a, b) => a.file - b.file);
  const read = items.reduce((sum, item) => sum + item.files, 0);
  return { items, unread: unread.list(), files: read + unread.files, sizeBytes, zips };
}
