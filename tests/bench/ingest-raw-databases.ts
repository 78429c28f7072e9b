/**
 * Large inputs of the readers of databases and of two more, for ingest-raw-rows.ts: the small fixtures' own tables with
 * many more messages.
 */
import { smsDatabase } from '../fixtures/android-db.ts';
import { KIK, SKYPE } from '../fixtures/app-dbs.ts';
import { GRAPH } from '../fixtures/case-uco.ts';
import { jsonOf } from '../fixtures/format-fixture.ts';
import { messagesDatabase } from '../fixtures/ios-db.ts';
import { lavaFiles, SMS } from '../fixtures/leapp.ts';
import { databaseOf, type Cell, type DatabaseRecipe } from '../fixtures/sqlite.ts';
import { VIBER_ANDROID } from '../fixtures/viber.ts';
import type { RawCost } from './ingest-raw.ts';

export interface RawInput {
  readonly format: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly cost: RawCost;
}

const ALL_ROWS: RawCost = 'all rows of all tables by SQLite';
/** 2024-03-01 18:00 UTC in seconds since 1970, and as iOS counts. */
const UNIX_S = 1_709_316_000;
const COCOA_S = 731_008_800;

/** The recipe with the rows of some of its tables in place of its own. */
function filled(
  recipe: DatabaseRecipe,
  tables: Readonly<Record<string, (columns: readonly string[]) => Cell[][]>>
): DatabaseRecipe {
  const rows = (recipe.rows ?? []).map(([table, columns, own]) => [table, columns, tables[table]?.(columns) ?? own] as const);
  return { ...recipe, rows, pageSize: 4096 };
}

/** Rows by column name; columns that no value is named for are null. */
function rowsOf(columns: readonly string[], items: number, row: (i: number) => Readonly<Record<string, Cell>>): Cell[][] {
  return Array.from({ length: items }, (_, i) => {
    const values = row(i);
    return columns.map((column) => values[column] ?? null);
  });
}

export async function databaseInputs(items: number, said: (i: number) => string): Promise<RawInput[]> {
  const kik = filled(KIK, {
    ZKIKMESSAGE: (columns) =>
      rowsOf(columns, items, (i) => ({
        Z_PK: i + 1,
        ZTYPE: 1 + (i % 2),
        ZUSER: 1,
        ZBODY: said(i),
        ZTIMESTAMP: COCOA_S + i,
        ZRECEIVEDTIMESTAMP: COCOA_S + i,
        ZSTATE: 16,
        ZSTANZAID: `K${i}`
      })),
    Z_3MESSAGES: (columns) => rowsOf(columns, items, (i) => ({ Z_3CHAT: 1, Z_5MESSAGES: i + 1 }))
  });
  const skype = filled(SKYPE, {
    Messages: (columns) =>
      rowsOf(columns, items, (i) => ({
        id: i + 1,
        convo_id: 1,
        author: i % 2 === 0 ? 'ana.p' : 'vitor.b',
        from_dispname: i % 2 === 0 ? 'Ana' : 'Vitor',
        dialog_partner: 'ana.p',
        timestamp: UNIX_S + i,
        type: 61,
        body_xml: said(i)
      }))
  });
  const viber = filled(VIBER_ANDROID, {
    messages: (columns) =>
      rowsOf(columns, items, (i) => ({
        _id: i + 1,
        conversation_id: 1,
        participant_id: 1 + (i % 2),
        msg_date: (UNIX_S + i) * 1000,
        send_type: i % 2,
        body: said(i),
        token: 5_850_000_000_000_000_000n + BigInt(i),
        unread: 0,
        deleted: 0,
        extra_mime: 0
      }))
  });
  const android = filled(smsDatabase(), {
    sms: (columns) =>
      rowsOf(columns, items, (i) => ({
        thread_id: 1,
        address: '+447700900012',
        date: (UNIX_S + i) * 1000,
        date_sent: 0,
        read: 1,
        status: -1,
        type: 1 + (i % 2),
        body: said(i),
        error_code: 0
      }))
  });
  const iphone = filled(messagesDatabase(), {
    message: (columns) =>
      rowsOf(columns, items, (i) => ({
        guid: `G${i}`,
        text: said(i),
        handle_id: 1,
        service: 'iMessage',
        date: BigInt(COCOA_S + i) * 1_000_000_000n,
        is_from_me: i % 2,
        item_type: 0,
        associated_message_type: 0
      })),
    chat_message_join: (columns) => rowsOf(columns, items, (i) => ({ chat_id: 1, message_id: i + 1 }))
  });
  const lava = await lavaFiles([
    {
      name: 'SMS',
      table: {
        headers: SMS.headers,
        rows: Array.from({ length: items }, (_, i) => [
          UNIX_S + i,
          said(i),
          'SMS',
          i % 2 === 0 ? 'Incoming' : 'Outgoing',
          'E:',
          '+447700900123',
          `A${i}`,
          1,
          i % 2
        ])
      }
    }
  ]);
  const graph = [
    ...GRAPH.slice(4),
    ...Array.from({ length: items }, (_, i) => ({
      '@id': `kb:m${i}`,
      '@type': 'uco-observable:Message',
      'uco-core:hasFacet': [
        {
          '@type': 'uco-observable:MessageFacet',
          'uco-observable:application': { '@id': 'kb:app' },
          'uco-observable:messageText': said(i),
          'uco-observable:from': { '@id': i % 2 === 0 ? 'kb:ana' : 'kb:vitor' },
          'uco-observable:to': { '@id': i % 2 === 0 ? 'kb:vitor' : 'kb:ana' },
          'uco-observable:sentTime': { '@type': 'xsd:dateTime', '@value': new Date((UNIX_S + i) * 1000).toISOString() }
        }
      ]
    }))
  ];
  const utf8 = new TextEncoder();
  const made = async (recipe: DatabaseRecipe): Promise<Uint8Array> => (await databaseOf(recipe)).bytes;
  return [
    { format: 'kik-db', file: 'kik.sqlite', bytes: await made(kik), cost: ALL_ROWS },
    { format: 'skype-db', file: 'main.db', bytes: await made(skype), cost: ALL_ROWS },
    { format: 'viber-db', file: 'viber_messages', bytes: await made(viber), cost: ALL_ROWS },
    { format: 'android-mmssms-db', file: 'mmssms.db', bytes: await made(android), cost: ALL_ROWS },
    { format: 'ios-sms-db', file: 'sms.db', bytes: await made(iphone), cost: ALL_ROWS },
    { format: 'leapp-lava', file: '_lava_artifacts.db', bytes: lava.database, cost: ALL_ROWS },
    {
      format: 'case-uco',
      file: 'case.json',
      bytes: utf8.encode(
        jsonOf({ '@context': { 'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/' }, '@graph': graph })
      ),
      cost: 'JSON.parse'
    },
    {
      format: 'plain-text',
      file: 'notes.txt',
      bytes: utf8.encode(Array.from({ length: items }, (_, i) => said(i)).join('\n')),
      cost: 'UTF-8 decode'
    }
  ];
}
