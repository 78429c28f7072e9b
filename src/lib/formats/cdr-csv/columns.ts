/**
 * Columns of call-data records by what their headers say, and whose layout it is.
 *
 * [Note: Operators] UK operators hand out records in layouts of their own, which change with the years. An operator is
 * named where headers stand that are its own; the columns are read by the same words for all, so that a layout that
 * nobody has named is read as well. No public file of these operators was at hand: the words are those in which the
 * fields are described, and the file's facts say which column was taken for what.
 */
import type { Recipe, Role } from '../phone-csv/recipe.ts';
import { plainHeader } from '../phone-csv/recipe.ts';
import { asWritten } from '../../evidence/wording/sentence.ts';

export type CdrRole =
  | 'type'
  | 'time'
  | 'date'
  | 'clock'
  | 'endTime'
  | 'a'
  | 'b'
  | 'c'
  | 'duration'
  | 'imei'
  | 'imsi'
  | 'firstCell'
  | 'lastCell'
  | 'firstAzimuth'
  | 'lastAzimuth'
  | 'firstLatitude'
  | 'firstLongitude'
  | 'lastLatitude'
  | 'lastLongitude'
  | 'firstAddress'
  | 'lastAddress';

const FIRST = '(?:first|start|initial|begin|a first|a start|originating)';
const LAST = '(?:last|end|final|finish|a last|a end|terminating)';
const CELL = '(?:cell(?: ?id| global id| name)?|cgi|ecgi|cell ?identity|site(?: ?id| name)?|antenna(?: id)?)';

/** The first pattern that fits names the column; a role is given once, to the leftmost column. */
const WORDS: readonly (readonly [CdrRole, RegExp])[] = [
  ['firstAzimuth', new RegExp(`^(?:${FIRST} )?(?:${CELL} )?(?:azimuth|bearing)(?: deg(?:rees)?)?$`)],
  ['lastAzimuth', new RegExp(`^${LAST} (?:${CELL} )?(?:azimuth|bearing)(?: deg(?:rees)?)?$`)],
  ['firstLatitude', new RegExp(`^(?:${FIRST} )?(?:${CELL} )?lat(?:itude)?$`)],
  ['lastLatitude', new RegExp(`^${LAST} (?:${CELL} )?lat(?:itude)?$`)],
  ['firstLongitude', new RegExp(`^(?:${FIRST} )?(?:${CELL} )?(?:long?|lng|longitude)$`)],
  ['lastLongitude', new RegExp(`^${LAST} (?:${CELL} )?(?:long?|lng|longitude)$`)],
  ['firstAddress', new RegExp(`^(?:${FIRST} )?(?:${CELL} )?(?:address|post ?code|location)$`)],
  ['lastAddress', new RegExp(`^${LAST} (?:${CELL} )?(?:address|post ?code|location)$`)],
  ['firstCell', new RegExp(`^(?:${FIRST} ${CELL}|${CELL}|a (?:party )?${CELL})$`)],
  ['lastCell', new RegExp(`^${LAST} ${CELL}$`)],
  ['imei', /^(?:a |a party |calling |subscriber |user |served )?imei(?:sv)?(?: number)?$/],
  ['imsi', /^(?:a |a party |calling |subscriber |user |served )?imsi(?: number)?$/],
  [
    'c',
    /^(?:c (?:number|party|msisdn|num)|forward(?:ed|ing)?(?: to)?(?: number)?|divert(?:ed)?(?: to)?(?: number)?|redirect(?:ed|ing)?(?: to)?(?: number)?|third party(?: number)?)$/
  ],
  [
    'a',
    /^(?:a (?:number|party|msisdn|num|party number)|calling(?: party)?(?: number)?|caller(?: number)?|originating(?: number| msisdn| party)?|from(?: number)?|source number)$/
  ],
  [
    'b',
    /^(?:b (?:number|party|msisdn|num|party number)|called(?: party)?(?: number)?|callee(?: number)?|dialled(?: number| digits)?|terminating(?: number| msisdn| party)?|to(?: number)?|destination(?: number)?)$/
  ],
  [
    'type',
    /^(?:(?:call|event|record|service|usage|cdr) ?(?:type|class|description)|type(?: of (?:call|event|record))?|event|service)$/
  ],
  ['endTime', /^(?:(?:call |event )?(?:end|stop|finish)(?: date)?(?: and)?(?: ?time)(?: utc| gmt| bst| local)?)$/],
  [
    'time',
    /^(?:(?:call |event |session )?(?:start )?(?:date(?: and)? ?time|timestamp)(?: start)?|(?:call |event |session )?start(?: date)?(?: and)? ?time|(?:call |event )?start|date time of call)(?: utc| gmt| bst| local)?$/
  ],
  ['date', /^(?:(?:call |event |start )?date(?: of call)?)(?: utc| gmt| bst| local)?$/],
  ['clock', /^(?:(?:call |event |start )?time(?: of call)?)(?: utc| gmt| bst| local)?$/],
  [
    'duration',
    /^(?:(?:call |event |session )?duration(?: of call)?(?: s| secs?| seconds| in seconds| hh mm ss)?|call length|length)$/
  ]
];

