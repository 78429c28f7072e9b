/** Keeps the reconciliation of a case up to date, and answers what is asked of it. */
import type { DevicePair, Match, OnlyOn } from '../analysis/reconcile/facts.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { deviceLabel } from './case-devices.ts';
import { LatestRun } from './latest-run.ts';
import type { CountedSet, DeviceName, OnlyOnRow, PhonePairRow, PhonesView, TwinRow } from './reconcile-contract.ts';
import { reconciliation, type Reconciliation } from './reconciliation.ts';
import type { Selector } from './selector.ts';

/** Raised whenever the same evidence may give another result. */
const VERSION = 1;
const EXAMPLES = 6;

export class ReconcileDesk {
  readonly #store: EvidenceStore;
  #work: Promise<Reconciliation> | null = null;
  readonly #run = new LatestRun();
  #version = 0;
  #onProgress: (share: number) => void = () => {};

  constructor(store: EvidenceStore) {
    this.#store = store;
  }

  /** Files came, or other numbers count as one person's. */
  changed(): void {
    this.#version++;
    this.#work = null;
  }

  /** Of the case as it is now; whoever lists or counts messages waits for it. */
  async ready(): Promise<Reconciliation> {
    for (;;) {
      const version = this.#version;
      this.#work ??= this.#compute();
      const found = await this.#work;
      if (version === this.#version) return found;
    }
  }

  /** @throws the reason when `cancel` or a later call ended it; the pairing itself goes on, since every list waits for it */
  async view(selector: Pick<Selector, 'setNumbered'>, onProgress: (share: number) => void): Promise<PhonesView> {
    const started = performance.now();
    const signal = this.#run.begin();
    this.#onProgress = onProgress;
    const { devices, pairs, standing } = await this.ready();
    signal.throwIfAborted();
    const names = devices.map((device): DeviceName => ({ id: device.id, label: deviceLabel(device) }));
    const sets: (readonly number[])[] = [];
    const keep = (ids: readonly number[]): CountedSet => ({ count: ids.length, set: sets.push(ids) - 1 });
    const rows = pairs.map((pair) => this.#row(pair, names, keep));
    selector.setNumbered('phones', (n) => sets[n]?.map((id) => this.#store.mirrors.standing(id)));
    return {
      pairs: rows,
      devices: names,
      folded: standing.size,
      rule: { id: 'reconcile', version: VERSION },
      elapsed_ms: performance.now() - started
    };
  }

  cancel(): void {
    this.#run.stop('Looking for the same messages was stopped.');
  }

  /** The same message on other devices. */
  async twins(id: number): Promise<TwinRow[]> {
    const { devices, pairs } = await this.ready();
    const { messages, mirrors } = this.#store;
    const found: TwinRow[] = [];
    for (const { a, b, matches } of pairs) {
      for (const match of matches) {
        if (match.a !== id && match.b !== id) continue;
        const other = match.a === id ? match.b : match.a;
        const device = devices[match.a === id ? b : a];
        found.push({
          messageId: other,
          device: device === undefined ? '' : deviceLabel(device),
          kind: match.kind,
          apartMs: messages.time.utcMs.at(other) - messages.time.utcMs.at(id),
          isOneEntry: mirrors.standing(other) === mirrors.standing(id)
        });
      }
    }
    return found;
  }

  async #compute(): Promise<Reconciliation> {
    const version = this.#version;
    const found = await reconciliation(this.#store, { onProgress: (share) => this.#onProgress(share) });
    if (version === this.#version) this.#store.mirrors.set(found.standing);
    return found;
  }

  #row(pair: DevicePair, names: readonly DeviceName[], keep: (ids: readonly number[]) => CountedSet): PhonePairRow {
    const { utcMs } = this.#store.messages.time;
    const ofKind = (kind: Match['kind']): CountedSet => {
      const matches = pair.matches.filter((match) => match.kind === kind);
      return { ...keep(matches.flatMap(({ a, b }) => [a, b])), count: matches.length };
    };
    const onlyOn = ({ between, outside, without }: OnlyOn): OnlyOnRow => ({
      between: keep(between),
      outside: keep(outside),
      without: keep(without)
    });
    return {
      a: names[pair.a]!,
      b: names[pair.b]!,
      skews: pair.skews,
      sameTime: pair.sameTime,
      byKey: ofKind('key'),
      byText: ofKind('text'),
      changed: ofKind('changed'),
      ambiguous: keep(pair.ambiguous),
      onlyA: onlyOn(pair.onlyA),
      onlyB: onlyOn(pair.onlyB),
      examples: evenly(pair.matches).map(({ a, b, kind }) => ({ a, b, kind, apartMs: utcMs.at(b) - utcMs.at(a) }))
    };
  }
}

/** Some matches, first and last among them. */
function evenly(matches: readonly Match[]): Match[] {
  if (matches.length <= EXAMPLES) return [...matches];
  return Array.from({ length: EXAMPLES }, (_, i) => matches[Math.round((i * (matches.length - 1)) / (EXAMPLES - 1))]!);
}
