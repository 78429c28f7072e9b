/**
 * The story of the sample case, in one place: planted messages with human translations, the
 * weekly ledger, the rota.
 *
 * [Note: The plot] Ray decides and mostly telephones; Sorin carries it out; Carla keeps cards and
 * accounts; Vitor drives; Mathieu sends people over. Nine people work at a packing shed, live at
 * 14 Holm Road, Marlby, and are moved to 3 Quay Terrace, Thornsea, before dawn on 12 December
 * 2025. What they owe never falls. Marlon's drugs line, texted by Kez from one phone, uses
 * Shaun's flat and changes its number on 3 December. Ray changes number on 15 November, Sorin on
 * the 17th. Wilmer leaves on 6 January; Ionela, who is made to report on the others, asks for
 * help. Places, firms and people are invented; those around them, the busiest included, are
 * innocent.
 */
import { CAST, accountAt, castMember, WORKERS, type Worker } from './people.ts';
import { DAY_MS, HOUR_MS, london } from './clock.ts';
import { spoken } from './identifiers.ts';
import { HELP_LINES, HOUSE_LINES } from './story-house.ts';
import { INNOCENT_LINES, LINE_LINES } from './story-line.ts';
import type { Language } from './words/bank.ts';

export const STORY_ID = 'teasel';
export const STORY_NAME = 'Operation Teasel (sample)';

export interface Planted {
  readonly id: string;
  readonly thread: string;
  readonly atMs: number;
  readonly from: string;
  readonly language: Language;
  readonly theme: string;
  readonly text: string;
  /** Human translation into English; for English lines the line itself. */
  readonly translation: string;
}

const LINE = /^(\d{4}-\d\d-\d\d \d\d:\d\d) (\S+) (\S\S) (\S+) \| (.+)$/;

/** Puts in telephone numbers (`{n:ray}`, `{o:ray}`) and sums of the ledger (`{owed:costel:6}`, `{share}`). */
function withNumbers(text: string, atMs: number): string {
  const sums = text
    .replace('{share}', () => String(wilmersShare()))
    .replace(/\{owed:(\w+):(\d+)\}/g, (_, worker: string, week: string) => String(owedBy(worker, Number(week))));
  return sums.replace(/\{([no]):([\w-]+)\}/g, (_, which: string, id: string) => {
    const person = castMember(id);
    return spoken(accountAt(person, which === 'n' ? atMs + DAY_MS : atMs - 60 * DAY_MS));
  });
}

/** Reads lines of the form `2025-09-02 19:14 person language theme | text => translation`. */
export function readPlanted(thread: string, block: string): Planted[] {
  return block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 0)
    .map((line, i) => {
      const m = LINE.exec(line);
      if (!m) throw new Error(`planted line of ${thread} is not readable: ${line}`);
      const [, wall = '', from = '', language = '', theme = '', rest = ''] = m;
      if (!CAST.has(from)) throw new Error(`nobody called ${from} (${thread})`);
      const [text = '', translation = text] = rest.split(' => ');
      const atMs = london(wall) + ((i * 17) % 60) * 1000;
      return {
        id: `${thread}#${i + 1}`,
        thread,
        atMs,
        from,
        language: language as Language,
        theme,
        text: withNumbers(text, atMs),
        translation: withNumbers(translation, atMs)
      };
    });
}

/** What a worker owes in a week, in pounds. */
interface LedgerRow {
  readonly week: number;
  readonly atMs: number;
  readonly worker: Worker;
  readonly rent: number;
  readonly transport: number;
  readonly fine: number;
  /** Part of Wilmer's debt, put on the others in the week after he left. */
  readonly share: number;
  readonly paid: number;
  readonly owed: number;
}

/** First Friday of the ledger; one row a worker every seventh day. */
const FIRST_FRIDAY = london('2025-09-05 19:30');
const LAST_WEEK = 20;
const ARRIVES_WEEK: Partial<Record<Worker, number>> = { fabio: 2, benoit: 2 };

/** Journey 450 and papers 250: what everyone owes on arrival. */
const ON_ARRIVAL = 700;
/** Wilmer's last week in the ledger; in the next one his debt is split among the other eight. */
const WILMER_LAST_WEEK = 17;
const HEADS_AFTER = WORKERS.length - 1;