export type CdrColumns = ReadonlyMap<CdrRole, number>;

export function columnsOf(headers: readonly string[]): CdrColumns {
  const columns = new Map<CdrRole, number>();
  for (const [at, header] of headers.entries()) {
    const plain = plainHeader(header);
    const role = WORDS.find(([, pattern]) => pattern.test(plain))?.[0];
    if (role !== undefined && !columns.has(role)) columns.set(role, at);
  }
  // A start and an end beside dates of their own: a time of day, not a moment.
  if (columns.has('time') && columns.has('date') && !columns.has('clock')) columns.set('clock', columns.get('time') as number);
  if (columns.has('date') && columns.has('clock')) columns.delete('time');
  return columns;
}

/** How sure the headers are those of call-data records, 0 to 1: both numbers, a moment, and what only a network knows. */
export function cdrLikeness(columns: CdrColumns): number {
  const hasTime = columns.has('time') || (columns.has('date') && columns.has('clock'));
  if (!columns.has('a') || !columns.has('b') || !hasTime) return 0;
  const network = (['imei', 'imsi', 'firstCell', 'lastCell'] as const).filter((role) => columns.has(role)).length;
  return network === 0 ? 0 : network === 1 ? 0.91 : 0.96;
}

/** Headers that are one operator's own. */
const OPERATORS: readonly (readonly [name: string, headers: readonly RegExp[]])[] = [
  ['EE', [/^event type$/, /^a first cell/, /^a last cell/]],
  ['O2', [/^call type$/, /^calling number$/, /^called number$/, /^start cell/]],
  ['Vodafone', [/^record type$/, /^a number$/, /^b number$/, /^first cell/]],
  ['Three', [/^type of call$/, /^originating/, /^terminating/]]
];

/** The operator whose headers these are; null where the layout is nobody's that is known here. */
export function operatorOf(headers: readonly string[]): string | null {
  const plain = headers.map(plainHeader);
  return OPERATORS.find(([, marks]) => marks.every((mark) => plain.some((header) => mark.test(header))))?.[0] ?? null;
}

const SHARED: Partial<Record<CdrRole, Role>> = {
  time: 'time',
  date: 'date',
  clock: 'clock',
  a: 'from',
  b: 'to',
  duration: 'duration',
  type: 'type'
};

/** The same columns as a recipe of tables: for the passes that look for the order of dates and the busiest numbers. */
export function recipeOf(
  name: string,
  delimiter: string,
  headerRow: number,
  headers: readonly string[],
  columns: CdrColumns
): Recipe {
  const roles = new Map([...columns].map(([role, at]) => [at, SHARED[role] ?? null]));
  return {
    id: 'cdr',
    name,
    version: 1,
    delimiter,
    headerRow,
    headerRows: headerRow === 0 ? 0 : 1,
    columns: headers.map((header, at) => ({ header, role: roles.get(at) ?? null, reason: asWritten('') })),
    kind: { fallback: 'call', words: { message: [], call: [], contact: [], location: [] } },
    direction: { incoming: [], outgoing: [] },
    timeFormat: 'text',
    dateOrder: null,
    service: 'phone'
  };
}

/**
 * The layout of bandicoot's records, which stand without a header: record type (1 made, 2 received), service (11 and 12
 * calls, 21 and 22 messages: GSM 02.30), subscriber, other side, time, duration, and two coordinates.
 */
export const HEADERLESS = [
  'record type',
  'service',
  'subscriber',
  'partner',
  'date time',
  'duration',
  'position 1',
  'position 2'
];

export const BARE_COLUMNS: CdrColumns = new Map<CdrRole, number>([
  ['a', 2],
  ['b', 3],
  ['time', 4],
  ['duration', 5]
]);

export function isHeaderless(cells: readonly string[]): boolean {
  return (
    cells.length === HEADERLESS.length &&
    /^[12]$/.test(cells[0] ?? '') &&
    /^(?:1[12]|2[12])$/.test(cells[1] ?? '') &&
    cells[2] !== '' &&
    /^\d{4}-\d\d?-\d\d? \d\d?:\d\d:\d\d$/.test(cells[4] ?? '') &&
    /^\d*$/.test(cells[5] ?? '')
  );
}
