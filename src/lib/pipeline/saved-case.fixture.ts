/** Cases of random imports and records, as blocks in the order written, and what a reading of them says. */
import fc from 'fast-check';
import { BLOCK_ROWS, beginBlock, blocksSince, markOf, type StoreMark } from '../evidence/blocks.ts';
import { emptySum } from '../evidence/findings.ts';
import { NONE, utcMs } from '../evidence/ids.ts';
import { SourceIntake } from '../evidence/intake.ts';
import { MessageState, type AccountRef, type EvidenceTime, type SourcePlace, type ThreadRef } from '../evidence/records.ts';
import { EvidenceStore } from '../evidence/store.ts';
import { packAttribution, type Attribution } from '../records/attribution-log.ts';
import { packEvent } from '../records/certified-log.ts';
import { packIdentity } from '../records/identity-log.ts';
import { packTagChange, type TagChanged } from '../records/tag-log.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';

interface Block {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

/** What one file holds. Its people, places and texts have its number in their names. */
export interface FileContents {
  readonly messages: number;
  /** Attachments of each message. */
  readonly attachments: number;
  readonly calls: number;
  readonly contacts: number;
  /** Who came to the conversation, each said by a line of the app. */
  readonly joins: number;
  /** Rows of earlier files, by any number, which this one holds too. */
  readonly again: readonly number[];
}

/** A block by its place in the case, and whether what it was is lost with it; that an import began there stays known. */
interface Loss {
  readonly at: number;
  readonly isUnknown: boolean;
}

export type Reading = ReturnType<SavedCase['finish']>;

/** Reads the blocks but those that are gone, as the case worker does. */
export function read(blocks: readonly Block[], losses: readonly Loss[] = []): Reading {
  const saved = new SavedCase();
  const gone = new Map(losses.map(({ at, isUnknown }) => [at, isUnknown]));
  for (const [i, { kind, bytes }] of blocks.entries()) {
    const isUnknown = gone.get(i);
    if (isUnknown === undefined) saved.add(kind, bytes);
    else saved.lose(i + 1, isUnknown && kind !== 'begin' ? 'unknown' : kind);
  }
  const reading = saved.finish();
  // A session gives out numbers as it is made; the tests ask after that.
  opened(reading);
  return reading;
}

const opened = (reading: Reading): CaseSession => new CaseSession({ ...reading, keeper: null, clock: () => 0 });

const at = (file: number, i: number): EvidenceTime => {
  const ms = file * 10_000 + i;
  return { raw: String(ms), utcMs: utcMs(ms), basis: 'utc-by-spec' };
};
const person = (file: number, i = 0): AccountRef => {
  const identifier = `person ${file}.${i}`;
  return { service: `app ${file}`, identifier, rawIdentifier: identifier };
};
const threadOf = (file: number): ThreadRef => ({
  service: `app ${file}`,
  key: `thread ${file}`,
  isGroup: true,
  members: [person(file)]
});
const place = (file: number, offset: number): SourcePlace => ({ path: `path ${file}`, offset, unit: 'byte' });

function tellMessage(intake: SourceIntake, file: number, i: number, state: number, attachments: number, copyIn?: number): void {
  const isCopy = copyIn !== undefined;
  intake.seen('message');
  intake.message({
    thread: threadOf(file),
    from: person(file),
    to: [person(file, 1)],
    body: `message ${file}.${i}`,
    time: at(file, i),
    direction: 'incoming',
    state,
    confidence: 'high',
    attachments: Array.from({ length: attachments }, (_, n) => ({ name: `attachment ${file}.${i}.${n}` })),
    place: isCopy ? place(copyIn, 5000 + i) : place(file, i),
    itemId: isCopy ? `message ${file}.${i}` : '',
    fold: 'identical'
  });
}

/** Takes a file in; the caller writes and commits, or takes it back. */
export function tell(store: EvidenceStore, file: number, contents: FileContents): SourceIntake {
  const { messages, attachments, calls, contacts, joins, again } = contents;
  const earlier = Array.from({ length: store.messages.length }, (_, row) => store.messages.body.at(row));
  const intake = new SourceIntake(store, store.sources.length, `file ${file}`);
  for (const pick of again) {
    const [, of, i] = /^message (\d+)\.(\d+)$/.exec(earlier[pick % Math.max(1, earlier.length)] ?? '') ?? [];
    // System lines are told with their changes alone.
    if (of !== undefined && Number(i) < 1000) tellMessage(intake, Number(of), Number(i), 0, 0, file);
  }
  for (let i = 0; i < messages; i++) tellMessage(intake, file, i, 0, attachments);
  for (let i = 1000; i < 1000 + joins; i++) {
    tellMessage(intake, file, i, MessageState.system, 0);
    const [thread, account, by] = [threadOf(file), person(file, i), person(file)];
    intake.membership({ thread, account, change: 'joined', by, time: at(file, i), place: place(file, i) });
  }
  for (let i = 0; i < calls; i++) {
    intake.seen('call');
    intake.call({
      service: `app ${file}`,
      from: person(file),
      to: [person(file, 2)],
      time: at(file, 2000 + i),
      duration_s: 1,
      direction: 'incoming',
      outcome: 'answered',
      isVideo: false,
      state: 0,
      confidence: 'high',
      place: place(file, 2000 + i),
      itemId: `call ${file}.${i}`
    });
  }
  for (let i = 0; i < contacts; i++) {
    intake.seen('contact');
    intake.contact({
      name: `contact ${file}.${i}`,
      accounts: [person(file, 3000 + i)],
      service: `app ${file}`,
      state: 0,
      confidence: 'high',
      place: place(file, 3000 + i),
      itemId: ''
    });
  }
  store.sources.push({
    name: `file ${file}`,
    sizeBytes: 1,
    sha256Hex: '',
    formatId: 'x',
    formatVersion: 1,
    options: {},
    sum: emptySum(),
    importedAtMs: 0,
    facts: [],
    findings: [],
    devices: []
  });
  return intake;
}

/** Blocks of an import; its messages in blocks of `rows`, where that is less than a full one. */
export function importBlocks(store: EvidenceStore, mark: StoreMark, rows = BLOCK_ROWS): Block[] {
  return [{ kind: 'begin', bytes: beginBlock(mark) }, ...blocksSince(store, mark, rows)];
}

/** A case as it is written by sessions one after the other. */
export class WrittenCase {
  readonly blocks: Block[] = [];
  #reading = read([]);
  #files = 0;
  #intakes = 0;
  #decisions = 0;

