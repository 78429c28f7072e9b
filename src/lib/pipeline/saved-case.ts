/** Puts a case together again from its blocks, in the order in which they were written. */
import { ASSUMED_ZONE } from '../evidence/assumptions.ts';
import { StoreLoader, unpackBlock } from '../evidence/blocks.ts';
import type { LostPart, NamedRows } from '../evidence/lost-blocks.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { Glossary } from '../language/glossary.ts';
import { AttributionLog } from '../records/attribution-log.ts';
import { CertifiedLog } from '../records/certified-log.ts';
import { ExchangeLog } from '../records/exchange-log.ts';
import { IdentityLog } from '../records/identity-log.ts';
import { unpackOrigin, type SubsetOrigin } from '../records/origin.ts';
import { SearchLog } from '../records/search-log.ts';
import { TagLog } from '../records/tag-log.ts';
import type { Surrounding } from './searches-contract.ts';
import { Transcripts } from './transcripts.ts';
import { Translations } from './translations.ts';

/**
 * The rows of an import count only once its closing 'directory' block is there: what an interrupted import left
 * behind is passed over, and that import is as if it had never begun.
 */
export class SavedCase {
  readonly #loader = new StoreLoader();
  readonly #translations = new Translations();
  readonly #certified = new CertifiedLog();
  readonly #identity = new IdentityLog();
  readonly #searches = new SearchLog<Surrounding>();
  readonly #glossary = new Glossary();
  readonly #transcripts = new Transcripts();
  readonly #exchanges = new ExchangeLog();
  readonly #tags = new TagLog();
  readonly #attributions = new AttributionLog();
  #unfinished = 0;
  #zone = ASSUMED_ZONE;
  #origin: SubsetOrigin | null = null;

  /** How many blocks of an unfinished import were passed over; known after `finish`. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** Kinds of all blocks to come, so that room is made once. */
  expect(kinds: readonly string[]): void {
    this.#loader.expect(kinds);
  }

  /** What could not be read, with the rows and files that it held as far as they are known; complete after `finish`. */
  get lost(): readonly LostPart[] {
    return this.#loader.lost;
  }

  /** In the place of `add` for a block that cannot be read. */
  lose(seq: number, kind: string): void {
    if (kind === 'begin') this.#loader.dropUnfinished();
    this.#loader.lose(seq, kind);
  }

  add(kind: string, bytes: Uint8Array): void {
    if (kind === 'translations') {
      this.#translations.unpack(bytes);
      return;
    }
    // The newest choice stands; it belongs to no import.
    if (kind === 'settings') {
      this.#zone = (unpackBlock(bytes).json as { readonly zone: string }).zone;
      return;
    }
    if (kind === 'glossary') {
      this.#glossary.unpack(bytes);
      return;
    }
    if (kind === 'certified') {
      this.#certified.unpack(bytes);
      return;
    }
    if (kind === 'identity') {
      this.#identity.unpack(bytes);
      return;
    }
    if (kind === 'searches') {
      this.#searches.unpack(bytes);
      return;
    }
    if (kind === 'transcripts') {
      this.#transcripts.unpack(bytes);
      return;
    }
    if (kind === 'origin') {
      this.#origin = unpackOrigin(bytes);
      return;
    }
    if (kind === 'tags') {
      this.#tags.unpack(bytes);
      return;
    }
    if (kind === 'attributions') {
      this.#attributions.unpack(bytes);
      return;
    }
    if (kind === 'exchanges') {
      this.#exchanges.unpack(bytes);
      return;
    }
    // A new import begins with the mark of the last one that was finished: older leftovers are not its rows.
    if (kind === 'begin') {
      this.#unfinished = 0;
      this.#loader.begin((unpackBlock(bytes).json as { readonly finished?: number }).finished);
      return;
    }
    // Rows go in as they come: waiting for their closing block would hold a whole case twice.
    this.#loader.add(bytes);
    this.#unfinished = kind === 'directory' ? 0 : this.#unfinished + 1;
  }

  /** See [Note: Lost blocks]: a translation, a tag or a decision may be all that is left of a message or an account. */
  #named(): NamedRows {
    let [messages, accounts] = [this.#translations.language.length, 0];
    const see = (id: number): void => void (messages = Math.max(messages, id + 1));
    for (const { lines } of [...this.#certified.requests, ...this.#certified.intakes])
      for (const { messageId } of lines) see(messageId);
    for (const id of this.#transcripts.messages()) see(id);
    // Ascending in each change.
    for (const change of this.#tags.changes) see(change.messages.at(-1) ?? -1);
    for (const decision of this.#identity.decisions)
      for (const id of decision.accounts.flat()) accounts = Math.max(accounts, id + 1);
    for (const { person } of this.#attributions.attributions) accounts = Math.max(accounts, (person.account ?? -1) + 1);
    return { messages, accounts };
  }

  finish(): {
    store: EvidenceStore;
    translations: Translations;
    certified: CertifiedLog;
    identity: IdentityLog;
    searches: SearchLog<Surrounding>;
    transcripts: Transcripts;
    exchanges: ExchangeLog;
    tags: TagLog;
    attributions: AttributionLog;
    glossary: Glossary;
    zone: string;
    origin: SubsetOrigin | null;
  } {
    const store = this.#loader.finish(this.#named());
    this.#translations.extend(store.committed.messages);
    return {
      store,
      translations: this.#translations,
      certified: this.#certified,
      identity: this.#identity,
      searches: this.#searches,
      transcripts: this.#transcripts,
      exchanges: this.#exchanges,
      tags: this.#tags,
      attributions: this.#attributions,
      glossary: this.#glossary,
      zone: this.#zone,
      origin: this.#origin
    };
  }
}
