/** The human round trip of a case: requests out, returned files in, and the certified lines that came of them. */
import { SourceError, told, type Finding } from '../evidence/findings.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import {
  packEvent,
  type CertifiedEvent,
  type CertifiedLog,
  type Intake,
  type TranslatorStatement
} from '../records/certified-log.ts';
import { isTooLongForCell } from '../report/translator/plain-text.ts';
import { readReturned } from '../report/translator/read-returned.ts';
import type { SheetFormat, TranslatorSheet } from '../report/translator/sheet.ts';
import { sha256Hex } from './hash.ts';
import { MOST_LINES, requestLines, type ChosenLine } from './request-lines.ts';
import { requestSheet } from './request-sheet.ts';
import { readLines, returnedLine, type ReadLine } from './returned-lines.ts';
import type {
  IntakeRow,
  LineChoice,
  MadeFile,
  RequestOptions,
  RequestPlan,
  RequestRow,
  ReturnedLine,
  ReturnedStatus,
  ReturnedSummary
} from './translator-contract.ts';
import type { Translations } from './translations.ts';

/** Makes the bytes of a sheet; in the app in a worker of its own, since a long document takes seconds. */
export type SheetWriter = (format: SheetFormat, sheet: TranslatorSheet) => Promise<Uint8Array<ArrayBuffer>>;

interface DeskParts {
  readonly store: EvidenceStore;
  readonly translations: Translations;
  readonly certified: CertifiedLog;
  readonly clock: () => number;
  readonly write: SheetWriter;
  /** Ids of a filtered set, in order. */
  readonly idsOf: (setId: number, order: Extract<LineChoice['lines'], { setId: number }>['order']) => Promise<Uint32Array>;
  /** Resolves once the block is on disk. */
  readonly keep: (kind: string, bytes: Uint8Array) => Promise<void>;
  /** Certified text of these messages came or went. */
  readonly changed: (messageIds: readonly number[]) => void;
}

const CONTENT_TYPES: Readonly<Record<SheetFormat, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xliff: 'application/xliff+xml'
};
const ENDINGS: Readonly<Record<SheetFormat, string>> = { docx: 'docx', xlsx: 'xlsx', xliff: 'xlf' };

interface Reading {
  readonly id: number;
  readonly fileName: string;
  readonly fileSha256Hex: string;
  readonly lines: readonly ReadLine[];
}

