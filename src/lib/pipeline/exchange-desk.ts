/** Compares this case with one on another device by files; see analysis/crosscase/README.md for the protocol. */
import {
  readExchangeFile,
  sha256,
  writeExchangeFile,
  type ExchangeFile,
  type ReadExchangeFile
} from '../analysis/crosscase/exchange-file.ts';
import { newSecret, POINT_BYTES, SESSION_BYTES, type Bytes } from '../analysis/crosscase/group.ts';
import { blindedSet, commonKeys, MOST_IDENTIFIERS, type Blinder } from '../analysis/crosscase/protocol.ts';
import {
  packExchange,
  type Exchange,
  type ExchangeEvent,
  type ExchangeLog,
  type ExchangePartner
} from '../records/exchange-log.ts';
import type {
  ExchangeAnswer,
  ExchangeMade,
  ExchangeRefusal,
  ExchangeRow,
  ExchangeWish,
  OpenedExchange
} from './crosscase-contract.ts';

const NOTHING: Bytes = new Uint8Array();
const FIRST = new Uint8Array(32);

export interface ExchangeParts {
  readonly log: ExchangeLog;
  readonly clock: () => number;
  /** Name of the key slot that opened the case. */
  readonly who: string;
  /** Writes a line of the audit log; resolves once it is on disk, rejects where it could not be kept. */
  readonly note: (op: 'combination' | 'disclosure', what: string, n: number) => Promise<void>;
  /** Null in a window that only reads. */
  readonly keep: ((kind: string, bytes: Uint8Array) => Promise<void>) | null;
  /** Stopped by the signal. */
  readonly blinder: (signal: AbortSignal) => Blinder;
  /** Signs for this device. */
  readonly pair: () => Promise<CryptoKeyPair>;
  /** Keys of the identifiers that take part. */
  readonly keys: (scope: ExchangeWish['scope']) => readonly string[];
}