function ledgerOf(worker: Worker, share: number): LedgerRow[] {
  const rows: LedgerRow[] = [];
  const w = WORKERS.indexOf(worker);
  let owed = ON_ARRIVAL;
  for (let week = ARRIVES_WEEK[worker] ?? 0; week <= LAST_WEEK; week++) {
    if (worker === 'wilmer' && week > WILMER_LAST_WEEK) break;
    const row = {
      week,
      // The Friday list keeps its hour on the clock when summer time ends.
      atMs: FIRST_FRIDAY + week * 7 * DAY_MS + (week > 7 ? HOUR_MS : 0),
      worker,
      rent: week < 4 ? 45 : worker === 'ionela' && week > 14 ? 50 : 60,
      transport: 35,
      fine: (week * 3 + w * 5) % 11 === 0 ? 50 : 0,
      share: week === WILMER_LAST_WEEK + 1 ? share : 0,
      paid: [80, 85, 75, 80][(week + w) % 4] ?? 80
    };
    owed += row.rent + row.transport + row.fine + row.share - row.paid;
    rows.push({ ...row, owed });
  }
  return rows;
}

/** The ledger: 700 at the start, rent, transport and fines against the pay that is kept back. */
export function ledger(): LedgerRow[] {
  return WORKERS.flatMap((worker) => ledgerOf(worker, wilmersShare()));
}

/** What a worker owes after a week. */
function owedBy(worker: string, week: number): number {
  const share = worker === 'wilmer' ? 0 : wilmersShare();
  const row = ledgerOf(worker as Worker, share).find((one) => one.week === week);
  if (!row) throw new Error(`${worker} has no ledger row in week ${week}`);
  return row.owed;
}

function wilmersShare(): number {
  return Math.floor(owedBy('wilmer', WILMER_LAST_WEEK) / HEADS_AFTER);
}

/** Carla's weekly list to Sorin in Italian, one message a week. */
function ledgerMessages(): Planted[] {
  const rows = ledger();
  const out: Planted[] = [];
  for (let week = 0; week <= LAST_WEEK; week++) {
    const these = rows.filter((row) => row.week === week);
    const list = these.map((r) => `${castMember(r.worker).name} ${r.owed}`).join('\n');
    const fines = these
      .filter((r) => r.fine > 0)
      .map((r) => castMember(r.worker).name)
      .join(', ');
    const first = these[0];
    if (!first) continue;
    const rent = Math.max(...these.map((r) => r.rent));
    out.push({
      id: `ledger#${week + 1}`,
      thread: 'sorin-carla',
      atMs: first.atMs,
      from: 'carla',
      language: 'it',
      theme: 'ledger',
      text: `conti della settimana, affitto ${rent} furgone ${first.transport}\n${list}${fines ? `\nmulta 50: ${fines}` : ''}`,
      translation: `accounts for the week, rent ${rent} van ${first.transport}\n${list}${fines ? `\nfine 50: ${fines}` : ''}`
    });
  }
  return out;
}

/** Who works when: one rota a week, posted on Sunday evening. */
interface RotaRow {
  readonly week: number;
  readonly atMs: number;
  readonly early: readonly string[];
  readonly night: readonly string[];
}

export function rota(): RotaRow[] {
  const first = london('2025-09-07 19:20');
  return Array.from({ length: 21 }, (_, week) => {
    const here = WORKERS.filter((w) => week >= (ARRIVES_WEEK[w] ?? 0) && !(w === 'wilmer' && week > 17)).map(
      (w) => castMember(w).name
    );
    const night = here.filter((_, i) => (i + week) % 3 === 0);
    const atMs = first + week * 7 * DAY_MS + (week > 6 ? 3_600_000 : 0);
    return { week, atMs, early: here.filter((name) => !night.includes(name)), night };
  });
}

function rotaMessages(): Planted[] {
  return rota().map((row) => {
    const early = row.early.join(', ');
    const night = row.night.join(', ');
    const spanish = row.week % 4 === 3;
    return {
      id: `rota#${row.week + 1}`,
      thread: 'house',
      atMs: row.atMs,
      from: 'sorin',
      language: spanish ? 'es' : 'ro',
      theme: 'rota',
      text: spanish
        ? `mañana 5.20 en la puerta: ${early}\nnoche 21.40: ${night}`
        : `maine 5.20 la poarta: ${early}\nnoaptea 21.40: ${night}`,
      translation: `tomorrow 5.20 at the gate: ${early}\nnight 21.40: ${night}`
    };
  });
}

/** Every planted message, in time order within its thread. */
export function plantedMessages(): Planted[] {
  const blocks = { ...HOUSE_LINES, ...HELP_LINES, ...LINE_LINES, ...INNOCENT_LINES };
  const written = Object.entries(blocks).flatMap(([thread, block]) => readPlanted(thread, block));
  return [...written, ...ledgerMessages(), ...rotaMessages()].sort((a, b) => a.atMs - b.atMs);
}
