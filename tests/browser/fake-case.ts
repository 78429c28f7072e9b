/** An invented case for tests of views: a few people, a few hundred messages, answered at once and remembered. */
import type { Engines } from '../../src/lib/case/engines.ts';
import { ModelState } from '../../src/lib/case/models.svelte.ts';
import { OpenCase, UNHARMED } from '../../src/lib/case/open-case.svelte.ts';
import type { CaseWorkerApi } from '../../src/lib/jobs/case.contract.ts';
import { Glossary } from '../../src/lib/language/glossary.ts';
import { LEXICON } from '../../src/lib/language/lexicon/index.ts';
import type {
  CaseFilter,
  CaseOverview,
  FacetValue,
  FilterGroup,
  FilterResult,
  ImportPreview,
  MessageDetail,
  MessageRow,
  NetworkView,
  PartyRow,
  PartySide
} from '../../src/lib/pipeline/contract.ts';
import type { CaseSearchEntry, Replay, TermCount } from '../../src/lib/pipeline/searches-contract.ts';
import type { LanguageReport, WaitingWork } from '../../src/lib/pipeline/language-contract.ts';
import type {
  GlossaryAnswer,
  GlossaryRequest,
  GlossaryView,
  KeynessSide,
  KeynessView,
  TermUse
} from '../../src/lib/pipeline/glossary-contract.ts';
import { emptySum, told } from '../../src/lib/evidence/findings.ts';
import { sentence } from '../../src/lib/evidence/wording/sentence.ts';
import type { InstalledPack } from '../../src/lib/jobs/packs.contract.ts';
import { messagesByMonth } from '../../src/lib/pipeline/months.ts';
import type { OtherTie, OtherTiesView, TieHop, TieKind } from '../../src/lib/pipeline/tie-contract.ts';
import type { VoiceNoteRow, VoiceOffer } from '../../src/lib/pipeline/voice-contract.ts';
import { messageRowOf } from '../fixtures/message-row.ts';
import { FakeIdentity } from './fake-identity.ts';

const START = Date.UTC(2025, 2, 1, 9);
const HOUR = 3_600_000;
export const PEOPLE = ['Dana', 'Ilie', 'Rosa'] as const;
export const COUNT = 300;

/** Row i: sender i % 3, thread i % 2, an hour after the row before; every second one has machine text. */
export const ROWS: readonly MessageRow[] = Array.from({ length: COUNT }, (_, i) =>
  messageRowOf({
    id: i,
    utcMs: START + i * HOUR,
    fromParty: i % 3,
    fromLabel: PEOPLE[i % 3] ?? '',
    threadId: i % 2,
    threadName: i % 2 === 0 ? 'Casa 14' : 'Vans',
    body: `original ${i}`,
    translation: i % 2 === 0 ? `machine ${i}` : null,
    translationState: i % 2 === 0 ? 'done' : 'waiting'
  })
);

const SOURCE: CaseOverview['sources'][number] = {
  id: 0,
  name: 'phone-a.ufdr',
  sizeBytes: 1000,
  sha256Hex: 'ab'.repeat(32),
  formatId: 'ufed-xml',
  formatLabel: 'Cellebrite report',
  formatVersion: 1,
  options: { zone: null, region: 'GB', owner: null },
  sum: emptySum(),
  importedAtMs: START,
  facts: []
};

/** Every conversation has all the people: who did not write a message received it. */
function stands(row: MessageRow, parties: readonly number[], side: PartySide = 'from'): boolean {
  const others = PEOPLE.map((_, id) => id).filter((id) => id !== row.fromParty);
  return (
    (side !== 'to' && parties.includes(row.fromParty ?? -1)) || (side !== 'from' && others.some((id) => parties.includes(id)))
  );
}

