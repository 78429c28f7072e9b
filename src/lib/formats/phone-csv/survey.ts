/**
 * First pass over a table: the order of its dates, which conversations are groups, which account is on nearly
 * every row. Nothing is kept of it but counts.
 */
import type { AccountRef, ThreadRef } from '../../evidence/records.ts';
import { DateOrderTally, type DateOrderDecision } from '../time/date-order.ts';
import { cleanCell, ownText, remembered } from './cells.ts';
import { EndsReader } from './ends.ts';
import { isDamaged, type CsvPeople } from './people.ts';
import type { Recipe, Role } from './recipe.ts';
import { isBlank } from './rows.ts';
import { RowView, type Table } from './table.ts';
import { serviceOf } from './vocabulary.ts';

/** Numbers of a written date at the start of a cell. */
const DATE = /^\D{0,4}?(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})/;
const EARLIEST_YEAR = 1990;
const THREADS_CAP = 1_000_000;
const ACCOUNTS_CAP = 200_000;

export interface ThreadFacts {
  isGroup: boolean;
  senders: Set<AccountRef>;
  /** First whole pair of ends, for rows whose numbers are spoilt. */
  pair: readonly AccountRef[] | null;
}

export interface Survey {
  readonly dateOrder: DateOrderDecision | null;
  readonly rows: number;
  readonly threads: ReadonlyMap<string, ThreadFacts>;
  /** Accounts by number of rows, most first; the first ones are likely the phone's own. */
  readonly accounts: readonly { readonly ref: AccountRef; readonly rows: number }[];
  readonly zoneless: boolean;
}

export async function surveyTable(
  table: Table,
  recipe: Recipe,
  places: ReadonlyMap<Role, readonly number[]>,
  people: CsvPeople,
  signal: AbortSignal
): Promise<Survey> {
  const tally = new DateOrderTally({ earliestYear: EARLIEST_YEAR, sequence: 'either' });
  const view = new RowView(places);
  const ends = new EndsReader(people, recipe);
  const threads = new Map<string, ThreadFacts>();
  const accounts = new Map<string, { ref: AccountRef; rows: number }>();
  const timeRole: Role = view.has('time') ? 'time' : 'date';
  const width = table.place.headers.length;
  const serviceAt = remembered((cell) => serviceOf(cleanCell(cell)));
  let rows = 0;
  let zoneless = false;
  await table.stream(
    {
      row: (row) => {
        if (row.cells.length !== width || isBlank(row)) return;
        rows++;
        view.cells = row.cells;
        const time = cleanCell(view.raw(timeRole)).trim();
        const m = DATE.exec(time);
        if (m !== null) {
          const [, a = '', b = '', c = ''] = m;
          tally.add(
            { a: Number(a), b: Number(b), c: Number(c), aDigits: a.length, bDigits: b.length, cDigits: c.length },
            ownText(time)
          );
          zoneless ||= !/(?:z|utc|gmt|[+-]\d{1,2}:?\d{0,2}\)?)$/i.test(time);
        }
        const read = ends.read(view, serviceAt(view.raw('service')) || recipe.service, row.row);
        const all = read.from === null ? read.to : [read.from, ...read.to];
        for (const ref of all) {
          const held = accounts.get(ref.identifier);
          if (held !== undefined) held.rows++;
          else if (accounts.size < ACCOUNTS_CAP && !isDamaged(ref)) accounts.set(ref.identifier, { ref, rows: 1 });
        }
        const thread = ownText(cleanCell(view.raw('thread')).trim());
        if (thread === '') return;
        let facts = threads.get(thread);
        if (facts === undefined) {
          if (threads.size >= THREADS_CAP) return;
          threads.set(thread, (facts = { isGroup: false, senders: new Set(), pair: null }));
        }
        facts.isGroup ||= read.isToThread || read.to.length > 1;
        if (read.from !== null && read.direction !== 'outgoing' && !isDamaged(read.from) && facts.senders.size < 4)
          facts.senders.add(read.from);
        if (facts.pair === null && all.length === 2 && !all.some(isDamaged)) facts.pair = all;
      },
      bytes: () => undefined,
      note: () => undefined
    },
    signal
  );
  for (const facts of threads.values())
    facts.isGroup ||= new Set([...facts.senders].map((ref) => ref.name ?? ref.identifier)).size > 2;
  const ranked = [...accounts.values()].sort((x, y) => y.rows - x.rows);
  return {
    dateOrder: recipe.timeFormat === 'text' ? tally.decide() : null,
    rows,
    threads,
    accounts: ranked,
    zoneless: zoneless || places.has('clock')
  };
}

/** Conversations as thread references, one object each. */
export class CsvThreads {
  readonly #survey: Survey;
  readonly #people: CsvPeople;
  readonly #file: string;
  readonly #refs = new Map<string, ThreadRef>();

  constructor(survey: Survey, people: CsvPeople, file: string) {
    this.#survey = survey;
    this.#people = people;
    this.#file = file;
  }

  of(service: string, name: string, from: AccountRef | null, to: readonly AccountRef[]): ThreadRef {
    const facts = this.#survey.threads.get(name);
    const own = this.#people.owner(service);
    if (name !== '' && facts?.isGroup === true)
      return this.#ref(service, `csv:${this.#file}/${name}`, name, true, own === null ? [] : [own]);
    let ends = from === null ? to : [from, ...to];
    if (ends.some(isDamaged) && facts?.pair != null) ends = facts.pair;
    else if (own !== null && !ends.includes(own) && ends.length < 2) ends = [...ends, own];
    const isGroup = ends.length > 2;
    const others = ends.filter((ref) => !this.#people.isOwner(ref));
    const key =
      others.length > 0
        ? others
            .map((ref) => ref.identifier)
            .sort()
            .join('|')
        : name === ''
          ? `csv:${this.#file}`
          : `csv:${this.#file}/${name}`;
    return this.#ref(service, key, name, isGroup, ends);
  }

  #ref(service: string, key: string, name: string, isGroup: boolean, members: readonly AccountRef[]): ThreadRef {
    const at = `${service}\n${key}\n${name}`;
    let ref = this.#refs.get(at);
    if (ref === undefined) {
      ref = { service, key, ...(name === '' ? {} : { name }), isGroup, members };
      this.#refs.set(at, ref);
    }
    return ref;
  }
}
