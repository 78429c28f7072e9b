/** One file on its way into the case: preview, answers, import, sum. Nothing is written before `confirm`. */
import { ASSUMED_REGION } from '../evidence/assumptions.ts';
import type { ReadOptions, SourceQuestion } from '../formats/contract.ts';
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import type { SourceFiles } from '../jobs/copy-room.ts';
import type { OfferedFile } from './companions.ts';
import type { ImportPreview, ImportProgress, ImportReport, SourcePart } from '../pipeline/contract.ts';
import type { AheadFile } from '../pipeline/read-ahead-contract.ts';

export type DraftStage = 'looking' | 'ready' | 'waiting' | 'importing' | 'imported' | 'refused' | 'cancelled';

/** Nothing decided yet: the first look finds out what has to be asked. */
const OPEN_OPTIONS: ReadOptions = { zone: null, region: ASSUMED_REGION, owner: null };

export class ImportDraft {
  readonly id: number;
  readonly file: Blob;
  readonly name: string;
  /** Unpacked, where it lies in a container. */
  readonly sizeBytes: number;
  readonly #part: SourcePart;
  readonly #api: CaseWorkerApi;
  #options = $state.raw<ReadOptions>(OPEN_OPTIONS);
  #formatId = $state<string | null>(null);
  #stage = $state<DraftStage>('looking');
  #preview = $state.raw<ImportPreview | null>(null);
  #progress = $state.raw<ImportProgress | null>(null);
  #report = $state.raw<ImportReport | null>(null);
  #fingerprint = $state.raw<{ readonly sha256Hex: string; readonly heldAs: string | null } | null>(null);
  #isHashing = false;
  #error = $state('');
  #questions = $state.raw<readonly SourceQuestion[]>([]);
  #isWithoutCopy = $state(false);
  readonly #answered = new Set<string>();
  #looks = 0;

