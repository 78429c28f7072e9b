/** Other cases beside this one: on this device, read while their passphrase is there; on others, by files. */
import { IDENTIFIER_KINDS, readKey, type IdentifierKind } from '../analysis/crosscase/identifier.ts';
import { MOST_IDENTIFIERS } from '../analysis/crosscase/protocol.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { caseIdentifiers, type CaseIdentifier, type IdentifierUse } from './case-identifiers.ts';
import type {
  Comparison,
  CrossCaseApi,
  ExchangeAnswer,
  ExchangeWish,
  IdentifierScope,
  IdentifierSum,
  LinkRow,
  OpenedExchange
} from './crosscase-contract.ts';
import { ExchangeDesk, type ExchangeParts } from './exchange-desk.ts';
import { LatestRun } from './latest-run.ts';

/** What is read of another case on this device: nothing but what both hold. */
export interface OtherCase {
  readonly identifiers: number;
  /** An import is under way there, or was stopped; it is not counted. */
  readonly hasUnfinished: boolean;
  readonly uses: readonly { readonly key: string; readonly use: IdentifierUse }[];
}

const NEVER: IdentifierUse = { messages: 0, calls: 0, contacts: 0, isOwn: false, firstMs: null, lastMs: null, files: [] };

export class CrossCaseDesk implements CrossCaseApi {
  readonly #store: EvidenceStore;
  readonly #exchanges: ExchangeDesk;
  readonly #run = new LatestRun();
  readonly #open = new Map<string, { readonly comparison: Comparison; readonly links: readonly LinkRow[] }>();
  #identifiers: { readonly of: string; readonly list: readonly CaseIdentifier[] } | null = null;

  constructor(store: EvidenceStore, parts: Omit<ExchangeParts, 'keys'>) {
    this.#store = store;
    this.#exchanges = new ExchangeDesk({ ...parts, keys: (scope) => this.#keys(scope) });
  }

  identifierSum(): Promise<IdentifierSum> {
    const list = this.#list();
    const byKind = Object.fromEntries(
      IDENTIFIER_KINDS.map((kind) => [kind, list.filter((one) => one.kind === kind).length])
    ) as Record<IdentifierKind, number>;
    return Promise.resolve({ byKind, all: list.length, contacted: this.#keys('contacted').length, most: MOST_IDENTIFIERS });
  }

  /** Keys that another case on this device is asked about. */
  keys(): readonly string[] {
    return this.#keys('all');
  }

  /** Keeps what another case on this device holds too, in memory, until it is closed. */
  compared(caseId: string, label: string, other: OtherCase): Comparison {
    const own = new Map(this.#list().map((one) => [one.key, one]));
    const links = other.uses.flatMap(({ key, use }) => {
      const here = own.get(key);
      return here === undefined ? [] : [linkOf(here, use)];
    });
    const unfinished = { here: this.#store.hasUnfinished, there: other.hasUnfinished };
    const comparison = { caseId, label, links: links.length, here: own.size, there: other.identifiers, unfinished };
    this.#open.set(caseId, { comparison, links: links.sort(mostFirst) });
    return comparison;
  }

  comparisons(): Promise<readonly Comparison[]> {
    return Promise.resolve([...this.#open.values()].map(({ comparison }) => comparison));
  }

  async links(caseId: string, start: number, count: number): Promise<readonly LinkRow[]> {
    return this.#open.get(caseId)?.links.slice(start, start + count) ?? [];
  }

  async closeComparison(caseId: string): Promise<void> {
    this.#open.delete(caseId);
  }

  exchanges(): ReturnType<CrossCaseApi['exchanges']> {
    return Promise.resolve(this.#exchanges.rows());
  }

  requestExchange(wish: ExchangeWish, onProgress: (share: number) => void): Promise<ExchangeAnswer> {
    return this.#exchanges.request(wish, onProgress, this.#run.begin());
  }

  openExchangeFile(bytes: Uint8Array<ArrayBuffer>): Promise<OpenedExchange> {
    return this.#exchanges.open(bytes);
  }

  answerExchange(
    bytes: Uint8Array<ArrayBuffer>,
    wish: ExchangeWish,
    onProgress: (share: number) => void
  ): Promise<ExchangeAnswer> {
    return this.#exchanges.answer(bytes, wish, onProgress, this.#run.begin());
  }

  finishExchange(bytes: Uint8Array<ArrayBuffer>, onProgress: (share: number) => void): Promise<ExchangeAnswer> {
    return this.#exchanges.finish(bytes, onProgress, this.#run.begin());
  }

  async exchangeLinks(session: string, start: number, count: number): Promise<readonly LinkRow[]> {
    const own = new Map(this.#list().map((one) => [one.key, one]));
    const found = this.#exchanges.found(session).map((key) => {
      // An identifier that an import took back since is still one that both sides had.
      const here = own.get(key) ?? { ...NEVER, key, kind: readKey(key).kind, parties: [] };
      return linkOf(here, null);
    });
    return found.sort(mostFirst).slice(start, start + count);
  }

  async cancelCrossCase(): Promise<void> {
    this.#run.stop('Comparing was stopped.');
  }

  /** Counted anew when rows came. */
  #list(): readonly CaseIdentifier[] {
    const of = JSON.stringify([this.#store.committed, this.#store.sources.length, this.#store.others.length]);
    if (this.#identifiers?.of !== of) this.#identifiers = { of, list: caseIdentifiers(this.#store) };
    return this.#identifiers.list;
  }

  #keys(scope: IdentifierScope): readonly string[] {
    const isContacted = ({ messages, calls, kind }: CaseIdentifier): boolean =>
      messages + calls > 0 || kind === 'imei' || kind === 'imsi';
    return this.#list()
      .filter((one) => scope === 'all' || isContacted(one))
      .map(({ key }) => key);
  }
}

function linkOf({ key, kind, parties, ...here }: CaseIdentifier, there: IdentifierUse | null): LinkRow {
  const { service, text } = readKey(key);
  return { key, kind, service, text, parties, here, there };
}

/** For reading; it weighs nobody. */
function mostFirst(a: LinkRow, b: LinkRow): number {
  return b.here.messages + b.here.calls - (a.here.messages + a.here.calls) || (a.key < b.key ? -1 : 1);
}
