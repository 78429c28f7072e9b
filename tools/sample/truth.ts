/** The ground truth: who is who, what was planted where, what each file must add up to. */
import { csvStamp, isoMillis, whatsAppStamp } from './clock.ts';
import {
  BARBER_NEW_NUMBER,
  CAST,
  CLOCK_AHEAD_MS,
  CLOCK_WRONG_FROM,
  CLOCK_WRONG_UNTIL,
  LINE_NEW_NUMBER,
  MOVE_DAY,
  RAY_NEW_NUMBER,
  SORIN_NEW_SIM,
  castMember
} from './people.ts';
import { shownByPhoneC } from './sms-backup.ts';
import { ledger, plantedMessages, rota, STORY_ID, STORY_NAME } from './story.ts';
import { BROADCASTS } from './story-line.ts';
import { messagesOf } from './talk.ts';
import { coreThreads, type Thread } from './threads.ts';
import { chatTitle, exportName } from './whatsapp.ts';
import { savedName } from './address-book.ts';

/** Where a planted message lies. */
interface Place {
  readonly file: string;
  readonly thread: string;
  /** As the file has it, which is not the true time on phone C in October. */
  readonly timeInFile: string;
}

interface PlantedTruth {
  readonly id: string;
  readonly theme: string;
  readonly time_utc: string;
  readonly from: string;
  readonly language: string;
  readonly text: string;
  readonly translation: string;
  readonly places: readonly Place[];
}

function placesOf(thread: Thread, atMs: number): Place[] {
  const places: Place[] = [];
  const titleOn = (device: 'A' | 'C' | 'D', owner: string): string => {
    const other = thread.members.find((p) => p.id !== owner) ?? castMember(owner);
    return thread.group ?? savedName(device, other, atMs) ?? other.name;
  };
  for (const device of thread.devices) {
    if (device === 'A' && !thread.deletedOnA) {
      places.push({ file: 'phone-a.ufdr', thread: titleOn('A', 'sorin'), timeInFile: isoMillis(atMs) });
    }
    if (device === 'B') {
      places.push({ file: exportName(thread), thread: chatTitle(thread), timeInFile: whatsAppStamp(atMs) });
    }
    if (device === 'C') {
      const file = atMs < LINE_NEW_NUMBER ? SMS_FILES.before : SMS_FILES.after;
      places.push({ file, thread: titleOn('C', 'kez'), timeInFile: String(shownByPhoneC(atMs)) });
    }
    if (device === 'D') {
      places.push({ file: 'download.csv', thread: titleOn('D', 'vitor'), timeInFile: csvStamp(atMs) });
    }
  }
  return places;
}

/** Names of phone C's files, after the instants of their backups. */
export const SMS_FILES = { before: 'sms-20251203172500.xml', after: 'sms-20260131193000.xml' } as const;
export const CALLS_FILES = { before: 'calls-20251203172500.xml', after: 'calls-20260131193000.xml' } as const;

/** What one file holds. `seen` is every item that a reader must account for. */
export interface FileTruth {
  readonly format: 'ufed-xml' | 'whatsapp-text' | 'sms-backup-xml' | 'phone-csv';
  readonly messages: number;
  readonly calls: number;
  readonly contacts: number;
  readonly duplicates: { readonly messages: number; readonly calls: number; readonly contacts: number };
  /** Items that hold no record and should be listed as refused. */
  readonly refused: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

const iso = (ms: number): string => new Date(ms).toISOString();

function succession(id: string, atMs: number, innocent: boolean) {
  const [before, after] = castMember(id).accounts;
  return { person: id, from: before?.id ?? '', to: after?.id ?? '', at_utc: iso(atMs), innocent };
}

/** Everything a test may want to know, given what the writers counted. */
export function truthOf(seed: number, scale: number, files: Readonly<Record<string, FileTruth>>) {
  const planted: PlantedTruth[] = [];
  const copies: { thread: string; files: string[]; messages: number; deletedOnA: boolean }[] = [];
  const written = new Map(plantedMessages().map((p) => [p.id, p]));
  for (const thread of coreThreads(scale)) {
    const list = messagesOf(thread, seed);
    for (const m of list) {
      const p = m.plantedId === undefined ? undefined : written.get(m.plantedId);
      if (!p) continue;
      planted.push({
        id: p.id,
        theme: p.theme,
        time_utc: iso(m.atMs),
        from: p.from,
        language: p.language,
        text: p.text,
        translation: p.translation,
        places: placesOf(thread, m.atMs)
      });
    }
    if (thread.devices.length > 1) {
      const places = [...new Set(placesOf(thread, LINE_NEW_NUMBER - 1).map((p) => p.file))];
      copies.push({ thread: thread.id, files: places, messages: list.length, deletedOnA: thread.deletedOnA });
    }
  }
  const communities: Record<string, string[]> = {};
  for (const person of CAST.values()) (communities[person.community] ??= []).push(person.id);
  return {
    story: STORY_ID,
    name: STORY_NAME,
    seed,
    scale,
    people: [...CAST.values()].map((p) => ({
      id: p.id,
      name: p.name,
      role: p.role,
      community: p.community,
      languages: p.languages,
      accounts: p.accounts.map((a) => ({ id: a.id, from_utc: a.fromMs === undefined ? null : iso(a.fromMs) }))
    })),
    communities,
    successions: [
      succession('ray', RAY_NEW_NUMBER, false),
      succession('sorin', SORIN_NEW_SIM, false),
      succession('kez', LINE_NEW_NUMBER, false),
      succession('barber', BARBER_NEW_NUMBER, true)
    ],
    wrongClock: {
      device: 'C',
      from_utc: iso(CLOCK_WRONG_FROM),
      until_utc: iso(CLOCK_WRONG_UNTIL),
      ahead_ms: CLOCK_AHEAD_MS,
      files: [SMS_FILES.before, CALLS_FILES.before]
    },
    deletedThread: { device: 'A', thread: 'sorin-vitor', stillOn: 'download.csv' },
    movement: { day: MOVE_DAY, from: '14 Holm Road, Marlby', to: '3 Quay Terrace, Thornsea', runs: ['04:30', '06:10'] },
    ledger: ledger().map(({ atMs, ...row }) => ({ ...row, at_utc: iso(atMs) })),
    rota: rota().map(({ atMs, ...row }) => ({ ...row, at_utc: iso(atMs) })),
    broadcasts: BROADCASTS.map(([wall, text]) => ({ london: wall, text })),
    copies,
    files,
    planted: planted.sort((a, b) => (a.time_utc < b.time_utc ? -1 : a.time_utc > b.time_utc ? 1 : a.id < b.id ? -1 : 1))
  };
}

export type Truth = ReturnType<typeof truthOf>;
