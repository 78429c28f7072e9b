/**
 * SQLite itself, over bytes of a hostile file.
 *
 * [Note: Hardened SQLite] The connection sees one file and can open no other (our VFS has no second one, and refuses to
 * write). It is read-only, defensive, with trusted_schema off, without extensions (the build has none), without memory
 * mapping (the build has none), with limits on lengths, columns, expressions and on the steps of a query. An authorizer
 * lets it read columns of the one table that was asked for and nothing else: no view, no trigger, no other table; columns
 * that the file's SQL computes are not asked for, and conditions are not tried. So nothing that the file says is run. Where the engine fails as a program (a trap of
 * WebAssembly), it is thrown away and the next file gets a new one.
 *
 * Its memory: the page cache of a connection, 2 MB, and the 8 MB that the module begins with.
 */
import init, { type Sqlite3Static, type WasmPointer } from '@sqlite.org/sqlite-wasm';
import { DATABASE_CAPS } from '../caps.ts';
import type { RandomBytes } from './bytes.ts';
import { EngineFault } from './engine-fault.ts';
import { asNumber, type SqlValue, type TextDecoding } from './record.ts';

const VFS = 'skein-bytes';
/** Steps of a query before it is looked at; and how many a query may take, by the size of its file. */
const STEPS_A_LOOK = 100_000;
const LEAST_STEPS = 50_000_000;
const STEPS_A_BYTE = 40;

interface Engine {
  readonly sqlite: Sqlite3Static;
  /** The file that the next open gets. */
  bytes: RandomBytes | null;
}

let started: Promise<Engine> | null = null;

function engine(): Promise<Engine> {
  started ??= start();
  return started;
}

async function start(): Promise<Engine> {
  // Storage of its own in the browser is none of this engine's business, nor is a worker for it.
  const off = { opfs: true, 'opfs-vfs': true, 'opfs-sahpool': true, 'opfs-wl': true, kvvfs: true };
  const silent = (): void => {};
  Object.assign(globalThis, {
    sqlite3ApiConfig: { disable: { vfs: off }, warn: silent, error: silent, log: silent, debug: silent }
  });
  const sqlite = await init();
  const made: Engine = { sqlite, bytes: null };
  install(made);
  return made;
}

/** The types of the package take every number of a file system for a result code; these three are none. */
function plain(value: number): ReturnType<Sqlite3Static['capi']['sqlite3_step']> {
  return value as ReturnType<Sqlite3Static['capi']['sqlite3_step']>;
}

/** A file system of one file, which nobody can write to. */
function install(made: Engine): void {
  const { capi, wasm, vfs } = made.sqlite;
  const open = new Map<number, RandomBytes>();
  const methods = new capi.sqlite3_io_methods();
  const files = new capi.sqlite3_vfs();
  const at = (pointer: WasmPointer): number => Number(pointer);
  Object.assign(methods, { $iVersion: 1 });
  files.$iVersion = 1;
  files.$szOsFile = new capi.sqlite3_file().structInfo.sizeof;
  files.$mxPathname = 64;
  vfs.installVfs({
    io: {
      struct: methods,
      methods: {
        xClose: (file) => {
          open.delete(at(file));
          return capi.SQLITE_OK;
        },
        xRead: (file, into, amount, offset) => {
          const bytes = open.get(at(file));
          if (bytes === undefined) return capi.SQLITE_IOERR_READ;
          try {
            const got = bytes.read(Number(offset), wasm.heap8u().subarray(at(into), at(into) + amount));
            return got < amount ? capi.SQLITE_IOERR_SHORT_READ : capi.SQLITE_OK;
          } catch {
            return capi.SQLITE_IOERR_READ;
          }
        },
        xWrite: () => capi.SQLITE_READONLY,
        xTruncate: () => capi.SQLITE_READONLY,
        xSync: () => capi.SQLITE_OK,
        xFileSize: (file, size) => {
          wasm.poke(size, open.get(at(file))?.sizeBytes ?? 0, 'i64');
          return capi.SQLITE_OK;
        },
        xLock: () => capi.SQLITE_OK,
        xUnlock: () => capi.SQLITE_OK,
        xCheckReservedLock: (_file, result) => {
          wasm.poke(result, 0, 'i32');
          return capi.SQLITE_OK;
        },
        xFileControl: () => capi.SQLITE_NOTFOUND,
        xSectorSize: () => plain(512),
        xDeviceCharacteristics: () => plain(capi.SQLITE_IOCAP_IMMUTABLE)
      }
    },
    vfs: {
      struct: files,
      name: VFS,
      methods: {
        xOpen: (_vfs, _name, file, flags, outFlags) => {
          if ((flags & capi.SQLITE_OPEN_MAIN_DB) === 0 || made.bytes === null) return capi.SQLITE_CANTOPEN;
          open.set(at(file), made.bytes);
          made.bytes = null;
          const struct = new capi.sqlite3_file(file);
          struct.$pMethods = methods.pointer;
          struct.dispose();
          if (outFlags !== 0) wasm.poke(outFlags, capi.SQLITE_OPEN_READONLY, 'i32');
          return capi.SQLITE_OK;
        },
        xDelete: () => capi.SQLITE_READONLY,
        xAccess: (_vfs, _name, _flags, result) => {
          wasm.poke(result, 0, 'i32');
          return capi.SQLITE_OK;
        },
        xFullPathname: (_vfs, name, most, into) => (wasm.cstrncpy(into, name, most) < most ? 0 : capi.SQLITE_CANTOPEN),
        xRandomness: (_vfs, count, into) => {
          // Nothing that is read depends on it; the same file gives the same answer.
          wasm.heap8u().fill(7, at(into), at(into) + count);
          return plain(count);
        },
        xSleep: () => 0,
        xCurrentTime: (_vfs, into) => {
          wasm.poke(into, 2440587.5, 'double');
          return capi.SQLITE_OK;
        },
        xGetLastError: () => {}
      }
    }
  });
}

