/**
 * A recipe says how the rows of one kind of table are read. It is proposed by the reader with a reason for each
 * column, looked at by an officer, and saved under a name for the next table of that kind. Plain JSON.
 */
import * as v from 'valibot';
import { asWritten, type Sentence } from '../../evidence/wording/sentence.ts';

export const ROLES = [
  'time',
  'date',
  'clock',
  'from',
  'fromName',
  'to',
  'toName',
  'party',
  'partyName',
  'direction',
  'body',
  'duration',
  'service',
  'type',
  'thread',
  'status',
  'deleted',
  'attachment',
  'latitude',
  'longitude',
  'name',
  'itemId'
] as const;
export type Role = (typeof ROLES)[number];

/** Kinds that a row can be. */
const ROW_KINDS = ['message', 'call', 'contact', 'location', 'generic'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

const Words = v.array(v.pipe(v.string(), v.maxLength(60)));

/** A sentence of the catalogue; `say` shows an unknown code as it is, so that its shape is all that is asked. */
const ReasonSchema = v.custom<Sentence>(
  (value) => typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
);

const RecipeSchema = v.object({
  /** Stable id, made from the header cells: the same kind of table gives the same id. */
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
  version: v.literal(1),
  delimiter: v.pipe(v.string(), v.minLength(1), v.maxLength(3)),
  /** Record number of the (last) header row, from 1; 0 where the table has none. Rows above it are titles. */
  headerRow: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)),
  /** Number of rows that the header stands in: 2 where a row of groups stands above the names. */
  headerRows: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5)),
  /** Every column of the table in order; role null where a column is not read. */
  columns: v.pipe(
    v.array(
      v.object({
        header: v.string(),
        role: v.nullable(v.picklist(ROLES)),
        /** Why. Recipes of an earlier version hold plain English. */
        reason: v.union([v.pipe(v.string(), v.transform(asWritten)), ReasonSchema])
      })
    ),
    v.minLength(1),
    v.maxLength(2000)
  ),
  kind: v.object({
    /** Kind of a row whose type column is missing or says nothing known. */
    fallback: v.picklist(ROW_KINDS),
    /** Words of the type column for each kind, in lower case. */
    words: v.object({ message: Words, call: Words, contact: Words, location: Words })
  }),
  /** Words of the direction column, in lower case. */
  direction: v.object({ incoming: Words, outgoing: Words }),
  /** 'text': a written date; 'unix': seconds or milliseconds; 'excel': days since 1899-12-30. */
  timeFormat: v.picklist(['text', 'unix', 'excel']),
  /** Order of day and month in written dates; null where no date leaves it open or it is not decided. */
  dateOrder: v.nullable(v.picklist(['dmy', 'mdy', 'ymd'])),
  /** Service of rows whose service column is missing or empty. */
  service: v.pipe(v.string(), v.minLength(1), v.maxLength(60))
});

export type Recipe = v.InferOutput<typeof RecipeSchema>;
export type RecipeColumn = Recipe['columns'][number];

/** A recipe from saved JSON or from an officer's form; a sentence where it is none. */
export function parseRecipe(value: unknown): { readonly recipe: Recipe } | { readonly problem: string } {
  const result = v.safeParse(RecipeSchema, value);
  if (result.success) return { recipe: result.output };
  const issue = result.issues[0];
  return { problem: `${v.getDotPath(issue) ?? 'recipe'}: ${issue.message}` };
}

/** Header text for comparison: lower case, no accents, words parted by one space. */
export function plainHeader(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
}

/** Column of each role in a table with these header cells: by header text, else by place. Null where one is missing. */
export function placesOf(recipe: Recipe, headers: readonly string[]): Map<Role, number[]> | null {
  const here = headers.map(plainHeader);
  const taken = new Set<number>();
  const places = new Map<Role, number[]>();
  for (const [i, column] of recipe.columns.entries()) {
    if (column.role === null) continue;
    const wanted = plainHeader(column.header);
    const sameNames = here.flatMap((name, at) => (name === wanted && !taken.has(at) ? [at] : []));
    const at = recipe.headerRow === 0 || sameNames.includes(i) ? i : sameNames[0];
    if (at === undefined || (recipe.headerRow === 0 && at >= headers.length)) return null;
    taken.add(at);
    const held = places.get(column.role);
    if (held === undefined) places.set(column.role, [at]);
    else held.push(at);
  }
  return places;
}
