/**
 * `_lava_data.json`: which artifact each table is, the headers behind the names of its columns, and how the tool shows it
 * as a conversation. Only some kilobytes for each artifact; a larger file is not believed.
 */
import { bareHeader } from '../leapp/columns.ts';

const MOST_BYTES = 64 * 2 ** 20;

export interface DescribedTable {
  readonly name: string;
  readonly category: string;
  /** Header by the column's name in the table. */
  readonly headers: ReadonlyMap<string, string>;
  /** `data_views.chat` or `data_views.conversation`, as it stands. */
  readonly view: unknown;
  /** Rows that the tool says it wrote; null where it does not. */
  readonly records: number | null;
}

/** By the table's name. Null where the file is no description. */
export async function describedTables(blob: Blob): Promise<ReadonlyMap<string, DescribedTable> | null> {
  if (blob.size > MOST_BYTES) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(await blob.text());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const artifacts = fieldOf(parsed, 'artifacts');
  if (typeof artifacts !== 'object' || artifacts === null) return null;
  const tables = new Map<string, DescribedTable>();
  for (const [category, list] of Object.entries(artifacts as Record<string, unknown>)) {
    if (!Array.isArray(list)) continue;
    for (const artifact of list as unknown[]) {
      const table = fieldOf(artifact, 'tablename');
      const name = fieldOf(artifact, 'name');
      if (typeof table !== 'string' || typeof name !== 'string') continue;
      const map = fieldOf(artifact, 'column_map');
      const headers = new Map<string, string>();
      if (typeof map === 'object' && map !== null)
        for (const [column, header] of Object.entries(map as Record<string, unknown>))
          if (typeof header === 'string') headers.set(bareHeader(column), header);
      const views = fieldOf(artifact, 'data_views');
      const records = fieldOf(artifact, 'record_count');
      tables.set(table.toLowerCase(), {
        name,
        category,
        headers,
        view: fieldOf(views, 'conversation') ?? fieldOf(views, 'chat') ?? null,
        records: typeof records === 'number' ? records : null
      });
    }
  }
  return tables;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