/** One connection to one file. */
export class EngineFile {
  readonly #made: Engine;
  readonly #db: WasmPointer;
  #allowed = '';
  #looksLeft = 0;
  readonly #mostLooks: number;
  #isClosed = false;

  private constructor(made: Engine, db: WasmPointer, mostSteps: number) {
    this.#made = made;
    this.#db = db;
    this.#mostLooks = Math.ceil(mostSteps / STEPS_A_LOOK);
    this.#harden();
  }

  /**
   * @param mostSteps of one query; beyond them it is ended with a fault
   * @throws EngineFault where SQLite refuses the file.
   */
  static async open(bytes: RandomBytes, mostSteps = LEAST_STEPS + STEPS_A_BYTE * bytes.sizeBytes): Promise<EngineFile> {
    const made = await engine();
    const { capi, wasm } = made.sqlite;
    made.bytes = bytes;
    const scope = wasm.scopedAllocPush();
    try {
      const out = wasm.scopedAlloc(8);
      wasm.pokePtr(out, 0);
      const rc = guarded(() => capi.sqlite3_open_v2('/evidence', out, capi.SQLITE_OPEN_READONLY, VFS));
      const db = wasm.peekPtr(out);
      if (rc !== capi.SQLITE_OK) {
        if (Number(db) !== 0) capi.sqlite3_close_v2(db);
        throw new EngineFault(capi.sqlite3_js_rc_str(rc) ?? String(rc), true);
      }
      return new EngineFile(made, db, mostSteps);
    } finally {
      made.bytes = null;
      wasm.scopedAllocPop(scope);
    }
  }

