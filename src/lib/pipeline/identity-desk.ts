/** What officers do with suggestions about persons: look, confirm, reject, take back. See [Note: Identity decisions]. */
import type { Suggestion } from '../analysis/identity/facts.ts';
import { suggestIdentities } from '../analysis/identity/suggest.ts';
import { Pace } from '../analysis/pace.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { packIdentity, type IdentityDecision, type IdentityEvent, type IdentityLog } from '../records/identity-log.ts';
import { accountFiles } from './account-files.ts';
import type {
  DecisionRow,
  IdentityAnswer,
  IdentityFault,
  IdentityParty,
  IdentityRequest,
  PersonAccounts,
  SuggestionCounts,
  SuggestionPart,
  SuggestionRow
} from './identity-contract.ts';
import { identifierOf, identifiersOf, ReasonSight } from './identity-reasons.ts';
import { identityFacts } from './identity.ts';
import type { SearchDesk } from './search-desk.ts';

interface DeskParts {
  readonly store: EvidenceStore;
  readonly search: SearchDesk;
  readonly log: IdentityLog;
  readonly clock: () => number;
  readonly isImporting: () => boolean;
  /** How many lines are translated: messages about a new number are found in both texts. */
  readonly translated: () => number;
  /** Resolves once the block is on disk. */
  readonly keep: (kind: string, bytes: Uint8Array) => Promise<void>;
  /** Other parties count as one now. */
  readonly changed: () => void;
}

interface Found {
  readonly parts: Readonly<Record<SuggestionPart, readonly Suggestion[]>>;
  readonly byPair: ReadonlyMap<string, Suggestion>;
  readonly sight: ReasonSight;
  readonly translated: number;
  readonly elapsed_ms: number;
}

/** The version is raised whenever the same evidence may give another result. */
const RULE = { id: 'identity', version: 1 } as const;
const pairKey = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
/** Share of the progress by which the facts are there. */
const FACTS_SHARE = 0.5;

