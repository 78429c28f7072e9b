/**
 * To whom officers attribute a handset, a card, a number or a handle, from when until when, and by what source.
 *
 * [Note: Attributions] The log only grows, one encrypted block an event. An attribution is an officer's note with its source
 * in words; a withdrawal makes it count no longer. Nothing is changed or dropped, and nothing is computed from it: analyses
 * cannot import this file. What is attributed stands as a lane of use names it, and not as a number of the evidence, so that
 * a note outlives an import that was taken back.
 */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { NewerRecord } from './newer-record.ts';

/** Raised with any change of the events; a block of a later version is refused, not guessed at. */
const VERSION = 1;

export interface AttributedThing {
  /** As lanes of use have it: 'sim' a card by its IMSI, 'iccid' by its serial number, 'handset' by its IMEI. */
  readonly kind: 'handset' | 'sim' | 'iccid' | 'number' | 'handle';
  /** Digits, number or handle. */
  readonly text: string;
  /** Of a handle, since two services may each have one of that name; '' for all others. */
  readonly service: string;
}

export interface AttributedPerson {
  /** The officer's own words, or what the account was called on that day. */
  readonly name: string;
  /** An account of the case; null for a person in words. */
  readonly account: number | null;
}

/** Milliseconds since 1970 UTC, `untilMs` exclusive; null where the span is open. */
export interface AttributedSpan {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

export interface Attribution extends AttributedSpan {
  readonly kind: 'attribute';
  /** From 1 in each case; never given twice. */
  readonly number: number;
  readonly thing: AttributedThing;
  readonly person: AttributedPerson;
  /** Where the officer has it from, in words: "custody record", "exhibit AB/1, box label". */
  readonly source: string;
  readonly madeAtMs: number;
  readonly madeBy: string;
}

export interface AttributionWithdrawal {
  readonly kind: 'withdraw';
  readonly attribution: number;
  readonly withdrawnAtMs: number;
  readonly withdrawnBy: string;
  /** The officer's own words, '' where there are none. */
  readonly words: string;
}

export type AttributionEvent = Attribution | AttributionWithdrawal;

export class AttributionLog {
  readonly #attributions: Attribution[] = [];
  readonly #withdrawn = new Map<number, AttributionWithdrawal>();

  /** Oldest first, withdrawn ones included. */
  get attributions(): readonly Attribution[] {
    return this.#attributions;
  }

  /** Above every number that an event names, those of attributions whose block was lost among them. */
  get nextNumber(): number {
    return Math.max(0, ...this.#attributions.map(({ number }) => number), ...this.#withdrawn.keys()) + 1;
  }

  withdrawalOf(attribution: number): AttributionWithdrawal | null {
    return this.#withdrawn.get(attribution) ?? null;
  }

  /** Attributions that count: those that nobody withdrew. */
  standing(): Attribution[] {
    return this.#attributions.filter(({ number }) => !this.#withdrawn.has(number));
  }

  add(event: AttributionEvent): void {
    if (event.kind === 'withdraw') this.#withdrawn.set(event.attribution, event);
    else this.#attributions.push(event);
  }

  /** Adds the event of a block that `packAttribution` wrote. @throws an error named BlockError for a later version */
  unpack(block: Uint8Array): void {
    const { version, event } = unpackBlock(block).json as { readonly version: number; readonly event: AttributionEvent };
    if (version > VERSION) throw new NewerRecord(`Attributions have version ${version}; this Skein reads ${VERSION}`);
    this.add(event);
  }
}

/** One event as a block for the vault. */
export function packAttribution(event: AttributionEvent): Uint8Array {
  return packBlock('attributions', {}, { version: VERSION, event });
}

export function isSameThing(a: AttributedThing, b: AttributedThing): boolean {
  return a.kind === b.kind && a.text === b.text && a.service === b.service;
}

/** Whether two spans have a moment in common: one that ends when the other begins has none. */
export function doOverlap(a: AttributedSpan, b: AttributedSpan): boolean {
  return (a.fromMs ?? -Infinity) < (b.untilMs ?? Infinity) && (b.fromMs ?? -Infinity) < (a.untilMs ?? Infinity);
}
