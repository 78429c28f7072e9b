/** Ties from shared handsets and cards: numbers and handles that rows or files name together with one of them. */
import type { Pace } from '../analysis/pace.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { DeviceFact } from '../evidence/records.ts';
import { PairsFound } from './found-pairs.ts';
import type { SharedIdentifierTie, TieRow } from './tie-contract.ts';
import { UseBook, type UseRow } from './use-book.ts';
import { readNamed, usePlace } from './use-lanes.ts';

/** Rows of one number with one identifier that are named: the first and the last. */
const NAMED_ROWS = 4;

interface Beside {
  readonly rows: UseRow[];
  readonly files: Set<number>;
}

interface Found {
  readonly identifiers: { readonly kind: 'handset' | 'sim' | 'iccid'; readonly text: string }[];
  readonly rows: TieRow[];
  rowCount: number;
}

/**
 * What names a number together with a handset or a card is that of [Note: Lanes of use]: rows of call-data records that
 * say whose leg they are, and files about their own device. @throws the pace's reason when aborted
 */
export async function identifierTies(store: EvidenceStore, pace: Pace): Promise<SharedIdentifierTie[]> {
  const { directory } = store;
  const book = new UseBook(store);
  await readNamed(store, directory.ownPartyColumn(), book, pace);
  const found = new PairsFound<Found>(() => ({ identifiers: [], rows: [], rowCount: 0 }));
  for (const [lane, byPerson] of personsBeside(store, book)) {
    const { kind, text } = book.lanes[lane]!;
    if (kind === 'number' || kind === 'handle') continue;
    const persons = [...byPerson].sort(([a], [b]) => a - b);
    for (const [i, [a, ofA]] of persons.entries())
      for (const [b, ofB] of persons.slice(i + 1)) {
        const tie = found.at(a, b);
        tie.identifiers.push({ kind, text });
        for (const beside of [ofA, ofB]) {
          tie.rowCount += beside.rows.length + beside.files.size;
          tie.rows.push(...rowsOf(store, beside, text));
        }
      }
  }
  return found
    .all()
    .map(({ a, b, found: { identifiers, rows, rowCount } }): SharedIdentifierTie => ({
      kind: 'shared-identifier',
      a: { id: a, label: directory.label(a) },
      b: { id: b, label: directory.label(b) },
      identifiers,
      rows: rows.slice(0, NAMED_ROWS),
      rowCount
    }))
    .sort((x, y) => y.identifiers.length - x.identifiers.length || x.a.id - y.a.id || x.b.id - y.b.id);
}

/** By handset or card, the persons whose numbers were named with it. */
function personsBeside({ directory }: EvidenceStore, book: UseBook): Map<number, Map<number, Beside>> {
  const besideOf = new Map<number, Map<number, Beside>>();
  const at = (pair: number): Beside | null => {
    const [x, y] = book.pairs[pair]!;
    const [device, number] = book.lanes[x]!.party === null ? [x, y] : [y, x];
    const { party } = book.lanes[number]!;
    // Two numbers of one device, or a card in a handset: neither ties two people by itself.
    if (party === null || book.lanes[device]!.party !== null) return null;
    const person = directory.standing(party);
    const persons = besideOf.get(device) ?? new Map<number, Beside>();
    besideOf.set(device, persons);
    const beside = persons.get(person) ?? { rows: [], files: new Set<number>() };
    persons.set(person, beside);
    return beside;
  };
  for (const [i, pair] of book.pair.entries()) at(pair)?.rows.push(book.pairRow[i]!);
  for (const [pair, files] of book.pairFiles) for (const file of files) at(pair)?.files.add(file);
  return besideOf;
}

/** First and last row, and what files say of their own device. */
function rowsOf(store: EvidenceStore, { rows, files }: Beside, text: string): TieRow[] {
  const ends = rows.length < 2 ? rows : [rows[0]!, rows.at(-1)!];
  const named = ends.map((row): TieRow => {
    const { utcMs, timeRaw, provenance } = usePlace(store, row);
    return { words: text, utcMs, timeRaw, provenance };
  });
  return [...named, ...[...files].map((file) => fileRow(store, file, text))];
}

function fileRow({ sources }: EvidenceStore, id: number, text: string): TieRow {
  const file = sources[id]!;
  const digits = (value: string): string => value.replace(/\D/gu, '');
  const fact: DeviceFact | undefined = file.devices.find(({ value }) => digits(value).includes(digits(text)));
  return {
    words: fact === undefined ? text : `${fact.name}: ${fact.value}`,
    utcMs: null,
    timeRaw: '',
    provenance: {
      sourceId: id,
      fileName: file.name,
      sha256Hex: file.sha256Hex,
      formatId: file.formatId,
      formatVersion: file.formatVersion,
      path: fact?.place.path ?? '',
      offset: fact?.place.offset ?? 0,
      unit: fact?.place.unit ?? 'byte',
      itemId: ''
    }
  };
}