  /** SQLite's own check of one table, without the conditions that the file's SQL states. @throws EngineFault */
  check(table: string): void {
    for (const [answer] of this.#run(`PRAGMA quick_check(${quoted(table)})`, '', null, 1))
      if (answer !== 'ok') throw new EngineFault(wordsOf(typeof answer === 'string' ? answer : 'quick_check'), true);
  }

  /** Rows in the order of their ids: id first, then the columns asked for. @throws EngineFault */
  *rows(table: string, columns: readonly string[], decoding: TextDecoding): Generator<SqlValue[]> {
    const names = ['rowid', ...columns.map(quoted)].join(', ');
    yield* this.#run(`SELECT ${names} FROM main.${quoted(table)} NOT INDEXED`, table, decoding, columns.length + 1);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    guarded(() => this.#made.sqlite.capi.sqlite3_close_v2(this.#db));
  }

  #harden(): void {
    const { capi } = this.#made.sqlite;
    const on = (what: typeof capi.SQLITE_DBCONFIG_DEFENSIVE): void => void capi.sqlite3_db_config(this.#db, what, 1, 0);
    on(capi.SQLITE_DBCONFIG_DEFENSIVE);
    for (const what of [
      capi.SQLITE_DBCONFIG_TRUSTED_SCHEMA,
      capi.SQLITE_DBCONFIG_ENABLE_VIEW,
      capi.SQLITE_DBCONFIG_ENABLE_TRIGGER,
      capi.SQLITE_DBCONFIG_DQS_DML,
      capi.SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE,
      capi.SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE
    ] as const)
      capi.sqlite3_db_config(this.#db, what, 0, 0);
    capi.sqlite3_limit(this.#db, capi.SQLITE_LIMIT_LENGTH, DATABASE_CAPS.valueBytes);
    capi.sqlite3_limit(this.#db, capi.SQLITE_LIMIT_SQL_LENGTH, 1_000_000);
    capi.sqlite3_limit(this.#db, capi.SQLITE_LIMIT_EXPR_DEPTH, 50);
    capi.sqlite3_limit(this.#db, capi.SQLITE_LIMIT_COMPOUND_SELECT, 3);
    capi.sqlite3_limit(this.#db, capi.SQLITE_LIMIT_VDBE_OP, 25_000);
    capi.sqlite3_limit(this.#db, capi.SQLITE_LIMIT_FUNCTION_ARG, 8);
    capi.sqlite3_limit(this.#db, capi.SQLITE_LIMIT_ATTACHED, 0);
    capi.sqlite3_limit(this.#db, capi.SQLITE_LIMIT_TRIGGER_DEPTH, 1);
    capi.sqlite3_progress_handler(this.#db, STEPS_A_LOOK, () => (this.#looksLeft-- > 0 ? 0 : 1), 0);
    this.#pragma('cell_size_check=ON');
    this.#pragma('ignore_check_constraints=ON');
    this.#pragma('cache_size=-2048');
    capi.sqlite3_set_authorizer(
      this.#db,
      (_arg, action, first, _second, _third, inside) => this.#allow(action, first, inside),
      0
    );
  }

  #allow(action: number, first: string | 0, inside: string | 0): number {
    const { capi } = this.#made.sqlite;
    if (action === capi.SQLITE_SELECT) return capi.SQLITE_OK;
    const isOwn = typeof first === 'string' && first.toLowerCase() === this.#allowed.toLowerCase();
    // `inside` names the view or trigger that would read it.
    if (action === capi.SQLITE_READ && isOwn && !inside) return capi.SQLITE_OK;
    if (action === capi.SQLITE_PRAGMA && first === 'quick_check' && this.#allowed === '') return capi.SQLITE_OK;
    return capi.SQLITE_DENY;
  }

  #pragma(text: string): void {
    const { capi } = this.#made.sqlite;
    this.#looksLeft = this.#mostLooks;
    guarded(() => capi.sqlite3_exec(this.#db, `PRAGMA ${text}`, 0, 0, 0));
  }

  *#run(sql: string, allowed: string, decoding: TextDecoding | null, columns: number): Generator<SqlValue[]> {
    const { capi, wasm } = this.#made.sqlite;
    this.#allowed = allowed;
    this.#looksLeft = this.#mostLooks;
    const scope = wasm.scopedAllocPush();
    let statement: WasmPointer;
    try {
      const out = wasm.scopedAlloc(8);
      wasm.pokePtr(out, 0);
      const rc = guarded(() => capi.sqlite3_prepare_v2(this.#db, sql, -1, out, 0));
      if (rc !== capi.SQLITE_OK) throw this.#fault(rc);
      statement = wasm.peekPtr(out);
    } finally {
      wasm.scopedAllocPop(scope);
    }
    try {
      for (;;) {
        const rc = guarded(() => capi.sqlite3_step(statement));
        if (rc === capi.SQLITE_DONE) return;
        if (rc !== capi.SQLITE_ROW) throw this.#fault(rc);
        const row: SqlValue[] = [];
        for (let i = 0; i < columns; i++) row.push(this.#value(statement, i, decoding));
        yield row;
      }
    } finally {
      guarded(() => capi.sqlite3_finalize(statement));
    }
  }

  #value(statement: WasmPointer, i: number, decoding: TextDecoding | null): SqlValue {
    const { capi, wasm } = this.#made.sqlite;
    switch (capi.sqlite3_column_type(statement, i)) {
      case capi.SQLITE_INTEGER:
        return asNumber(capi.sqlite3_column_int64(statement, i));
      case capi.SQLITE_FLOAT:
        return capi.sqlite3_column_double(statement, i);
      case capi.SQLITE_TEXT: {
        if (decoding === null) return capi.sqlite3_column_text(statement, i);
        return decoding.text(this.#bytes(statement, i, wasm));
      }
      case capi.SQLITE_BLOB:
        return this.#bytes(statement, i, wasm).slice();
      default:
        return null;
    }
  }

  /** A view into the engine's memory: gone with its next call. */
  #bytes(statement: WasmPointer, i: number, wasm: Sqlite3Static['wasm']): Uint8Array {
    const { capi } = this.#made.sqlite;
    const from = Number(capi.sqlite3_column_blob(statement, i));
    const length = capi.sqlite3_column_bytes(statement, i);
    return wasm.heap8u().subarray(from, from + length);
  }

  #fault(rc: number): EngineFault {
    const { capi } = this.#made.sqlite;
    const primary = rc & 0xff;
    const isDamage = ([capi.SQLITE_CORRUPT, capi.SQLITE_NOTADB, capi.SQLITE_IOERR, capi.SQLITE_INTERRUPT] as number[]).includes(
      primary
    );
    return new EngineFault(capi.sqlite3_errmsg(this.#db), isDamage);
  }
}

/** The first of what may be a hundred lines. */
function wordsOf(answer: string): string {
  return answer
    .replace(/^\*+ in database main \*+\s*/, '')
    .replace(/\n[^]*/, '')
    .slice(0, 160);
}

/** A trap of WebAssembly leaves the engine in no state to go on. */
function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    started = null;
    throw new EngineFault(error.message, true);
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
