/**
 * A recipe guessed from headers and cells, with a reason for each column.
 *
 * Each column is scored for each role: 0.7 for what its header says and 0.5 for what its cells look like; a
 * role that the cells contradict (a "time" without dates) is not given. The best pairs are taken first. Where a header
 * says nothing, only cells that can hardly be anything else count: stamps, telephone numbers, "in"/"out", long text.
 * Nothing is made of bare codes: a table whose meaning is not in it stays generic until an officer says what it is.
 */
import { hashText } from '../../evidence/fold-index.ts';
import type { HeaderPlace } from './header-rows.ts';
import { plainHeader, type Recipe, type RecipeColumn, type Role, type RowKind } from './recipe.ts';
import { shapeOf, type ColumnShape } from './shape.ts';
import { DIRECTION_WORDS, HEADER_WORDS, KIND_WORDS, OTHER_TIMES, serviceInText } from './vocabulary.ts';

const ACCEPTED = 0.55;
const ROWS_LOOKED_AT = 500;

interface Candidate {
  readonly column: number;
  readonly role: Role;
  readonly score: number;
  readonly reason: string;
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** How well cells fit a role (0 to 1), with words; null where they rule it out. Empty columns fit anything a little. */
function fit(role: Role, shape: ColumnShape): { readonly score: number; readonly words: string } | null {
  if (shape.filled === 0) return { score: 0, words: 'the column is empty' };
  const by = (share: number, words: string, least = 0): { score: number; words: string } | null =>
    share < least ? null : { score: share, words: `${percent(share)} of its cells ${words}` };
  const isOther = shape.dateTime > 0.5 || shape.bareNumber > 0.7;
  switch (role) {
    case 'time':
      return by(Math.max(shape.dateTime, shape.unix, shape.excel), 'are dates with a time', 0.3);
    case 'date':
      return by(shape.dateOnly, 'are dates', 0.3);
    case 'clock':
      return by(shape.clock, 'are times of day', 0.3);
    case 'from':
    case 'to':
    case 'party':
      return shape.dateTime > 0.5 ? null : by(shape.party, 'hold a number or address');
    case 'direction':
      return by(shape.direction, 'are words for in or out', 0.5);
    case 'duration':
      return by(shape.duration, 'are lengths of time', 0.5);
    case 'body':
      return isOther ? null : by(shape.prose, 'are running text');
    case 'type':
      return isOther ? null : by(shape.kind, 'are words for kinds of records');
    case 'latitude':
    case 'longitude':
      return by(shape.decimal, 'are decimal degrees', 0.5);
    case 'partyName':
    case 'name':
    case 'fromName':
    case 'toName':
      return shape.bareNumber > 0.7 || shape.dateTime > 0.5 ? null : { score: 0.3, words: 'its cells are words' };
    default:
      return isOther && role !== 'itemId' ? null : { score: 0.2, words: 'its cells do not contradict' };
  }
}

/** Roles that a header may name, with the best score for each. */
function namedRoles(header: string, name: string): Map<Role, number> {
  const roles = new Map<Role, number>();
  for (const [text, weight] of [
    [plainHeader(header), 1],
    [plainHeader(name), 0.9]
  ] as const) {
    if (text === '') continue;
    for (const [role, score, pattern] of HEADER_WORDS) {
      if (!pattern.test(text)) continue;
      const value = score * weight * (role === 'time' && OTHER_TIMES.test(text) ? 0.3 : 1);
      roles.set(role, Math.max(roles.get(role) ?? 0, value));
    }
  }
  const time = roles.get('time');
  if (time !== undefined) {
    roles.set('date', time * 0.98);
    roles.set('clock', time * 0.98);
  }
  // Many programs write the direction into a type, status or folder column.
  const stated = Math.max(roles.get('type') ?? 0, roles.get('status') ?? 0);
  if (stated > 0 && !roles.has('direction')) roles.set('direction', stated * 0.8);
  return roles;
}

function candidatesOf(column: number, place: HeaderPlace, shape: ColumnShape, isEvent: boolean): Candidate[] {
  const header = place.headers[column] as string;
  const named = place.headerRow === 0 ? new Map<Role, number>() : namedRoles(header, place.names[column] as string);
  const candidates: Candidate[] = [];
  for (const [role, name] of named) {
    const cells = fit(role, shape);
    if (cells === null) continue;
    candidates.push({ column, role, score: 0.7 * name + 0.5 * cells.score, reason: `header '${header}'; ${cells.words}` });
  }
  const plain = (role: Role, share: number, least: number, words: string): void => {
    if (share >= least && !named.has(role))
      candidates.push({ column, role, score: 0.56 + 0.02 * share, reason: `${percent(share)} of its cells ${words}` });
  };
  plain('time', shape.dateTime, 0.9, 'are dates with a time');
  plain('direction', shape.distinct < 0.5 || shape.filled === 0 ? shape.direction : 0, 0.95, 'are words for in or out');
  if (shape.dateTime < 0.5 && shape.dateOnly < 0.5 && shape.unix < 0.5)
    plain('party', shape.party, 0.9, 'hold a number or address');
  if (shape.party < 0.5 && isEvent) plain('body', shape.prose, 0.7, 'are running text');
  return candidates;
}

const MANY: ReadonlySet<Role> = new Set<Role>(['attachment']);

function assign(place: HeaderPlace, shapes: readonly ColumnShape[]): RecipeColumn[] {
  // Long text is a message only in a table of things that happened at some time.
  const isEvent = shapes.some((shape) => shape.dateTime >= 0.9);
  const all = shapes
    .flatMap((shape, column) => candidatesOf(column, place, shape, isEvent))
    .filter((one) => one.score >= ACCEPTED);
  all.sort((x, y) => y.score - x.score || x.column - y.column);
  const columns: { header: string; role: Role | null; reason: string }[] = place.headers.map((header) => ({
    header,
    role: null,
    reason: 'nothing that is read'
  }));
  const used = new Set<Role>();
  // Where one column holds date and time, the halves are not wanted.
  const hasTime = all.some((one) => one.role === 'time');
  const extraParties: number[] = [];
  for (const { column, role, reason } of all) {
    const held = columns[column] as (typeof columns)[number];
    if (held.role !== null || ((role === 'date' || role === 'clock') && hasTime)) continue;
    if (used.has(role) && !MANY.has(role)) {
      if (role === 'party' && reason.startsWith('header') === false) extraParties.push(column);
      continue;
    }
    used.add(role);
    columns[column] = { header: held.header, role, reason };
  }
  settleParties(columns, used, extraParties);
  const nameColumn = columns.find((column) => column.role === 'partyName');
  const hasEvent = ['time', 'date', 'body', 'duration', 'direction'].some((role) => used.has(role as Role));
  if (nameColumn !== undefined && !hasEvent) nameColumn.role = 'name';
  return columns;
}

/** Two unnamed columns of numbers are two ends; which of them began it, the order of columns says. */
function settleParties(
  columns: { role: Role | null; reason: string }[],
  used: ReadonlySet<Role>,
  extra: readonly number[]
): void {
  const party = columns.findIndex((column) => column.role === 'party' && !column.reason.startsWith('header'));
  const second = extra[0];
  if (party < 0 || used.has('from') || used.has('to')) return;
  if (second === undefined) return;
  const [first, last] = party < second ? [party, second] : [second, party];
  const reason = (at: number): string =>
    (columns[at] as { reason: string }).reason.replace('nothing that is read', 'its cells hold a number or address');
  columns[first] = {
    ...(columns[first] as RecipeColumn),
    role: 'from',
    reason: `${reason(first)}; the first of two such columns`
  };
  columns[last] = { ...(columns[last] as RecipeColumn), role: 'to', reason: `${reason(last)}; the second of two such columns` };
}

/** What a row is where its type column does not say: by the columns there are. */
function fallbackKind(roles: ReadonlySet<Role>, columns: readonly RecipeColumn[], titleText: string): RowKind {
  const hasTime = roles.has('time') || roles.has('date');
  const hasEnd = roles.has('from') || roles.has('to') || roles.has('party') || roles.has('partyName');
  const isNamed = (role: Role): boolean => columns.some((column) => column.role === role && column.reason.startsWith('header'));
  if (roles.has('body') && (hasTime || hasEnd)) return 'message';
  if (roles.has('duration') && (hasTime || hasEnd)) return 'call';
  if (hasTime && hasEnd && /\b(?:calls?|appels?|llamadas?|anrufe?|chamadas?|chiamate|apeluri)\b/i.test(titleText)) return 'call';
  if (hasTime && hasEnd && /\b(?:sms|messages?|chats?|mensajes|nachrichten|mensagens|messaggi|mesaje)\b/i.test(titleText))
    return 'message';
  if (roles.has('latitude') && roles.has('longitude') && !hasEnd) return 'location';
  if (
    !hasTime &&
    (isNamed('name') || isNamed('partyName') ? hasEnd || roles.has('name') : isNamed('party')) &&
    (roles.has('party') || roles.has('name'))
  ) {
    return roles.has('party') ? 'contact' : 'generic';
  }
  return 'generic';
}

export interface ProposalInput {
  readonly fileName: string;
  readonly delimiter: string;
  readonly place: HeaderPlace;
}

/** The guess. Deterministic; date order is left null, since it takes the whole file. */
export function proposeRecipe({ fileName, delimiter, place }: ProposalInput): Recipe {
  const data = place.data.filter((row) => row.cells.length === place.headers.length).slice(0, ROWS_LOOKED_AT);
  const shapes = place.headers.map((_, column) => shapeOf(data.map((row) => row.cells[column] ?? '')));
  const columns = assign(place, shapes);
  const roles = new Set(columns.flatMap((column) => (column.role === null ? [] : [column.role])));
  const titleText = `${fileName.replace(/[_\-.]/g, ' ')} ${place.titles.map((row) => row.cells.join(' ')).join(' ')}`.slice(
    0,
    2000
  );
  const timeShape = shapes[columns.findIndex((column) => column.role === 'time')];
  const kind = fallbackKind(roles, columns, titleText);
  const named = serviceInText(titleText);
  const isSms = /\b(?:sms|text messages?|mms)\b/i.test(`${titleText} ${place.headers.join(' ')}`);
  return {
    id: `csv-${hashText(place.headers.map(plainHeader).join('\n'), place.headers.length).toString(16).padStart(8, '0')}`,
    name:
      place.headerRow === 0
        ? `${place.headers.length} columns without header`
        : place.headers
            .filter((header) => header !== '')
            .slice(0, 4)
            .join(', ')
            .slice(0, 100) || 'table',
    version: 1,
    delimiter,
    headerRow: place.headerRow,
    headerRows: place.headerRows,
    columns,
    kind: {
      fallback: kind,
      words: {
        message: [...KIND_WORDS.message],
        call: [...KIND_WORDS.call],
        contact: [...KIND_WORDS.contact],
        location: [...KIND_WORDS.location]
      }
    },
    direction: { incoming: [...DIRECTION_WORDS.incoming], outgoing: [...DIRECTION_WORDS.outgoing] },
    timeFormat:
      timeShape === undefined || timeShape.dateTime >= Math.max(timeShape.unix, timeShape.excel)
        ? 'text'
        : timeShape.unix >= timeShape.excel
          ? 'unix'
          : 'excel',
    dateOrder: null,
    service: named ?? (kind === 'call' ? 'phone' : isSms ? 'sms' : 'unknown')
  };
}

/** Columns with a role, and the ones that are not read, in words for the preview. */
export function recipeInWords(recipe: Recipe): string {
  const read = recipe.columns.flatMap((column) => (column.role === null ? [] : [`'${column.header}' as ${column.role}`]));
  return read.length === 0
    ? 'no column is recognised; rows are kept as they are'
    : `${read.join(', ')}; rows are read as ${recipe.kind.fallback} unless they say otherwise`;
}