export class ExchangeDesk {
  readonly #parts: ExchangeParts;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  rows(): ExchangeRow[] {
    return this.#parts.log.all.map(rowOf).reverse();
  }

  /** Keys that an exchange found, ascending. @throws RangeError where it found none yet */
  found(session: string): readonly string[] {
    const found = this.#parts.log.of(session)?.found ?? null;
    if (found === null) throw new RangeError('This exchange has no result.');
    return found.keys;
  }

  /** What a file is, and whether it can be the next of an exchange. */
  async open(bytes: Bytes): Promise<OpenedExchange> {
    const read = await this.#read(bytes);
    if ('refusal' in read) return { ok: false, refusal: read.refusal };
    const { kind, session, from, purpose, signer } = read;
    return { ok: true, kind, session: hex(session), from, purpose, points: pointsOfSender(read), signerHex: hex(signer) };
  }

  async request(wish: ExchangeWish, onProgress: (share: number) => void, signal: AbortSignal): Promise<ExchangeAnswer> {
    const ready = this.#ready(wish);
    if ('refusal' in ready) return { ok: false, refusal: ready.refusal };
    const { keys, keep } = ready;
    const session = crypto.getRandomValues(new Uint8Array(SESSION_BYTES));
    await this.#noteBegin(session, 'request', wish, keys.length);
    const secret = newSecret();
    const set = await blindedSet(this.#parts.blinder(signal), session, keys, secret, onProgress);
    const words = { from: wish.from, purpose: wish.purpose };
    const file = await this.#write({
      kind: 'request',
      session,
      previous: FIRST,
      ...words,
      asking: set.points,
      answering: NOTHING
    });
    signal.throwIfAborted();
    const opening = { ...words, ...this.#stamp(session), secretHex: hex(secret), keys: set.keys };
    await this.#add(keep, { kind: 'request', ...opening, fileSha256Hex: hex(await sha256(file.bytes)) });
    return this.#handOut(session, file);
  }

  async answer(
    bytes: Bytes,
    wish: ExchangeWish,
    onProgress: (share: number) => void,
    signal: AbortSignal
  ): Promise<ExchangeAnswer> {
    const read = await this.#read(bytes);
    if ('refusal' in read) return { ok: false, refusal: read.refusal };
    const ready = this.#ready(wish);
    if (read.kind !== 'request') return { ok: false, refusal: 'wrong-step' };
    if ('refusal' in ready) return { ok: false, refusal: ready.refusal };
    const { keys, keep } = ready;
    const { session } = read;
    await this.#noteBegin(session, 'answer', wish, keys.length);
    const secret = newSecret();
    const blinder = this.#parts.blinder(signal);
    const raised = await unlessMalformed(blinder.raise(read.asking, secret, (share) => onProgress(share * 0.4)));
    if (raised === null) return { ok: false, refusal: 'malformed-point' };
    const set = await blindedSet(blinder, session, keys, secret, (share) => onProgress(0.4 + share * 0.6));
    const words = { from: wish.from, purpose: wish.purpose };
    const file = await this.#write({
      kind: 'answer',
      session,
      previous: read.sha256,
      ...words,
      asking: raised,
      answering: set.points
    });
    signal.throwIfAborted();
    await this.#add(keep, {
      kind: 'answer',
      ...words,
      ...this.#stamp(session),
      secretHex: hex(secret),
      keys: set.keys,
      fileSha256Hex: hex(await sha256(file.bytes)),
      partner: partnerOf(read),
      raised
    });
    return this.#handOut(session, file);
  }

  async finish(bytes: Bytes, onProgress: (share: number) => void, signal: AbortSignal): Promise<ExchangeAnswer> {
    const read = await this.#read(bytes);
    if ('refusal' in read) return { ok: false, refusal: read.refusal };
    const { keep, log } = this.#parts;
    if (keep === null) return { ok: false, refusal: 'read-only' };
    const exchange = log.of(hex(read.session));
    if (read.kind === 'request' || exchange === null) return { ok: false, refusal: 'wrong-step' };
    const { opening } = exchange;
    // The answer raises what this side blinded; the result raises it too, and the answer's own points were kept.
    let file: ExchangeMade | null = null;
    let keys: string[];
    if (opening.kind === 'request') {
      const raise = this.#parts.blinder(signal).raise(read.answering, unhex(opening.secretHex), onProgress);
      const raised = await unlessMalformed(raise);
      if (raised === null) return { ok: false, refusal: 'malformed-point' };
      keys = commonKeys(opening.keys, read.asking, raised);
      file = await this.#write({
        kind: 'result',
        session: read.session,
        previous: read.sha256,
        from: opening.from,
        purpose: opening.purpose,
        asking: NOTHING,
        answering: raised
      });
    } else keys = commonKeys(opening.keys, read.answering, opening.raised);
    signal.throwIfAborted();
    const by = { atMs: this.#parts.clock(), by: this.#parts.who };
    const partner = opening.kind === 'answer' ? opening.partner : partnerOf(read);
    await this.#add(keep, { kind: 'found', session: opening.session, partner, keys, ...by, fileSha256Hex: hex(read.sha256) });
    await this.#parts.note('combination', `comparison ${short(opening.session)}: identifiers in both cases`, keys.length);
    return file === null ? { ok: true, row: rowOf(log.of(opening.session)!), file } : this.#handOut(read.session, file);
  }

  /** A file that is whole and is the next of its exchange, or why not. */
  async #read(bytes: Bytes): Promise<ReadExchangeFile | { readonly refusal: ExchangeRefusal }> {
    const reading = await readExchangeFile(bytes);
    if (!reading.ok) return { refusal: reading.fault };
    const { file } = reading;
    const exchange = this.#parts.log.of(hex(file.session));
    if (file.kind === 'request') return exchange === null ? file : { refusal: 'wrong-step' };
    if (exchange === null) return { refusal: 'unknown-exchange' };
    const { opening, found } = exchange;
    if (found !== null || opening.kind !== (file.kind === 'answer' ? 'request' : 'answer')) return { refusal: 'wrong-step' };
    const own = file.kind === 'answer' ? file.asking : file.answering;
    const follows = hex(file.previous) === opening.fileSha256Hex && own.length === opening.keys.length * POINT_BYTES;
    if (!follows) return { refusal: 'does-not-follow' };
    if (opening.kind === 'answer' && opening.partner.signerHex !== hex(file.signer)) return { refusal: 'another-device' };
    return file;
  }

  #ready({
    scope
  }: ExchangeWish):
    | { readonly keys: readonly string[]; readonly keep: NonNullable<ExchangeParts['keep']> }
    | { readonly refusal: ExchangeRefusal } {
    const { keep } = this.#parts;
    if (keep === null) return { refusal: 'read-only' };
    const keys = this.#parts.keys(scope);
    if (keys.length === 0) return { refusal: 'nothing-to-compare' };
    return keys.length > MOST_IDENTIFIERS ? { refusal: 'too-many' } : { keys, keep };
  }

  /** The purpose is on disk before the first identifier is hashed; a disk that is full stops the comparison. */
  #noteBegin(session: Bytes, step: string, { purpose, from }: ExchangeWish, n: number): Promise<void> {
    const what = `comparison ${short(hex(session))} with a case on another device, ${step} as ${from}; purpose: ${purpose}`;
    return this.#parts.note('combination', what, n);
  }

  #stamp(session: Bytes): { session: string; atMs: number; by: string } {
    return { session: hex(session), atMs: this.#parts.clock(), by: this.#parts.who };
  }

  async #write(file: ExchangeFile): Promise<ExchangeMade> {
    const bytes = await writeExchangeFile(file, await this.#parts.pair());
    return { name: `skein-${file.kind}-${short(hex(file.session))}.skeinx`, bytes };
  }

  async #add(keep: NonNullable<ExchangeParts['keep']>, event: ExchangeEvent): Promise<void> {
    await keep('exchanges', packExchange(event));
    this.#parts.log.add(event);
  }

  async #handOut(session: Bytes, file: ExchangeMade): Promise<ExchangeAnswer> {
    const hash = hex(await sha256(file.bytes));
    await this.#parts.note('disclosure', `comparison ${short(hex(session))}: ${file.name}, SHA-256 ${hash}`, 1);
    return { ok: true, row: rowOf(this.#parts.log.of(hex(session))!), file };
  }
}

function rowOf({ opening, found }: Exchange): ExchangeRow {
  const { session, kind, purpose, from, atMs, by, keys } = opening;
  return {
    session,
    role: kind,
    state: found === null ? 'waiting' : 'done',
    purpose,
    from,
    atMs,
    by,
    here: keys.filter((key) => key !== '').length,
    partner: found?.partner ?? (opening.kind === 'answer' ? opening.partner : null),
    links: found?.keys.length ?? null,
    doneAtMs: found?.atMs ?? null
  };
}

function partnerOf(file: ReadExchangeFile): ExchangePartner {
  return { from: file.from, purpose: file.purpose, points: pointsOfSender(file), signerHex: hex(file.signer) };
}

/** Size of the set of whoever wrote a file; a result's writer gave its size in the request. */
function pointsOfSender({ kind, asking, answering }: ReadExchangeFile): number {
  return (kind === 'request' ? asking : answering).length / POINT_BYTES;
}

async function unlessMalformed(raising: Promise<Bytes>): Promise<Bytes | null> {
  try {
    return await raising;
  } catch (error) {
    if (error instanceof Error && error.name === 'MalformedPoint') return null;
    throw error;
  }
}

const short = (session: string): string => session.slice(0, 8);

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function unhex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