/** An alternative without a condition is passed over. */
function passes(row: MessageRow, { anyOf = [], ...shared }: CaseFilter): boolean {
  const alternatives = anyOf.filter((group) => Object.keys(group).length > 0);
  return meets(row, shared) && (alternatives.length === 0 || alternatives.some((group) => meets(row, group)));
}

function meets(row: MessageRow, filter: FilterGroup): boolean {
  const { parties, threads, time, not } = filter;
  if (parties !== undefined && !stands(row, parties, filter.partySide)) return false;
  if (threads !== undefined && !threads.includes(row.threadId)) return false;
  const at = row.utcMs ?? 0;
  if (time !== undefined && (at < (time.fromMs ?? -Infinity) || at >= (time.toMs ?? Infinity))) return false;
  if (not?.parties !== undefined && stands(row, not.parties, not.partySide)) return false;
  if (not?.threads?.includes(row.threadId)) return false;
  return true;
}

function facet(
  rows: readonly MessageRow[],
  value: (row: MessageRow) => number,
  label: (row: MessageRow) => string
): FacetValue[] {
  const found = new Map<number, FacetValue>();
  for (const row of rows) {
    const key = value(row);
    found.set(key, { value: key, label: label(row), count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}

/** A row with machine text has it from one model, and an older line from another. */
function versionsOf(row: MessageRow): MessageDetail['versions'] {
  if (row.translation === null) return [];
  const older = { text: `older machine ${row.id}`, modelId: 'older-model', modelSha256Hex: 'ef'.repeat(32) };
  const newer = { text: row.translation, modelId: row.modelId ?? 'toy', modelSha256Hex: 'cd'.repeat(32) };
  return [
    {
      kind: 'machine',
      ...older,
      flags: 0,
      otherReading: null,
      byItself: null,
      meanLogProb: -0.9,
      madeAtMs: null,
      isShown: false
    },
    {
      kind: 'machine',
      ...newer,
      flags: row.flags,
      otherReading: row.otherReading,
      byItself: row.byItself,
      meanLogProb: -0.2,
      madeAtMs: START,
      isShown: true
    }
  ];
}

const NETWORK: NetworkView = {
  party: Uint32Array.of(0, 1, 2),
  labels: PEOPLE,
  x: Float32Array.of(0, 1, 0.5),
  y: Float32Array.of(0, 0, 1),
  community: Int32Array.of(3, 3, 8),
  weight: Float64Array.of(5, 9, 4),
  degree: Uint32Array.of(1, 2, 1),
  pageRank: Float64Array.of(0.3, 0.4, 0.3),
  betweenness: Float64Array.of(0, 1, 0),
  betweennessExact: true,
  component: new Uint32Array(3),
  source: Uint32Array.of(0, 1),
  target: Uint32Array.of(1, 2),
  edgeWeight: Float64Array.of(5, 4),
  edgeMessages: Uint32Array.of(5, 4),
  edgeCalls: Uint32Array.of(0, 0),
  totalNodes: 7,
  totalEdges: 9,
  modularity: 0.1,
  communities: [{ id: 3, size: 2, name: 'Dana', topMembers: [{ id: 0, label: 'Dana' }], terms: ['van'] }],
  rule: { id: 'network', version: 1 },
  elapsed_ms: 1
};

/** Dana and Rosa in one address book, with one handset, and near each other. */
function otherTiesOf(kinds: readonly TieKind[]): OtherTiesView {
  const place = { path: 'contacts.db', offset: 7, unit: 'row', itemId: '7' };
  const provenance = {
    sourceId: 0,
    fileName: 'phone-a.ufdr',
    sha256Hex: 'ab'.repeat(32),
    formatId: 'ufed-xml',
    formatVersion: 1,
    ...place
  };
  const base = {
    a: { id: 0, label: PEOPLE[0] },
    b: { id: 2, label: PEOPLE[2] },
    rows: [{ words: 'Rosa (garage)', utcMs: null, timeRaw: '', provenance }],
    rowCount: 3
  };
  const ties: readonly OtherTie[] = [
    { ...base, kind: 'address-book', inBookOfA: 1, inBookOfB: 0 },
    { ...base, kind: 'shared-identifier', identifiers: [{ kind: 'handset', text: '35000000000001' }] },
    { ...base, kind: 'near', days: 6, daysOfBoth: 31, byChance: 1.2, upTo: 3, isMoreThanHabit: true }
  ];
  const shown = ties.filter(({ kind }) => kinds.includes(kind));
  return {
    ties: shown,
    of: Object.fromEntries(shown.map(({ kind }) => [kind, 1])),
    unowned: {},
    rule: { id: 'other-ties', version: 1 }
  };
}

export class FakeCase {
  /** What was asked, in order: the method's name and its arguments. */
  readonly asked: (readonly [string, ...unknown[]])[] = [];
  rows = ROWS;
  zone = 'Europe/London';
  /** Why a search cannot be written into the log; null where it can. */
  logFault: Error | null = null;
  /** An error stands for a count that fails. */
  languages: LanguageReport | Error = { rows: [], lines: 0, distinctLines: 0, elapsed_ms: 0 };
  readonly identity = new FakeIdentity();
  notes: readonly VoiceNoteRow[] = [];
  /** Superseded transcripts of every message. */
  earlier: MessageDetail['earlierTranscripts'] = [];
  offer: VoiceOffer = { matched: [], leftOut: [] };
  /** Packs of the invented device. */
  packs: readonly InstalledPack[] = [];
  /** Whether messages connect the people of a path. */
  hasTalkPath = true;
  /** Whether the search for ties that are no talk goes on until it is stopped. */
  doTiesHang = false;
  doesNetworkHang = false;
  #stopNetwork: (reason: Error) => void = () => {};
  #stopTies: (reason: Error) => void = () => {};
  /** Where above 0: a set of so many messages that no one ever holds whole. */
  huge = 0;
  #set: readonly MessageRow[] = ROWS;
  #setId = 0;

  readonly api: CaseWorkerApi = new Proxy({} as CaseWorkerApi, {
    get: (_, name: string) => {
      if (name === 'then') return undefined;
      return async (...args: unknown[]) => {
        this.asked.push([name, ...args]);
        const answer = this.#answers[name] ?? this.identity.answers[name];
        if (answer === undefined) throw new Error(`The invented case has no answer to ${name}.`);
        return answer(...(args as never[]));
      };
    }
  });

  readonly #answers: Record<string, (...args: never[]) => unknown> = {
    formats: (): string[] => ['ufed-xml', 'whatsapp-text'],
    filter: (filter: CaseFilter): FilterResult => {
      this.#set = this.rows.filter((row) => passes(row, filter));
      const counts = new Uint32Array(13);
      for (const row of this.#set) counts[Math.floor(((row.utcMs ?? START) - START) / (24 * HOUR))]! += 1;
      return {
        setId: ++this.#setId,
        total: this.huge || this.#set.length,
        of: this.huge || this.rows.length,
        facets: {
          parties: facet(
            this.#set,
            (row) => row.fromParty ?? -1,
            (row) => row.fromLabel
          ),
          threads: facet(
            this.#set,
            (row) => row.threadId,
            (row) => row.threadName
          ),
          services: [{ value: 'whatsapp', label: 'whatsapp', count: this.#set.length }],
          languages: [{ value: 'ron', label: 'ron', count: this.#set.length }],
          sources: [],
          tags: [],
          states: []
        },
        histogram: { fromMs: START - 9 * HOUR, bucketMs: 24 * HOUR, counts },
        untimed: 0,
        untried: 0,
        untranslated: this.#set.filter((row) => row.translation === null).length,
        standing: [],
        elapsed_ms: 0
      };
    },
    rows: (_: number, order: string, start: number, count: number) =>
      this.huge > 0
        ? Array.from({ length: Math.min(count, this.huge - start) }, (__, i) =>
            messageRowOf({ id: start + i, body: `original ${start + i}` })
          )
        : (order === 'time-descending' ? [...this.#set].reverse() : this.#set).slice(start, start + count),
    positionOf: (_: number, order: string, id: number) => {
      if (this.huge > 0) return id;
      const at = this.#set.findIndex((row) => row.id === id);
      return at < 0 || order !== 'time-descending' ? at : this.#set.length - 1 - at;
    },
    message: (id: number): MessageDetail | null => {
      const row = this.rows.find((one) => one.id === id);
      if (row === undefined) return null;
      const place = { path: 'report.xml', offset: 120 + id, unit: 'byte', itemId: `m-${id}` };
      return {
        ...row,
        provenance: [
          { sourceId: 0, fileName: 'phone-a.ufdr', sha256Hex: 'ab'.repeat(32), formatId: 'ufed-xml', formatVersion: 1, ...place }
        ],
        members: PEOPLE.map((label, at) => ({
          id: at,
          label,
          firstMs: null,
          lastMs: null,
          written: 0,
          periods:
            at > 0
              ? []
              : [
                  {
                    from: { utcMs: 1_709_316_000_000, timeRaw: '', byLabel: label, message: 0, fileName: 'chat.txt' },
                    until: null
                  }
                ]
        })),
        fields: [],
        tagMarks: [],
        twins: [],
        fromAccount: { service: 'whatsapp', identifier: '+447700900100' },
        meanLogProb: -0.2,
        modelSha256Hex: 'cd'.repeat(32),
        versions: versionsOf(row),
        certifiedDiff: null,
        earlierTranscripts: this.earlier
      };
    },
    parties: (filter: CaseFilter): PartyRow[] =>
      PEOPLE.map((label, id) => {
        const rows = this.rows.filter((row) => passes(row, filter));
        const sent = rows.filter((row) => row.fromParty === id).length;
        return {
          id,
          label,
          identifiers: [`+4477009001${id}0`],
          services: ['whatsapp'],
          names: [{ name: label, from: 'contact:phone-a.ufdr' }],
          isOwnerOf: id === 0 ? ['phone-a.ufdr'] : [],
          isJoined: false,
          sent: sent * (id + 1),
          received: rows.length - sent,
          calls: 0,
          callSeconds: 0,
          threads: 2,
          firstMs: START,
          lastMs: START + COUNT * HOUR,
          community: 0
        };
      }),
    network: (_: CaseFilter, __: unknown, onProgress?: (share: number) => void): Promise<NetworkView> => {
      if (!this.doesNetworkHang) return Promise.resolve(NETWORK);
      // As a large network does: told now and then, until it is stopped.
      const told = setInterval(() => onProgress?.(0.25), 50);
      return new Promise((_resolve, reject) => {
        this.#stopNetwork = (reason): void => {
          clearInterval(told);
          reject(reason);
        };
      });
    },
    cancelNetwork: () => this.#stopNetwork(new Error('Computing the network was stopped.')),
    overview: (): CaseOverview => ({
      messages: this.rows.length,
      calls: 0,
      contacts: 0,
      accounts: PEOPLE.length,
      parties: PEOPLE.length,
      threads: 2,
      locations: 0,
      generic: 0,
      sources: [SOURCE],
      firstMs: this.rows[0]?.utcMs ?? null,
      lastMs: this.rows.at(-1)?.utcMs ?? null,
      untimed: 0,
      languages: [],
      findings: [
        {
          code: 'damaged-csv',
          severity: 'refusal',
          ...told(sentence('table-row-uneven', { file: 'rows.csv', row: 3, cells: 1, width: 4 })),
          file: 'rows.csv',
          place: { path: '', offset: 3, unit: 'row' }
        }
      ],
      devices: [],
      zone: this.zone,
      origin: null,
      months: messagesByMonth(
        Float64Array.from(this.rows, (row) => row.utcMs ?? Number.NaN),
        this.zone
      )
    }),
    surveyDrop: () => ({ items: [], unread: [], files: 0, sizeBytes: 0, zips: 0 }),
    cancelSurvey: () => undefined,
    preview: (_: Blob, name: string): ImportPreview => ({
      name,
      sizeBytes: 4,
      formatId: 'phone-csv',
      formatLabel: 'Table',
      confidence: 0.9,
      alternatives: [],
      facts: [sentence('table-header-row', { row: 2 })],
      questions: [{ kind: 'zone', reason: sentence('table-ask-zone'), assumed: 'Europe/London' }],
      rows: [],
      finding: null
    }),
    fingerprint: () => ({ sha256Hex: 'ef'.repeat(32), heldAs: null }),
    setZone: (zone: string) => {
      this.zone = zone;
    },
    glossary: (): GlossaryView => this.#glossaryView(),
    changeGlossary: (request: GlossaryRequest): GlossaryAnswer => {
      const { who } = request;
      const changed =
        request.kind === 'add'
          ? this.glossary.add(request.text, who, START)
          : request.kind === 'undo'
            ? this.glossary.undo(who, START)
            : request.kind === 'remove'
              ? this.glossary.remove(request.id, who, START)
              : this.glossary.amend(request.id, request.text, who, START);
      return { fault: changed.ok ? null : changed.fault, view: this.#glossaryView() };
    },
    termUses: (_: CaseFilter, origin: 'case' | 'lexicon'): TermUse[] =>
      origin === 'case'
        ? this.glossary.terms().map(({ id, term }) => ({ origin, id: String(id), messages: 3, query: `"${term}"` }))
        : LEXICON.map(({ id, term }, i) => ({ origin, id, messages: i === 0 ? 4 : 0, query: `"${term}"` })),
    keyness: (_: CaseFilter, side: KeynessSide): KeynessView => ({
      terms: [
        {
          term: 'blue gate',
          query: '"blue gate"',
          inside: 12,
          outside: 2,
          threads: 2,
          logLikelihood: 41.5,
          logRatio: 3.2,
          percentDifference: 820,
          quotes: [0, 1]
        }
      ],
      passed: 1,
      tried: 340,
      bound: 23.1,
      insideOf: 100,
      outsideOf: 200,
      threads: 2,
      side,
      elapsed_ms: 1
    }),
    countTerms: (texts: readonly string[]): TermCount[] =>
      texts.map((text, i) =>
        text.startsWith('"') && !text.endsWith('"')
          ? {
              text,
              fault: { code: 'unclosed-quote', at: 0 },
              messages: 0,
              threads: 0,
              senders: 0,
              firstMs: null,
              lastMs: null,
              untried: 0
            }
          : { text, fault: null, messages: i, threads: i, senders: i, firstMs: START, lastMs: START, untried: 0 }
      ),
    cancelTerms: () => undefined,
    noteSearch: () => {
      if (this.logFault !== null) throw this.logFault;
    },
    searches: (): readonly CaseSearchEntry[] => this.searchesMade,
    replaySearch: (number: number): Replay => ({ number, found: [5], of: 200, withEnglish: 150 }),
    languageReport: (): LanguageReport => {
      if (this.languages instanceof Error) throw this.languages;
      return this.languages;
    },
    countWaiting: (): WaitingWork => {
      const none = { lines: 0, characters: 0, distinctLines: 0, distinctCharacters: 0 };
      return { fresh: { ...none, lines: 1 }, repeated: 0, again: [] };
    },
    repeatKnown: () => 0,
    voiceNotes: () => ({ total: this.notes.length, heard: 0, listed: this.notes }),
    untranslatedTranscripts: () => [],
    offerVoice: () => this.offer,
    path: () =>
      this.hasTalkPath ? [{ from: { id: 0, label: 'Dana' }, to: { id: 2, label: 'Rosa' }, messages: 3, calls: 1 }] : null,
    otherTies: (kinds: readonly TieKind[], onProgress: (share: number) => void): Promise<OtherTiesView> => {
      onProgress(0.5);
      if (this.doTiesHang) return new Promise((_, reject) => (this.#stopTies = reject));
      return Promise.resolve(otherTiesOf(kinds));
    },
    cancelOtherTies: () => this.#stopTies(new Error('Looking for ties was stopped.')),
    tiePath: (from: number, to: number): TieHop[] => [
      {
        from: { id: from, label: PEOPLE[from] ?? '' },
        to: { id: to, label: PEOPLE[to] ?? '' },
        messages: 0,
        calls: 0,
        others: otherTiesOf(['shared-identifier']).ties
      }
    ],
    topics: (_filter: unknown, _seed: number, pack: string | null) => ({
      topics: [
        {
          id: 0,
          terms: ['van', 'keys'],
          windows: 4,
          messages: 20,
          parties: [{ id: 0, label: 'Dana' }],
          quotes: [0, 2, 4],
          firstMs: START,
          lastMs: START + 9 * HOUR
        }
      ],
      windows: 9,
      outlierWindows: 5,
      how: {
        version: 2,
        vectors: pack === null ? 'words' : 'model',
        model: pack === null ? null : { id: 'tiny', title: 'Tiny encoder', version: '1', modelSha256Hex: pack },
        dims: 64,
        lists: { kernel: 'wasm', reach: 'exact', fault: null },
        emptyWindows: 1,
        nearWindows: 2,
        neighbours: 15,
        minSamples: 5,
        minClusterSize: 5,
        maxTopics: 40,
        nearCosine: 0.6,
        leastCohesion: 0.5,
        largestShare: 0.4,
        seed: 1
      },
      // The fourth stretch, far to the right, is of the topic; the first fits none.
      plane: {
        x: Float32Array.of(0, 1, 2, 9),
        y: Float32Array.of(0, 1, 0, 0),
        topic: Int32Array.of(-1, 0, 0, 0),
        message: Uint32Array.of(1, 2, 3, 6)
      },
      elapsed_ms: 1
    })
  };

  readonly searchesMade: CaseSearchEntry[] = [];
  readonly glossary = new Glossary();

  #glossaryView(): GlossaryView {
    const { version, changes, undoable } = this.glossary;
    return { version, terms: this.glossary.terms(), changes: changes.toReversed(), undoable };
  }

  /** Ids that views asked to have translated first, newest call last. */
  readonly wanted: (readonly number[])[] = [];

  open(): OpenCase {
    const engines: Engines = {
      startCaseWorker: () => ({ api: this.api, end: () => undefined }),
      startTranslation: () => ({
        pause: () => undefined,
        resume: () => undefined,
        cancel: () => undefined,
        wantFirst: (ids) => this.wanted.push(ids),
        ended: new Promise(() => undefined)
      }),
      warmTranslation: () => ({ trial: Promise.resolve([]), take: () => Promise.resolve(null), end: () => undefined }),
      translationWorkers: () => 1,
      startTranscription: () => ({
        pause: () => undefined,
        resume: () => undefined,
        cancel: () => undefined,
        ended: new Promise(() => undefined)
      }),
      startPackKeeper: () => ({
        list: () => Promise.resolve([...this.packs]),
        take: () => Promise.reject(new Error('The invented device takes no packs.')),
        tryAgain: () => Promise.reject(new Error('The invented device has no packs.')),
        tryEmbedded: () => Promise.reject(new Error('The invented device tries nothing.')),
        remove: () => Promise.resolve(),
        end: () => undefined
      }),
      embeddedModels: () => Promise.resolve([])
    };
    const listing = { id: 'x1', label: 'Invented', createdAtMs: 0, isSample: true };
    return new OpenCase(listing, { readOnly: false, harm: UNHARMED }, this.api, engines, new ModelState(engines));
  }
}
