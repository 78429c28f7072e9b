/** The files that were dropped on the case: imported one after the other, read side by side while they wait. */
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import { copiesThatFit, type CopyRoom } from '../jobs/copy-room.ts';
import type { ImportProgress } from '../pipeline/contract.ts';
import { withCompanions, type OfferedFile } from './companions.ts';
import { ImportDraft } from './import-draft.svelte.ts';
import { ImportDrop } from './import-drop.svelte.ts';
import type { Job, JobList, JobProgress } from './jobs.svelte.ts';

/** More files than these are a list before they are cards. */
const MOST_CARDS = 20;
/** Why an import is not begun once more, as a code: words belong to views. */
export const STOPPED_OFTEN = 'stopped-often';

export interface ImportListener {
  /** Files were given and are looked at; nothing is imported yet. */
  offered(): void;
  /** A run of imports has ended and something new is in the case. */
  imported(): Promise<void>;
}

function progressOf({ bytesDone, bytesTotal, itemsPerSecond, left_s }: ImportProgress): JobProgress {
  return { done: bytesDone, total: bytesTotal, rate: itemsPerSecond, left_s };
}

export class ImportList {
  readonly #api: CaseWorkerApi;
  readonly #jobs: JobList;
  readonly #listener: ImportListener;
  #drafts = $state.raw<readonly ImportDraft[]>([]);
  #drops = $state.raw<readonly ImportDrop[]>([]);
  #formats = $state.raw<readonly string[]>([]);
  /** For copies of files that wait; null until it was asked for. */
  #room = $state.raw<CopyRoom | null>(null);
  readonly #roomless = $derived(draftsWithoutRoom(this.#drafts, this.#room));
  #next = 0;
  /** One import at a time, in the order in which they were asked for. */
  #turn: Promise<void> = Promise.resolve();

  constructor(api: CaseWorkerApi, jobs: JobList, listener: ImportListener) {
    this.#api = api;
    this.#jobs = jobs;
    this.#listener = listener;
  }

  get drafts(): readonly ImportDraft[] {
    return this.#drafts;
  }
  /** Ids of the formats that are read; none until the worker has said so. */
  get formats(): readonly string[] {
    return this.#formats;
  }
  get drops(): readonly ImportDrop[] {
    return this.#drops;
  }
  get isBusy(): boolean {
    return this.#drafts.some((draft) => draft.stage === 'importing' || draft.stage === 'waiting');
  }
  get ready(): readonly ImportDraft[] {
    return this.#drafts.filter((draft) => draft.canConfirm);
  }

  /** Imported, refused or cancelled: what is left of them is in the case's own list of sources. */
  get ended(): readonly ImportDraft[] {
    return this.#drafts.filter((draft) => ['imported', 'refused', 'cancelled'].includes(draft.stage));
  }

  /** True where it would have to be handed in again after a stop, as far as is known. */
  isWithoutCopy(draft: ImportDraft): boolean {
    return draft.isWithoutCopy || this.#roomless.has(draft);
  }

