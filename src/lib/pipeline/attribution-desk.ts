/**
 * What officers note about who had a handset, a card, a number or a handle: attribute, withdraw. See [Note: Attributions].
 * A thing is never attributed to two persons for one moment: the earlier note is named, and it takes a withdrawal first.
 */
import { oneLine } from '../evidence/one-line.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import {
  AttributionLog,
  doOverlap,
  isSameThing,
  packAttribution,
  type AttributedPerson,
  type Attribution,
  type AttributionEvent
} from '../records/attribution-log.ts';
import {
  MAX_NAME_UNITS,
  MAX_SOURCE_UNITS,
  type AttributeRequest,
  type AttributionAnswer,
  type AttributionFault,
  type AttributionRequest,
  type AttributionRow
} from './attribution-contract.ts';
import { identifiersOf } from './identity-reasons.ts';
import type { SessionParts } from './session-parts.ts';

interface DeskParts extends Pick<SessionParts, 'keeper' | 'clock'> {
  readonly log: AttributionLog | undefined;
}

export class AttributionDesk {
  readonly #store: EvidenceStore;
  readonly #log: AttributionLog;
  readonly #keeper: DeskParts['keeper'];
  readonly #clock: () => number;
  /** What writes goes one after the other: a check holds until its event is in the log. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: EvidenceStore, { log = new AttributionLog(), keeper, clock }: DeskParts) {
    this.#store = store;
    this.#log = log;
    this.#keeper = keeper;
    this.#clock = clock;
  }

  rows(): AttributionRow[] {
    return this.#log.attributions.map((one) => this.#row(one)).reverse();
  }

  change(request: AttributionRequest): Promise<AttributionAnswer> {
    const turn = this.#turn.then(() => (request.kind === 'attribute' ? this.#attribute(request) : this.#withdraw(request)));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #attribute(request: AttributeRequest): Promise<AttributionAnswer> {
    const { thing, fromMs, untilMs } = request;
    if (thing.text === '') throw new RangeError('Nothing is named that could be attributed.');
    const by = oneLine(request.by);
    const source = oneLine(request.source);
    const person = this.#person(request.person);
    const fault = this.#fault(by, person, source, request);
    if (fault !== null || person === null) return { ok: false, fault: fault ?? 'person-unknown', row: null };
    const other = this.#log
      .standing()
      .find((one) => isSameThing(one.thing, thing) && doOverlap(one, request) && !this.#isSame(one.person, person));
    if (other !== undefined) return { ok: false, fault: 'attributed-otherwise', row: this.#row(other) };
    const { kind, text, service } = thing;
    const made: Attribution = {
      kind: 'attribute',
      number: this.#log.nextNumber,
      thing: { kind, text, service },
      person,
      fromMs,
      untilMs,
      source,
      madeAtMs: this.#clock(),
      madeBy: by
    };
    await this.#add(made);
    return { ok: true, row: this.#row(made) };
  }

  async #withdraw({ number, by, words }: Extract<AttributionRequest, { kind: 'withdraw' }>): Promise<AttributionAnswer> {
    const subject = this.#log.standing().find((one) => one.number === number);
    if (subject === undefined) throw new RangeError(`Attribution ${number} is not there to be withdrawn.`);
    const [who, said] = [oneLine(by), oneLine(words)];
    if (who === '') return { ok: false, fault: 'who-missing', row: null };
    if (said.length > MAX_SOURCE_UNITS || who.length > MAX_NAME_UNITS) return { ok: false, fault: 'too-long', row: null };
    await this.#add({ kind: 'withdraw', attribution: number, withdrawnAtMs: this.#clock(), withdrawnBy: who, words: said });
    return { ok: true, row: this.#row(subject) };
  }

  #fault(by: string, person: AttributedPerson | null, source: string, span: AttributeRequest): AttributionFault | null {
    if (by === '') return 'who-missing';
    if (person === null) return 'person-unknown';
    if (person.name === '') return 'person-missing';
    if (source === '') return 'source-missing';
    if (by.length > MAX_NAME_UNITS || person.name.length > MAX_NAME_UNITS || source.length > MAX_SOURCE_UNITS) return 'too-long';
    // Written so that an end which is no number at all is refused as well.
    const [from, until] = [span.fromMs ?? -Infinity, span.untilMs ?? Infinity];
    return from < until ? null : 'span-empty';
  }

  /** Null where the case has no such person, or not yet for good. */
  #person(asked: AttributeRequest['person']): AttributedPerson | null {
    if ('words' in asked) return { name: oneLine(asked.words), account: null };
    const { directory, committed } = this.#store;
    const [account] = directory.accountsOf(directory.standing(asked.party));
    if (account === undefined || account >= committed.accounts) return null;
    const own = directory.ownPartyOf(account);
    const label = oneLine(directory.ownLabel(own));
    const [identifier = label] = identifiersOf(this.#store, own).map(oneLine);
    // Evidence names what it likes: a label of any length still makes an attribution.
    return { name: (label === identifier ? label : `${label} (${identifier})`).slice(0, MAX_NAME_UNITS), account };
  }

  /**
   * One number or handle of the case, or the same words. What officers joined counts for nothing here: an undo of that
   * would leave two persons behind.
   */
  #isSame(a: AttributedPerson, b: AttributedPerson): boolean {
    if (a.account === null || b.account === null) return a.account === b.account && wordsKey(a.name) === wordsKey(b.name);
    const { directory } = this.#store;
    return directory.ownPartyOf(a.account) === directory.ownPartyOf(b.account);
  }

  #row({ number, thing, person: { name, account }, fromMs, untilMs, source, madeAtMs, madeBy }: Attribution): AttributionRow {
    const withdrawal = this.#log.withdrawalOf(number);
    const withdrawn =
      withdrawal === null ? null : { atMs: withdrawal.withdrawnAtMs, by: withdrawal.withdrawnBy, words: withdrawal.words };
    const party = account === null ? null : this.#store.directory.partyOf(account);
    return { number, thing, name, party, fromMs, untilMs, source, madeAtMs, madeBy, withdrawn };
  }

  /** On disk first: what counts on screen must be there after a crash. */
  async #add(event: AttributionEvent): Promise<void> {
    await this.#keeper?.put('attributions', packAttribution(event));
    this.#log.add(event);
  }
}

const wordsKey = (name: string): string => name.normalize('NFKC').toLowerCase();
