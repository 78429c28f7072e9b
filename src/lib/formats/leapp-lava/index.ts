/**
 * LAVA output of ALEAPP and iLEAPP: `_lava_artifacts.db` with a table an artifact, and `_lava_data.json` beside it. Without
 * that file the tables are read by the names of their columns, which are the headers without signs.
 */
import { told } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { Format, SniffHead, SourceQuestion } from '../contract.ts';
import { looksLikeZip } from '../container/zip.ts';
import { ArtifactRows } from '../leapp/artifact-rows.ts';
import { LeappPeople } from '../leapp/people.ts';
import { chatView, NO_VIEW } from '../leapp/view.ts';
import { databaseFormat, type DatabaseReader, type DatabaseSetting } from '../sqlite/database-format.ts';
import type { SourceDatabase } from '../sqlite/database.ts';
import { looksLikeSqlite } from '../sqlite/header.ts';
import { rowPlace, rowState } from '../sqlite/row-place.ts';
import { ItemTimes } from '../time/item-times.ts';
import { bareHeader } from '../leapp/columns.ts';
import { describedTables, type DescribedTable } from './description.ts';

const DATABASE = /(?:^|[\\/])_lava_artifacts\.db$/i;
const DESCRIPTION = /(?:^|[\\/])_lava_data\.json$/i;
/** The tool's own notes on files that it took pictures and sound from: no artifact. */
const OWN_TABLE = /^(?:_lava_|sqlite_)/i;

class LavaReader implements DatabaseReader {
  readonly #setting: DatabaseSetting;
  readonly #people: LeappPeople;
  readonly #times: ItemTimes;
  #hasEvents = false;

  constructor(setting: DatabaseSetting) {
    this.#setting = setting;
    this.#people = new LeappPeople(setting.options);
    this.#times = new ItemTimes(setting.options, setting.tally);
  }

  async read(database: SourceDatabase, progress: (share: number) => void): Promise<void> {
    const { sink } = this.#setting;
    const described = database.description === null ? null : await describedTables(database.description);
    if (described === null)
      sink.note({
        code: 'not-included',
        severity: 'note',
        ...told(sentence('lava-no-description', { where: database.where })),
        place: null
      });
    const tables = [...database.tableNames].filter((table) => !OWN_TABLE.test(table)).sort();
    for (const [done, table] of tables.entries()) {
      await this.#table(database, table, described?.get(table));
      progress((done + 1) / tables.length);
    }
  }

  questions(): readonly SourceQuestion[] {
    const { options } = this.#setting;
    const questions: SourceQuestion[] = [];
    if (options.zone === null && this.#times.zoneless > 0)
      questions.push({ kind: 'zone', reason: sentence('leapp-ask-zone'), assumed: 'UTC' });
    if (options.owner === null && this.#hasEvents)
      questions.push({ kind: 'owner', reason: sentence('leapp-ask-owner'), candidates: this.#people.busiest() });
    return questions;
  }

  async #table(database: SourceDatabase, table: string, described: DescribedTable | undefined): Promise<void> {
    const { sink, options, tally, file, signal } = this.#setting;
    const columns = database.columnsOf(table);
    const headers = columns.map((column) => described?.headers.get(bareHeader(column)) ?? column);
    const view = described === undefined ? NO_VIEW : chatView(described.view, columns);
    const name = described?.name ?? table;
    const rows = new ArtifactRows({ name, headers, view }, { sink, options, tally, file }, this.#people, this.#times);
    this.#hasEvents ||= rows.kind === 'message' || rows.kind === 'call';
    let count = 0;
    for await (const batch of database.rows(table, columns, signal))
      for (const row of batch) {
        count++;
        rows.add(
          columns.map((column) => row.text(column)),
          rowPlace(database, table, row),
          rowState(row)
        );
      }
    if (described !== undefined && described.records !== null && described.records !== count)
      sink.note({
        code: 'count-disagrees',
        severity: 'warning',
        ...told(sentence('lava-count-disagrees', { table: name, stated: described.records, rows: count })),
        place: null
      });
  }
}

const format = databaseFormat({
  id: 'leapp-lava',
  version: 1,
  label: 'ALEAPP or iLEAPP database (LAVA)',
  entry: DATABASE,
  description: DESCRIPTION,
  // Artifacts name the tables; what is asked of the file is its name, or the tool's own tables.
  rank: (tables) => (tables.size > 0 ? 0 : null),
  open: (setting) => new LavaReader(setting)
});

function sniff(head: SniffHead): number {
  if (looksLikeZip(head.bytes)) return format.sniff(head);
  if (!looksLikeSqlite(head.bytes)) return 0;
  const isNamed = DATABASE.test(head.name) || head.name.toLowerCase() === '_lava_artifacts.db';
  return isNamed || head.tables?.has('_lava_media_items') === true ? 0.98 : 0;
}

export const leappLava: Format = { ...format, sniff };