export class IdentityDesk {
  readonly #parts: DeskParts;
  /** Null until asked for, and again when the evidence changes; decisions leave it as it is. */
  #found: Found | null = null;
  #files: Promise<(account: number) => readonly number[]> | null = null;
  #stop: AbortController | null = null;
  /** What writes goes one after the other, so that numbers are given once. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: DeskParts) {
    this.#parts = parts;
    parts.store.directory.join(parts.log.joins());
  }

  evidenceChanged(): void {
    this.#stop?.abort(new DOMException('The evidence changed.', 'AbortError'));
    this.#found = null;
    this.#files = null;
  }

  /** @throws the signal's reason when `cancel` or a later call ended it */
  async suggest(onProgress: (share: number) => void): Promise<SuggestionCounts> {
    this.cancel();
    if (this.#parts.isImporting()) return { shown: 0, weaker: 0, waitsForImport: true, rule: RULE, elapsed_ms: 0 };
    const { signal } = (this.#stop = new AbortController());
    const isFresh = this.#found?.translated === this.#parts.translated();
    const found = isFresh && this.#found !== null ? this.#found : await this.#look(signal, onProgress);
    signal.throwIfAborted();
    this.#found = found;
    const { parts, elapsed_ms } = found;
    return { shown: parts.shown.length, weaker: parts.weaker.length, waitsForImport: false, rule: RULE, elapsed_ms };
  }

  cancel(): void {
    this.#stop?.abort(new DOMException('Looking for suggestions was stopped.', 'AbortError'));
  }

  async #look(signal: AbortSignal, onProgress: (share: number) => void): Promise<Found> {
    const { store, search } = this.#parts;
    const started = performance.now();
    const translated = this.#parts.translated();
    const half = (from: number) => (share: number) => onProgress(from + share * FACTS_SHARE);
    const files = await accountFiles(store, new Pace({ signal, onProgress: half(0) }));
    const facts = await identityFacts(store, search);
    signal.throwIfAborted();
    const suggestions = await suggestIdentities(facts, { signal, onProgress: half(FACTS_SHARE) });
    signal.throwIfAborted();
    this.#files = Promise.resolve(files);
    return {
      parts: { shown: suggestions.filter(({ shown }) => shown), weaker: suggestions.filter(({ shown }) => !shown) },
      byPair: new Map(suggestions.map((suggestion) => [pairKey(suggestion.a, suggestion.b), suggestion])),
      sight: new ReasonSight(store, facts),
      translated,
      elapsed_ms: performance.now() - started
    };
  }

  async rows(part: SuggestionPart, start: number, count: number): Promise<SuggestionRow[]> {
    const found = this.#found;
    if (found === null) return [];
    const { directory } = this.#parts.store;
    const party = await this.#describer();
    const decided = this.#decided();
    return found.parts[part].slice(start, start + count).map((suggestion): SuggestionRow => {
      const { a, b, shown } = suggestion;
      const decision = decided.get(pairKey(a, b)) ?? null;
      return {
        a: party(a),
        b: party(b),
        ...found.sight.of(suggestion),
        isShown: shown,
        decision: decision === null ? null : this.#decisionRow(decision, party),
        isJoinedByOthers: decision === null && directory.standing(a) === directory.standing(b)
      };
    });
  }

  decide(request: IdentityRequest): Promise<IdentityAnswer> {
    return this.#inTurn(() => this.#decide(request));
  }

  async #decide({ kind, a, b, by, words }: IdentityRequest): Promise<IdentityAnswer> {
    const { store, log, clock, isImporting } = this.#parts;
    const party = await this.#describer();
    const refuse = (fault: IdentityFault, decision: IdentityDecision | null = null): IdentityAnswer => ({
      ok: false,
      fault,
      decision: decision === null ? null : this.#decisionRow(decision, party)
    });
    if (isImporting()) return refuse('import-under-way');
    if (this.#found === null) return refuse('out-of-date');
    const suggestion = this.#found.byPair.get(pairKey(a, b));
    if (suggestion === undefined) throw new RangeError(`There is no suggestion about parties ${a} and ${b}.`);
    const before = this.#decided().get(pairKey(a, b));
    if (before !== undefined) return refuse('decided-before', before);
    const isOne = store.directory.standing(a) === store.directory.standing(b);
    if (kind === 'reject' && isOne) return refuse('joined-by-others');
    const apart = kind === 'confirm' ? this.#keptApart(a, b) : undefined;
    if (apart !== undefined) return refuse('kept-apart', apart);
    const decision: IdentityDecision = {
      kind,
      number: log.decisions.length + 1,
      accounts: [[...store.directory.ownAccountsOf(suggestion.a)], [...store.directory.ownAccountsOf(suggestion.b)]],
      decidedAtMs: clock(),
      decidedBy: by,
      words,
      ...this.#found.sight.of(suggestion)
    };
    await this.#add(decision);
    return { ok: true, decision: this.#decisionRow(decision, party) };
  }

  undo(number: number, by: string, words: string): Promise<void> {
    return this.#inTurn(() => this.#undo(number, by, words));
  }

  async #undo(number: number, by: string, words: string): Promise<void> {
    const { log, clock } = this.#parts;
    if (!log.standing().some((decision) => decision.number === number))
      throw new RangeError(`Decision ${number} is not there to be taken back.`);
    await this.#add({ kind: 'undo', decision: number, undoneAtMs: clock(), undoneBy: by, words });
  }

  async history(): Promise<DecisionRow[]> {
    const party = await this.#describer();
    return this.#parts.log.decisions.map((decision) => this.#decisionRow(decision, party)).reverse();
  }

  async accounts(person: number): Promise<PersonAccounts> {
    const { store, log } = this.#parts;
    const { directory } = store;
    const party = await this.#describer();
    const files = await this.#fileNames();
    const standing = directory.standing(person);
    return {
      accounts: directory.accountsOf(standing).map((id) => ({
        service: directory.accounts[id]?.service ?? '',
        identifier: identifierOf(directory.accounts[id]),
        files: files(id)
      })),
      decisions: log
        .standing()
        .filter(({ kind, accounts: [[first = -1]] }) => kind === 'confirm' && directory.partyOf(first) === standing)
        .map((decision) => this.#decisionRow(decision, party))
    };
  }

  /** A rejection that counts, of two who would become one person. */
  #keptApart(a: number, b: number): IdentityDecision | undefined {
    const { store, log } = this.#parts;
    const ends = [store.directory.standing(a), store.directory.standing(b)];
    return log.standing().find(({ kind, accounts }) => {
      if (kind !== 'reject') return false;
      return accounts.every(([first = -1]) => ends.includes(store.directory.partyOf(first)));
    });
  }

  /** Decisions that count, by the pair that they are about. */
  #decided(): Map<string, IdentityDecision> {
    const { store, log } = this.#parts;
    const own = ([first = -1]: readonly number[]): number => store.directory.ownPartyOf(first);
    return new Map(log.standing().map((decision) => [pairKey(own(decision.accounts[0]), own(decision.accounts[1])), decision]));
  }

  #decisionRow(decision: IdentityDecision, party: (party: number) => IdentityParty): DecisionRow {
    const { accounts, number, kind, decidedAtMs, decidedBy, words, reasonsFor, reasonsAgainst } = decision;
    const { directory } = this.#parts.store;
    const undo = this.#parts.log.undoOf(number);
    const [a, b] = accounts.map(([first = -1]) => party(directory.ownPartyOf(first))) as [IdentityParty, IdentityParty];
    const undone = undo === null ? null : { atMs: undo.undoneAtMs, by: undo.undoneBy, words: undo.words };
    return { number, kind, a, b, decidedAtMs, decidedBy, words, reasonsFor, reasonsAgainst, undone };
  }

  async #describer(): Promise<(party: number) => IdentityParty> {
    const { store } = this.#parts;
    const files = await this.#fileNames();
    return (party) => {
      const accounts = store.directory.ownAccountsOf(party);
      return {
        party,
        label: store.directory.ownLabel(party),
        identifiers: identifiersOf(store, party),
        services: [...new Set(accounts.map((id) => store.directory.accounts[id]?.service ?? ''))],
        files: [...new Set(accounts.flatMap((id) => files(id)))]
      };
    };
  }

  async #fileNames(): Promise<(account: number) => string[]> {
    const { store } = this.#parts;
    const files = await (this.#files ??= accountFiles(store, new Pace()));
    return (account) => files(account).map((source) => store.sources[source]?.name ?? '');
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** On disk first: what counts on screen must be there after a crash. */
  async #add(event: IdentityEvent): Promise<void> {
    const { store, log, keep, changed } = this.#parts;
    await keep('identity', packIdentity(event));
    log.add(event);
    store.directory.join(log.joins());
    changed();
  }
}