  /** Asks once which formats there are. */
  async learnFormats(): Promise<void> {
    if (this.#formats.length === 0) this.#formats = await this.#api.formats();
  }

  clearEnded(): void {
    const ended = new Set(this.ended);
    this.#drafts = this.#drafts.filter((draft) => !ended.has(draft));
  }

  /**
   * Looks at files in turn; each shows up at once. A folder, many files, or a zip of several exports is listed first,
   * and its items get their cards by `take`.
   * @param notListed files beyond the most that one drop lists.
   */
  async offer(files: readonly OfferedFile[], notListed = 0): Promise<readonly ImportDraft[]> {
    const offered = withCompanions(files);
    this.#listener.offered();
    const isMany = offered.length > MOST_CARDS || notListed > 0 || offered.some(({ name }) => name.includes('/'));
    if (isMany || (await hasZip(offered))) {
      const drop = new ImportDrop(this.#next++, offered, notListed, this.#api);
      this.#drops = [...this.#drops, drop];
      const survey = await drop.look();
      if (isMany || survey === null || survey.items.some(({ inside }) => inside !== null)) return [];
      this.removeDrop(drop);
    }
    return await this.#look(offered.map((one) => new ImportDraft(this.#next++, one, this.#api)));
  }

  /** The chosen items of a drop, as drafts. */
  take(drop: ImportDrop): Promise<readonly ImportDraft[]> {
    return this.#look(drop.take((offered) => new ImportDraft(this.#next++, offered, this.#api)));
  }

  async #look(drafts: readonly ImportDraft[]): Promise<readonly ImportDraft[]> {
    this.#drafts = [...this.#drafts, ...drafts];
    void this.#askForRoom();
    for (const draft of drafts) if (this.#drafts.includes(draft)) await draft.look();
    return drafts;
  }

  remove(draft: ImportDraft): void {
    if (draft.stage === 'importing') return;
    if (draft.stage === 'waiting') void this.#api.stopReadingAhead(draft.id);
    this.#drafts = this.#drafts.filter((other) => other !== draft);
    for (const drop of this.#drops) drop.release(draft);
  }

  /** Takes a drop off the list; its items that have cards keep them. */
  removeDrop(drop: ImportDrop): void {
    void drop.cancel();
    this.#drops = this.#drops.filter((other) => other !== drop);
  }

  /** Queues the drafts and imports them one at a time; resolves when the queue is empty. */
  confirm(drafts: readonly ImportDraft[]): Promise<void> {
    for (const draft of drafts) draft.queue();
    void this.#layAside(drafts);
    this.#readAhead();
    return this.#inTurn(() => this.#run());
  }

  /** Those that wait are read meanwhile, in their order. One alone has nothing to wait for. */
  #readAhead(): void {
    const files = this.#drafts.flatMap(({ ahead }) => (ahead === null ? [] : [ahead]));
    if (files.length < 2) return;
    const tell = (ahead: number, progress: ImportProgress): void =>
      this.#drafts.find(({ id }) => id === ahead)?.tellAhead(progress);
    // Whatever it is, each import reads its own file then, and says what is the matter.
    void this.#api.readAhead(files, tell).catch(() => {});
  }

  /** Copies of them, before the first of them is read: from then on a stop loses none that has one. */
  async #layAside(drafts: readonly ImportDraft[]): Promise<void> {
    const files = drafts.flatMap(({ ahead }) => (ahead === null ? [] : [ahead]));
    // Whatever it is, the imports run all the same.
    const without = new Set(await this.#api.layAside(files).catch(() => []));
    for (const draft of drafts) if (without.has(draft.id)) draft.tellWithoutCopy();
    await this.#askForRoom();
  }

  async #askForRoom(): Promise<void> {
    this.#room = await this.#api.roomForCopies().catch(() => null);
  }

  /** Goes on by itself with imports that were stopped before they ended, in their order; others wait for them. */
  resume(): Promise<void> {
    return this.#inTurn(() => this.#resume());
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    // One that fails is told to whoever asked for it, and holds up no other.
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #resume(): Promise<void> {
    const { waiting, givenUp } = await this.#api.stoppedImports();
    for (const name of givenUp) this.#jobs.start('import', name).end('failed', STOPPED_OFTEN);
    const queue = waiting.map(({ number, name }) => ({
      number,
      job: this.#jobs.start('import', name, { cancel: () => void this.#api.leaveStopped(number) })
    }));
    let changed = false;
    for (const { number, job } of queue) changed = (await this.#goOn(number, job)) || changed;
    if (changed) await this.#listener.imported();
  }

  /** @returns whether something new is in the case */
  async #goOn(number: number, job: Job): Promise<boolean> {
    if (!job.isActive) return false;
    try {
      const report = await this.#api.resumeImport(number, (p) => job.report(progressOf(p)));
      const failure = report?.failure ?? null;
      // The stop came between the last block and the removal of the copy: the file is in the case.
      if (failure === null || failure.code === 'duplicate-folded') job.end('done');
      else job.end('failed', failure.message);
      return report !== null && failure === null;
    } catch (error) {
      job.end('failed', error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  async #run(): Promise<void> {
    let changed = false;
    for (let draft = this.#waiting(); draft !== undefined; draft = this.#waiting()) {
      await this.#import(draft);
      changed ||= draft.stage === 'imported';
    }
    if (changed) await this.#listener.imported();
  }

  #waiting(): ImportDraft | undefined {
    return this.#drafts.find((draft) => draft.stage === 'waiting');
  }

  async #import(draft: ImportDraft): Promise<void> {
    const job = this.#jobs.start('import', draft.name, { cancel: () => void draft.cancel() });
    await draft.confirm((p) => job.report(progressOf(p)));
    if (draft.stage === 'imported') job.end('done');
    else if (draft.stage === 'cancelled') job.end('cancelled');
    else job.end('failed', draft.report?.failure?.message ?? draft.error);
  }
}

/** Those that are not confirmed yet, in the order in which they would be. */
function draftsWithoutRoom(drafts: readonly ImportDraft[], room: CopyRoom | null): ReadonlySet<ImportDraft> {
  if (room === null) return new Set();
  const open = drafts.filter(({ stage }) => stage === 'looking' || stage === 'ready');
  const sizes = copiesThatFit(
    open.map(({ source }) => source),
    room
  );
  return new Set(open.filter((_, i) => sizes[i] === null));
}

/** Only a zip holds several sources; by its first two bytes, since names are anything. */
async function hasZip(offered: readonly OfferedFile[]): Promise<boolean> {
  for (const { file } of offered) {
    const head = new Uint8Array(
      await file
        .slice(0, 2)
        .arrayBuffer()
        .catch(() => new ArrayBuffer(0))
    );
    if (head[0] === 0x50 && head[1] === 0x4b) return true;
  }
  return false;
}
