/**
 * Comparisons with cases on other devices: what went out, what came in, what was found.
 *
 * [Note: Exchanges] The log only grows, one encrypted block an event. A request or an answer is kept, with its secret and
 * the order of its identifiers, before its file is handed out: an exchange takes days, and can then go on after any stop.
 * The secret opens nothing by itself; whoever has the case's key has the identifiers too.
 */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { NewerRecord } from './newer-record.ts';

/** Raised with any change of the events; a block of a later version is refused, not guessed at. */
const VERSION = 1;

/** The other side, as its file says. */
export interface ExchangePartner {
  readonly from: string;
  readonly purpose: string;
  /** Size of its set, filled up to a bucket. */
  readonly points: number;
  /** SHA-256 of its device's public key, in hex. */
  readonly signerHex: string;
}

interface Opening {
  /** Session number, 16 bytes in hex. */
  readonly session: string;
  readonly purpose: string;
  /** Who compares, as it stands in the file. */
  readonly from: string;
  readonly atMs: number;
  /** Name of the key slot that the case was opened with. */
  readonly by: string;
  readonly secretHex: string;
  /** Key behind each point of the file, '' for padding. */
  readonly keys: readonly string[];
  readonly fileSha256Hex: string;
}

export interface ExchangeRequested extends Opening {
  readonly kind: 'request';
}

export interface ExchangeAnswered extends Opening {
  readonly kind: 'answer';
  readonly partner: ExchangePartner;
  /** The request's points, raised: 32 bytes each. The result is compared with them. */
  readonly raised: Uint8Array<ArrayBuffer>;
}

export interface ExchangeFound {
  readonly kind: 'found';
  readonly session: string;
  readonly partner: ExchangePartner;
  readonly keys: readonly string[];
  readonly atMs: number;
  readonly by: string;
  readonly fileSha256Hex: string;
}

export type ExchangeEvent = ExchangeRequested | ExchangeAnswered | ExchangeFound;

export interface Exchange {
  readonly opening: ExchangeRequested | ExchangeAnswered;
  readonly found: ExchangeFound | null;
}

export class ExchangeLog {
  readonly #bySession = new Map<string, { opening: ExchangeRequested | ExchangeAnswered; found: ExchangeFound | null }>();

  /** Oldest first. */
  get all(): readonly Exchange[] {
    return [...this.#bySession.values()];
  }

  of(session: string): Exchange | null {
    return this.#bySession.get(session) ?? null;
  }

  add(event: ExchangeEvent): void {
    if (event.kind !== 'found') this.#bySession.set(event.session, { opening: event, found: null });
    else {
      const exchange = this.#bySession.get(event.session);
      if (exchange !== undefined) exchange.found = event;
    }
  }

  /** Adds the event of a block that `packExchange` wrote. @throws an error named BlockError for a later version */
  unpack(block: Uint8Array): void {
    const { arrays, json } = unpackBlock(block);
    const { version, event } = json as { readonly version: number; readonly event: ExchangeEvent };
    if (version > VERSION) throw new NewerRecord(`Exchanges have version ${version}; this Skein reads ${VERSION}`);
    this.add(event.kind === 'answer' ? { ...event, raised: Uint8Array.from(arrays['raised'] ?? []) } : event);
  }
}

/** One event as a block for the vault. */
export function packExchange(event: ExchangeEvent): Uint8Array {
  if (event.kind !== 'answer') return packBlock('exchanges', {}, { version: VERSION, event });
  const { raised, ...rest } = event;
  return packBlock('exchanges', { raised }, { version: VERSION, event: rest });
}
