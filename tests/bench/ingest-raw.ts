/** What other programs take the same bytes apart with, and SHA-256 of them: the raw cost beside which a reader is measured. */
import init, { type Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import Papa from 'papaparse';
import PostalMime from 'postal-mime';
import { SaxesParser } from 'saxes';
import { sha256Hex } from '../../src/lib/pipeline/hash.ts';

const { signal } = new AbortController();
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What each takes a file apart into is counted and thrown away. */
export const RAW_COSTS = {
  'UTF-8 decode': (bytes) => textOf(bytes).length,
  papaparse: (bytes) => Papa.parse(textOf(bytes)).data.length,
  'JSON.parse': (bytes) => Object.keys(JSON.parse(textOf(bytes)) as object).length,
  'JSON.parse of each line': (bytes) =>
    textOf(bytes)
      .split('\n')
      .filter((line) => line !== '' && JSON.parse(line) !== null).length,
  'postal-mime of each mail': async (bytes) => {
    let headers = 0;
    for (const one of textOf(bytes).split(/^From .*\n/m)) if (one !== '') headers += (await PostalMime.parse(one)).headers.length;
    return headers;
  },
  'inflate + saxes': async (bytes) => {
    const zip = new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)])), { useWebWorkers: false });
    let events = 0;
    for (const entry of await zip.getEntries()) {
      if (entry.directory) continue;
      const parser = new SaxesParser({ xmlns: true });
      parser.on('opentag', () => events++);
      parser.on('text', () => events++);
      const decoder = new TextDecoder();
      await entry.getData(
        new WritableStream({ write: (piece: Uint8Array) => void parser.write(decoder.decode(piece, { stream: true })) })
      );
      parser.close();
    }
    await zip.close();
    return events;
  },
  'all rows of all tables by SQLite': async (bytes) => {
    const sqlite = await (started ??= init());
    const database = new sqlite.oo1.DB(':memory:');
    try {
      const held = sqlite.wasm.allocFromTypedArray(bytes);
      const how = sqlite.capi.SQLITE_DESERIALIZE_FREEONCLOSE | sqlite.capi.SQLITE_DESERIALIZE_READONLY;
      database.checkRc(sqlite.capi.sqlite3_deserialize(database, 'main', held, bytes.length, bytes.length, how));
      let rows = 0;
      for (const name of database.selectValues("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        database.exec({ sql: `SELECT * FROM "${String(name)}"`, rowMode: 'array', callback: () => void rows++ });
      return rows;
    } finally {
      database.close();
    }
  }
} as const satisfies Record<string, (bytes: Uint8Array) => number | Promise<number>>;

let started: Promise<Sqlite3Static> | null = null;

export type RawCost = keyof typeof RAW_COSTS;

export async function hashAnd(cost: RawCost, bytes: Uint8Array): Promise<number> {
  await sha256Hex(new Blob([new Uint8Array(bytes)]), signal);
  return RAW_COSTS[cost](bytes);
}
