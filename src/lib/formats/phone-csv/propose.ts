/**
 * A recipe guessed from headers and cells, with a reason for each column.
 *
 * Each column is scored for each role: 0.7 for what its header says and 0.5 for what its cells look like; a
 * role that the cells contradict (a "time" without dates) is not given. The best pairs are taken first. Where a header
 * says nothing, only cells that can hardly be anything else count: stamps, telephone numbers, "in"/"out", long text.
 * Nothing is made of bare codes: a table whose meaning is not in it stays generic until an officer says what it is.
 */
import { hashText } from '../../evidence/fold-index.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
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
  readonly reason: Sentence;
}

/** What cells were found to be, as the end of 'N% of its cells'. */
type CellWords =
  | 'are-date-times'
  | 'are-dates'
  | 'are-clocks'
  | 'are-parties'
  | 'are-directions'
  | 'are-durations'
  | 'are-prose'
  | 'are-kinds'
  | 'are-degrees';

function shareOfCells(share: number, words: CellWords): Sentence {
  return sentence('cells-share', { percent: Math.round(share * 100), are: sentence(words) });
}

/** Whether the header named the role; otherwise its cells alone did. */
function isNamedByHeader({ reason }: { readonly reason: Sentence }): boolean {
  return reason.code === 'column-named';
}

/** How well cells fit a role (0 to 1), with words; null where they rule it out. Empty columns fit anything a little. */
function fit(role: Role, shape: ColumnShape): { readonly score: number; readonly words: Sentence } | null {
  if (shape.filled === 0) return { score: 0, words: sentence('cells-none') };
  const by = (share: number, words: CellWords, least = 0): { score: number; words: Sentence } | null =>
    share < least ? null : { score: share, words: shareOfCells(share, words) };
  const isOther = shape.dateTime > 0.5 || shape.bareNumber > 0.7;
  switch (role) {
    case 'time':
      return by(Math.max(shape.dateTime, shape.unix, shape.excel), 'are-date-times', 0.3);
    case 'date':
      return by(shape.dateOnly, 'are-dates', 0.3);
    case 'clock':
      return by(shape.clock, 'are-clocks', 0.3);
    case 'from':
    case 'to':
    case 'party':
      return shape.dateTime > 0.5 ? null : by(shape.party, 'are-parties');
    case 'direction':
      return by(shape.direction, 'are-directions', 0.5);
    case 'duration':
      return by(shape.duration, 'are-durations', 0.5);
    case 'body':
      return isOther ? null : by(shape.prose, 'are-prose');
    case 'type':
      return isOther ? null : by(shape.kind, 'are-kinds');
    case 'latitude':
    case 'longitude':
      return by(shape.decimal, 'are-degrees', 0.5);
    case 'partyName':
    case 'name':
    case 'fromName':
    case 'toName':
      return shape.bareNumber > 0.7 || shape.dateTime > 0.5 ? null : { score: 0.3, words: sentence('cells-words') };
    default:
      return isOther && role !== 'itemId' ? null : { score: 0.2, words: sentence('cells-agree') };
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
    candidates.push({
      column,
      role,
      score: 0.7 * name + 0.5 * cells.score,
      reason: sentence('column-named', { header, cells: cells.words })
    });
  }
  const plain = (role: Role, share: number, least: number, words: CellWords): void => {
    if (share >= least && !named.has(role))
      candidates.push({ column, role, score: 0.56 + 0.02 * share, reason: shareOfCells(share, words) });
  };
  plain('time', shape.dateTime, 0.9, 'are-date-times');
  plain('direction', shape.distinct < 0.5 || shape.filled === 0 ? shape.direction : 0, 0.95, 'are-directions');
  if (shape.dateTime < 0.5 && shape.dateOnly < 0.5 && shape.unix < 0.5) plain('party', shape.party, 0.9, 'are-parties');
  if (shape.party < 0.5 && isEvent) plain('body', shape.prose, 0.7, 'are-prose');
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
  const columns: { header: string; role: Role | null; reason: Sentence }[] = place.headers.map((header) => ({
    header,
    role: null,
    reason: sentence('column-unread')
  }));
  const used = new Set<Role>();
  // Where one column holds date and time, the halves are not wanted.
  const hasTime = all.some((one) => one.role === 'time');
  const extraParties: number[] = [];
  for (const { column, role, reason } of all) {
    const held = columns[column] as (typeof columns)[number];
    if (held.role !== null || ((role === 'date' || role === 'clock') && hasTime)) continue;
    if (used.has(role) && !MANY.has(role)) {
      if (role === 'party' && !isNamedByHeader({ reason })) extraParties.push(column);
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
  columns: { role: Role | null; reason: Sentence }[],
  used: ReadonlySet<Role>,
  extra: readonly number[]
): void {
  const party = columns.findIndex((column) => column.role === 'party' && !isNamedByHeader(column));
  const second = extra[0];
  if (party < 0 || used.has('from') || used.has('to')) return;
  if (second === undefined) return;
  const [first, last] = party < second ? [party, second] : [second, party];
  const reasonAt = (at: number): Sentence => {
    const { reason } = columns[at] as { reason: Sentence };
    return reason.code === 'column-unread' ? sentence('cells-hold-party') : reason;
  };
  const [began, ended] = [reasonAt(first), reasonAt(last)];
  columns[first] = {
    ...(columns[first] as RecipeColumn),
    role: 'from',
    reason: sentence('column-first-of-two', { reason: began })
  };
  columns[last] = { ...(columns[last] as RecipeColumn), role: 'to', reason: sentence('column-second-of-two', { reason: ended }) };
}

/** What a row is where its type column does not say: by the columns there are. */
function fallbackKind(roles: ReadonlySet<Role>, columns: readonly RecipeColumn[], titleText: string): RowKind {
  const hasTime = roles.has('time') || roles.has('date');
  const hasEnd = roles.has('from') || roles.has('to') || roles.has('party') || roles.has('partyName');
  const isNamed = (role: Role): boolean => columns.some((column) => column.role === role && isNamedByHeader(column));
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
export function recipeInWords(recipe: Recipe): Sentence {
  const columns = recipe.columns.flatMap(({ header, role }) =>
    role === null ? [] : [sentence('column-as', { header, role: sentence(`role-${role}`) })]
  );
  if (columns.length === 0) return sentence('columns-none');
  return sentence('columns-as', { columns, kind: sentence(`kind-${recipe.kind.fallback}`) });
}