  get messages(): number {
    return this.#reading.store.committed.messages;
  }

  /** @param crash blocks that stood when the window died; null where it lived */
  import(contents: FileContents, rows: number, crash: number | null): void {
    const { store, translations } = this.#reading;
    const mark = markOf(store);
    const intake = tell(store, this.#files++, contents);
    const blocks = importBlocks(store, mark, rows);
    if (crash === null) {
      this.blocks.push(...blocks);
      intake.commit();
      translations.extend(store.committed.messages);
      return;
    }
    this.blocks.push(...blocks.slice(0, crash % blocks.length));
    this.#reading = read(this.blocks);
  }

  translate(rows: readonly number[]): void {
    if (this.messages === 0) return;
    const { store, translations } = this.#reading;
    const from = translations.length;
    const lines = rows.map((pick) => {
      const messageId = pick % this.messages;
      const text = `English of ${store.messages.body.at(messageId)}`;
      return { messageId, language: 'ron', text, flags: 0, meanLogProb: -0.5, model: { id: 'm', sha256Hex: 'f' } };
    });
    translations.put(lines, 0);
    this.blocks.push({ kind: 'translations', bytes: translations.pack(from) });
  }

  certify(rows: readonly number[]): void {
    if (this.messages === 0) return;
    const lines = rows.map((pick) => {
      const messageId = pick % this.messages;
      const text = `certified ${this.#reading.store.messages.body.at(messageId)}`;
      return { messageId, request: 1, line: 1, text, note: '' };
    });
    const statement = { translator: 'T', qualification: '', translatedOn: '2026-01-01', takenAtMs: 0, takenBy: 'me' };
    const file = { fileName: 'f', fileSha256Hex: '0', lines, refused: [] };
    const event = { kind: 'intake' as const, number: ++this.#intakes, ...statement, ...file };
    this.#reading.certified.add(event);
    this.blocks.push({ kind: 'certified', bytes: packEvent(event) });
  }

  tag(rows: readonly number[]): void {
    if (this.messages === 0) return;
    const { tags } = this.#reading;
    const keep = (answer: TagChanged): void => {
      if (answer.ok) this.blocks.push({ kind: 'tags', bytes: packTagChange(answer.change) });
    };
    if (tags.tags().length === 0) keep(tags.make('money', 'me', 0));
    const chosen = rows.map((pick) => pick % this.messages);
    keep(tags.put(1, chosen, 'me', 0));
  }

  /** Confirms that two accounts are of one person. */
  confirm(first: number, second: number): void {
    const count = this.#reading.store.directory.accounts.length;
    if (count === 0) return;
    const accounts = [[first % count], [second % count]] as const;
    const seen = { reasonsFor: [], reasonsAgainst: [], decidedAtMs: 0, decidedBy: 'me', words: '' };
    const event = { kind: 'confirm' as const, number: ++this.#decisions, accounts, ...seen };
    this.#reading.identity.add(event);
    this.blocks.push({ kind: 'identity', bytes: packIdentity(event) });
  }

  /** Notes that an account's person had a handset. */
  attribute(pick: number): void {
    const { store, attributions } = this.#reading;
    const count = store.directory.accounts.length;
    if (count === 0) return;
    const event: Attribution = {
      kind: 'attribute',
      number: attributions.nextNumber,
      thing: { kind: 'handset', text: '35000000000001', service: '' },
      person: { name: 'me', account: pick % count },
      fromMs: null,
      untilMs: null,
      source: 'box label',
      madeAtMs: 0,
      madeBy: 'me'
    };
    attributions.add(event);
    this.blocks.push({ kind: 'attributions', bytes: packAttribution(event) });
  }
}

/** Everything that a reading says, with names in the place of numbers. */
export function told({ store, translations, certified, tags, identity, attributions }: Reading) {
  const { messages, calls, memberships, copies, callCopies, directory, services, sources } = store;
  const nameOf = (account: number): string | null =>
    account === NONE ? null : (directory.accounts[account]?.identifier ?? 'no account');
  const placed = (table: { place: typeof messages.place }, row: number) => {
    const { source, place, itemId } = table.place.at(row);
    return { source: sources[source]?.name ?? 'no source', path: place.path ?? 'no path', offset: place.offset, itemId };
  };
  const copiesIn = (table: typeof copies, row: number) =>
    Array.from({ length: table.length }, (_, i) => i)
      .filter((i) => table.message.at(i) === row)
      .map((i) => placed(table, i));
  return {
    messages: Array.from({ length: messages.length }, (_, row) => ({
      body: messages.body.at(row),
      thread: directory.threads[messages.thread.at(row)]?.key ?? 'no thread',
      from: nameOf(messages.from.at(row)),
      to: Array.from(messages.to.at(row), nameOf),
      time: messages.time.raw.at(row),
      service: services.at(messages.service.at(row)) ?? 'no service',
      ...placed(messages, row),
      attachments: store.attachments.slice(...messages.attachmentRange(row)).map(({ name }) => name),
      translations: translations.isLookedAt(row) ? translations.versionsOf(row).map(({ text }) => text ?? '') : [],
      certified: certified.versionsOf(row).map(({ line }) => line.text),
      tags: tags.of(row).map(({ name }) => name),
      copies: copiesIn(copies, row),
      copyCount: store.copyCount.at(row)
    })),
    calls: Array.from({ length: calls.length }, (_, row) => ({
      from: nameOf(calls.from.at(row)),
      to: Array.from(calls.to.at(row), nameOf),
      time: calls.time.raw.at(row),
      service: services.at(calls.service.at(row)) ?? 'no service',
      ...placed(calls, row),
      copies: copiesIn(callCopies, row)
    })),
    memberships: Array.from({ length: memberships.length }, (_, row) => ({
      thread: directory.threads[memberships.thread.at(row)]?.key ?? 'no thread',
      account: nameOf(memberships.account.at(row)),
      by: nameOf(memberships.by.at(row)),
      time: memberships.time.raw.at(row),
      message: memberships.message.at(row) < messages.length ? messages.body.at(memberships.message.at(row)) : 'no message',
      ...placed(memberships, row)
    })),
    contacts: store.contacts().map(({ name, accounts, source }) => ({
      name,
      accounts: accounts.map(nameOf),
      source: sources[source]?.name ?? 'no source'
    })),
    accounts: directory.accounts.map(({ service, identifier, names }) => ({
      service,
      identifier,
      names: names.map(({ name, source }) => ({ name, source: sources[source]?.name ?? 'no source' }))
    })),
    threads: directory.threads.map(({ key, members }) => ({ key, members: members.map(nameOf) })),
    attributions: attributions.standing().map(({ number, person }) => [number, nameOf(person.account ?? NONE)]),
    persons: identity.joins().map((pair) => pair.map(nameOf)),
    sources: sources.map(({ name }) => name)
  };
}
export type Told = ReturnType<typeof told>;

// ---------------------------------------------------------------------- random courses
const picks = fc.array(fc.nat(40), { minLength: 1, maxLength: 3 });
export const fileContents: fc.Arbitrary<FileContents> = fc.record({
  messages: fc.nat(5),
  attachments: fc.nat(2),
  calls: fc.nat(2),
  contacts: fc.nat(2),
  joins: fc.nat(2),
  again: fc.array(fc.nat(40), { maxLength: 3 })
});
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      contents: fileContents,
      rows: fc.integer({ min: 1, max: 6 }),
      crash: fc.option(fc.nat(20), { freq: 4 })
    })
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('translate' as const), rows: picks }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('certify' as const), rows: picks }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tag' as const), rows: picks }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('confirm' as const), first: fc.nat(40), second: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('attribute' as const), pick: fc.nat(40) }) }
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

export const steps = fc.array(step, { minLength: 1, maxLength: 8 });

export const loss: fc.Arbitrary<Loss> = fc.record({ at: fc.nat(60), isUnknown: fc.boolean() });

export function written(course: readonly Step[]): WrittenCase {
  const held = new WrittenCase();
  for (const one of course) {
    if (one.do === 'import') held.import(one.contents, one.rows, one.crash);
    else if (one.do === 'translate') held.translate(one.rows);
    else if (one.do === 'certify') held.certify(one.rows);
    else if (one.do === 'tag') held.tag(one.rows);
    else if (one.do === 'attribute') held.attribute(one.pick);
    else held.confirm(one.first, one.second);
  }
  return held;
}