export class TranslatorDesk {
  readonly #parts: DeskParts;
  /** One reading at a time: a new file takes the place of the one before. */
  #reading: Reading | null = null;
  #readings = 0;
  /** What writes goes one after the other, so that numbers are given once. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async plan(choice: LineChoice): Promise<RequestPlan> {
    const { store, translations } = this.#parts;
    const ids = await this.#ids(choice);
    const none = { lines: ids.length, context: 0, withoutText: 0, languages: [], characters: 0, longLines: 0 };
    if (ids.length > MOST_LINES) return { ...none, isTooMany: true, mostLines: MOST_LINES };
    const lines = requestLines(store, ids, choice.contextLines);
    const wanted = lines.filter((line) => !line.isContext);
    const languages = new Map<string, number>();
    let characters = 0;
    for (const { messageId } of wanted) {
      const language = translations.languageOf(messageId);
      languages.set(language, (languages.get(language) ?? 0) + 1);
      characters += store.messages.body.at(messageId).length;
    }
    return {
      lines: wanted.length,
      context: lines.length - wanted.length,
      withoutText: ids.length - wanted.length,
      languages: [...languages].map(([language, count]) => ({ language, lines: count })).sort((a, b) => b.lines - a.lines),
      characters,
      longLines: lines.filter(({ messageId }) => isTooLongForCell(store.messages.body.at(messageId))).length,
      isTooMany: false,
      mostLines: MOST_LINES
    };
  }

  make(choice: LineChoice, options: RequestOptions): Promise<{ number: number; files: MadeFile[] }> {
    return this.#inTurn(() => this.#make(choice, options));
  }

  async #make(choice: LineChoice, options: RequestOptions): Promise<{ number: number; files: MadeFile[] }> {
    const { store, translations, certified, clock, write } = this.#parts;
    const ids = await this.#ids(choice);
    if (ids.length > MOST_LINES) throw new RangeError(`A request takes ${MOST_LINES} lines at most.`);
    const lines = requestLines(store, ids, choice.contextLines);
    if (lines.every((line) => line.isContext)) throw new RangeError('None of these messages has words to translate.');
    const request: CertifiedEvent = {
      kind: 'request',
      number: certified.requests.length + 1,
      salt: crypto.randomUUID(),
      madeAtMs: clock(),
      madeBy: options.madeBy,
      lines: lines.map(({ messageId, isContext }: ChosenLine) => ({
        messageId,
        isContext,
        machineText: translations.textOf(messageId)
      }))
    };
    const sheet = await requestSheet(store, translations, request, options);
    const files: MadeFile[] = [];
    for (const format of options.formats) {
      const bytes = await write(format, sheet);
      files.push({ name: `translation-T${request.number}.${ENDINGS[format]}`, contentType: CONTENT_TYPES[format], bytes });
    }
    // Kept before it is handed out: a file whose request is unknown could never be taken back in.
    await this.#add(request);
    return { number: request.number, files };
  }

  async read(file: Blob, name: string): Promise<ReturnedSummary> {
    const { store, certified } = this.#parts;
    const signal = new AbortController().signal;
    const fileSha256Hex = await sha256Hex(file, signal);
    const counts = { new: 0, changed: 0, same: 0, empty: 0, missing: 0, refused: 0 };
    const base = { fileName: name, fileSha256Hex, counts, requests: [], translatedContext: 0, hasMacros: false };
    try {
      const sheet = await readReturned({ name, blob: file }, signal);
      const lines = await readLines(sheet, store, certified);
      this.#reading = { id: ++this.#readings, fileName: name, fileSha256Hex, lines };
      for (const { status } of lines) counts[status]++;
      const held = certified.intakes.find(
        (intake) => intake.fileSha256Hex === fileSha256Hex && certified.withdrawalOf(intake.number) === null
      );
      return {
        ...base,
        returnedId: this.#reading.id,
        format: sheet.format,
        statement: {
          translator: sheet.fields['(i)'],
          qualification: sheet.fields['(ii)'],
          translatedOn: isoDate(sheet.fields['(iii)'])
        },
        requests: [...new Set(lines.filter((line) => line.sent !== null).map((line) => line.request))].sort((a, b) => a - b),
        translatedContext: lines.filter(({ status, sent }) => isTaken(status) && sent?.isContext === true).length,
        hasMacros: sheet.hasMacros,
        heldBy: held?.number ?? null,
        failure: null
      };
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const failure: Finding = {
        code: error.code,
        severity: 'failure',
        ...told(error.sentence),
        file: error.file,
        place: error.place
      };
      const statement = { translator: '', qualification: '', translatedOn: '' };
      return { ...base, returnedId: 0, format: null, statement, heldBy: null, failure };
    }
  }

  lines(returnedId: number, status: ReturnedStatus, start: number, count: number): ReturnedLine[] {
    const { store, translations, certified } = this.#parts;
    return this.#current(returnedId)
      .lines.map((line, at) => ({ line, at }))
      .filter(({ line }) => line.status === status)
      .slice(start, start + count)
      .map(({ line, at }) => returnedLine(at, line, store, translations, certified));
  }

  takeIn(returnedId: number, statement: TranslatorStatement, takenBy: string, leftOut: readonly number[]): Promise<IntakeRow> {
    return this.#inTurn(() => this.#takeIn(returnedId, statement, takenBy, leftOut));
  }

  async #takeIn(
    returnedId: number,
    statement: TranslatorStatement,
    takenBy: string,
    leftOut: readonly number[]
  ): Promise<IntakeRow> {
    const { certified, clock } = this.#parts;
    const reading = this.#current(returnedId);
    const passed = new Set(leftOut);
    const taken = reading.lines.filter(({ status }, at) => isTaken(status) && !passed.has(at));
    if (taken.length === 0) throw new RangeError('There is no line to take in.');
    const intake: Intake = {
      kind: 'intake',
      number: certified.intakes.length + 1,
      ...statement,
      takenAtMs: clock(),
      takenBy,
      fileName: reading.fileName,
      fileSha256Hex: reading.fileSha256Hex,
      lines: taken.map(({ sent, request, line, matched }) => ({
        messageId: sent?.messageId ?? 0,
        request,
        line,
        text: matched?.row.translation ?? '',
        note: matched?.row.note ?? ''
      })),
      refused: reading.lines
        .filter((line, at) => isSetAside(line) || (isTaken(line.status) && passed.has(at)))
        .map(({ matched }) => ({
          place: matched?.row.place ?? '',
          reference: matched?.row.reference ?? '',
          reason: matched?.refusal ?? (matched?.row.translation === '' ? 'note-alone' : 'left-out'),
          text: matched?.row.translation ?? '',
          note: matched?.row.note ?? ''
        }))
    };
    await this.#add(intake);
    this.#reading = null;
    this.#parts.changed(intake.lines.map((line) => line.messageId));
    return this.#intakeRow(intake);
  }

  withdraw(number: number, withdrawnBy: string): Promise<void> {
    return this.#inTurn(() => this.#withdraw(number, withdrawnBy));
  }

  async #withdraw(number: number, withdrawnBy: string): Promise<void> {
    const { certified, clock } = this.#parts;
    const intake = certified.intakes.find((one) => one.number === number);
    if (intake === undefined || certified.withdrawalOf(number) !== null)
      throw new RangeError(`Intake ${number} is not there to be withdrawn.`);
    await this.#add({ kind: 'withdrawal', intake: number, withdrawnAtMs: clock(), withdrawnBy });
    this.#parts.changed(intake.lines.map((line) => line.messageId));
  }

  /** Newest first. */
  history(): { requests: RequestRow[]; intakes: IntakeRow[] } {
    const { certified } = this.#parts;
    const requests = certified.requests.map(({ number, madeAtMs, madeBy, lines }): RequestRow => {
      const wanted = lines.filter((line) => !line.isContext);
      return {
        number,
        madeAtMs,
        madeBy,
        lines: wanted.length,
        context: lines.length - wanted.length,
        certified: wanted.filter((line) => certified.textOf(line.messageId) !== null).length
      };
    });
    return { requests: requests.reverse(), intakes: certified.intakes.map((intake) => this.#intakeRow(intake)).reverse() };
  }

  #intakeRow(intake: Intake): IntakeRow {
    const withdrawal = this.#parts.certified.withdrawalOf(intake.number);
    const { number, translator, qualification, translatedOn, takenAtMs, takenBy, fileName, fileSha256Hex, lines, refused } =
      intake;
    return {
      number,
      translator,
      qualification,
      translatedOn,
      takenAtMs,
      takenBy,
      fileName,
      fileSha256Hex,
      lines: lines.length,
      refused: refused.length,
      requests: [...new Set(lines.map((line) => line.request))],
      withdrawn: withdrawal === null ? null : { by: withdrawal.withdrawnBy, atMs: withdrawal.withdrawnAtMs }
    };
  }

  async #ids({ lines }: LineChoice): Promise<ArrayLike<number> & Iterable<number>> {
    return 'messageIds' in lines ? lines.messageIds : this.#parts.idsOf(lines.setId, lines.order);
  }

  #current(returnedId: number): Reading {
    if (this.#reading === null || this.#reading.id !== returnedId)
      throw new RangeError('Another returned file was read since; look at it again.');
    return this.#reading;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** On disk first: what counts on screen must be there after a crash. */
  async #add(event: CertifiedEvent): Promise<void> {
    await this.#parts.keep('certified', packEvent(event));
    this.#parts.certified.add(event);
  }
}

/** Rows that stay out but hold a translator's words: kept with the intake. */
const isSetAside = ({ status, matched }: ReadLine): boolean =>
  status === 'refused' || (status === 'empty' && (matched?.row.note ?? '') !== '');

const isTaken = (status: ReturnedStatus): boolean => status === 'new' || status === 'changed';

/** A date as translators write it, day first, as 'YYYY-MM-DD'; '' where it cannot be told. The officer confirms it. */
function isoDate(text: string): string {
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(text.trim());
  const dayFirst = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})$/.exec(text.trim());
  const [year, month, day] = iso?.slice(1) ?? [dayFirst?.[3], dayFirst?.[2], dayFirst?.[1]];
  if (year === undefined || month === undefined || day === undefined) return '';
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : '';
}