  constructor(id: number, offered: OfferedFile, api: CaseWorkerApi) {
    this.id = id;
    this.file = offered.file;
    this.name = offered.name;
    this.sizeBytes = offered.sizeBytes ?? offered.file.size;
    const { beside, inside, folder } = offered;
    this.#part = {
      ahead: id,
      ...(beside === undefined ? {} : { beside }),
      ...(inside === undefined ? {} : { inside }),
      ...(folder === undefined ? {} : { folder })
    };
    this.#api = api;
    this.#options = offered.options ?? OPEN_OPTIONS;
  }

  get stage(): DraftStage {
    return this.#stage;
  }
  get options(): ReadOptions {
    return this.#options;
  }
  get preview(): ImportPreview | null {
    return this.#preview;
  }
  /** Every question that came up, also those with an answer, so that it can be changed. */
  get questions(): readonly SourceQuestion[] {
    return this.#questions;
  }
  get progress(): ImportProgress | null {
    return this.#progress;
  }
  get report(): ImportReport | null {
    return this.#report;
  }
  /** An unforeseen failure in words; '' otherwise. */
  get error(): string {
    return this.#error;
  }
  /** The officer's choice, or else what was recognised. */
  get formatId(): string | null {
    return this.#formatId ?? this.#preview?.formatId ?? null;
  }
  /** SHA-256 of the file and whether the case holds the same bytes; null until it is known. */
  get fingerprint(): { readonly sha256Hex: string; readonly heldAs: string | null } | null {
    return this.#fingerprint;
  }
  /** True where nothing of it could be laid aside, which is known once it waits for its import. */
  get isWithoutCopy(): boolean {
    return this.#isWithoutCopy;
  }
  get source(): SourceFiles {
    return { file: this.file, part: this.#part };
  }
  get canConfirm(): boolean {
    return this.#stage === 'ready' && this.formatId !== null && !this.#hasOpenQuestion;
  }
  /** A day order or a password must be given; zone, owner and mapping have a shown assumption. */
  get #hasOpenQuestion(): boolean {
    return this.#questions.some(
      (q) =>
        (q.kind === 'dateOrder' && this.#options.dateOrder === undefined) ||
        (q.kind === 'password' && (this.#options.password ?? '') === '')
    );
  }

  /** Takes the officer's choice of reader and shows what it would read. */
  chooseFormat(formatId: string): Promise<void> {
    this.#formatId = formatId;
    return this.look();
  }

  /** Takes an answer and looks at the file again with it. */
  answer(change: Partial<ReadOptions>): Promise<void> {
    for (const kind of Object.keys(change)) this.#answered.add(kind);
    this.#options = { ...this.#options, ...change };
    return this.look();
  }

  /** Reads the first rows without writing; only the newest look counts. */
  async look(): Promise<void> {
    const look = ++this.#looks;
    void this.#hash();
    try {
      const preview = await this.#api.preview(this.file, this.name, this.#options, this.#formatId, this.#part);
      if (look !== this.#looks) return;
      this.#remember(preview.questions);
      if (this.#takeAssumedZone()) return await this.look();
      this.#preview = preview;
      if (this.#stage === 'looking') this.#stage = 'ready';
    } catch (error) {
      if (look === this.#looks) this.#fail(error);
    }
  }

  queue(): void {
    if (this.#stage === 'ready') this.#stage = 'waiting';
  }

  /** What may be read of it while it waits for its turn; null unless it waits. */
  get ahead(): AheadFile | null {
    const { formatId } = this;
    if (this.#stage !== 'waiting' || formatId === null) return null;
    return {
      ahead: this.id,
      file: this.file,
      name: this.name,
      sizeBytes: this.sizeBytes,
      formatId,
      options: this.#options,
      part: this.#part
    };
  }

  tellWithoutCopy(): void {
    this.#isWithoutCopy = true;
  }

  /** How far the reading is that runs ahead of the import. */
  tellAhead(progress: ImportProgress): void {
    if (this.#stage === 'waiting' || this.#stage === 'importing') this.#progress = progress;
  }

  /**
   * Imports the file. Settles always: what went wrong stands in `report` or `error`.
   * @param onProgress told as the worker tells it.
   */
  async confirm(onProgress: (progress: ImportProgress) => void): Promise<void> {
    const formatId = this.formatId;
    if (formatId === null) return;
    this.#stage = 'importing';
    try {
      const tell = (progress: ImportProgress): void => {
        this.#progress = progress;
        onProgress(progress);
      };
      const report = await this.#api.importFile(this.file, this.name, formatId, this.#options, tell, this.#part);
      this.#report = report;
      if (this.#stage === 'importing') this.#stage = report.failure === null ? 'imported' : 'refused';
    } catch (error) {
      if (this.#stage === 'importing') this.#fail(error);
    }
  }

  /** Ends a running import; the case is then as it was before this file. */
  async cancel(): Promise<void> {
    if (this.#stage !== 'importing' && this.#stage !== 'waiting') return;
    const wasImporting = this.#stage === 'importing';
    this.#stage = 'cancelled';
    if (wasImporting) await this.#api.cancelImport();
    else await this.#api.stopReadingAhead(this.id);
  }

  /** Once a file: the bytes do not change with the answers. A failure shows when the file is imported. */
  async #hash(): Promise<void> {
    if (this.#isHashing) return;
    this.#isHashing = true;
    this.#fingerprint = await this.#api.fingerprint(this.file, this.#part).catch(() => null);
  }

  #remember(asked: readonly SourceQuestion[]): void {
    const kinds = new Set(asked.map((question) => question.kind));
    this.#questions = [...this.#questions.filter((question) => !kinds.has(question.kind)), ...asked];
  }

  /** Stamps without a zone are read in the assumed one until the officer says otherwise; both are on screen. */
  #takeAssumedZone(): boolean {
    const zone = this.#questions.find((question) => question.kind === 'zone');
    if (zone === undefined || this.#options.zone !== null || this.#answered.has('zone')) return false;
    this.#options = { ...this.#options, zone: zone.assumed };
    return true;
  }

  #fail(error: unknown): void {
    this.#stage = 'refused';
    this.#error = error instanceof Error ? error.message : String(error);
  }
}
