/** Suggestions of an invented case: two pairs, one of them weak, and decisions that are kept in memory. */
import type { AttributionAnswer, AttributionRequest, AttributionRow } from '../../src/lib/pipeline/attribution-contract.ts';
import type {
  DecisionRow,
  IdentityAnswer,
  IdentityParty,
  IdentityRequest,
  PersonAccounts,
  SuggestionCounts,
  SuggestionPart,
  SuggestionRow
} from '../../src/lib/pipeline/identity-contract.ts';
import type { UseLanesView } from '../../src/lib/pipeline/lanes-contract.ts';

const party = (id: number, label: string): IdentityParty => ({
  party: id,
  label,
  identifiers: [`+4477009001${id}0`],
  services: ['whatsapp'],
  files: ['phone-a.ufdr']
});

const entry = (name: string) => ({
  name,
  file: 'phone-a.ufdr',
  isContact: true,
  identifiers: ['+447700900100', '+447700900110'],
  place: { path: 'report.xml', offset: 7, unit: 'element' as const }
});

const PAIRS: readonly SuggestionRow[] = [
  {
    a: party(0, 'Dana'),
    b: party(1, 'Ilie'),
    reasonsFor: [
      { kind: 'one-entry', entry: entry('D & I') },
      {
        kind: 'takes-over',
        earlier: { party: 0, label: 'Dana' },
        later: { party: 1, label: 'Ilie' },
        contacts: [{ party: 2, label: 'Rosa', lastEarlierMs: Date.UTC(2025, 2, 1), firstLaterMs: Date.UTC(2025, 2, 3) }],
        of: 2,
        silentFromMs: Date.UTC(2025, 2, 2),
        firstMs: Date.UTC(2025, 2, 3)
      }
    ],
    reasonsAgainst: [{ kind: 'wrote-to-each-other', count: 4 }],
    isShown: true,
    decision: null,
    isJoinedByOthers: false
  },
  {
    a: party(1, 'Ilie'),
    b: party(2, 'Rosa'),
    reasonsFor: [{ kind: 'number-given', messageId: 3, speaker: { party: 1, label: 'Ilie' } }],
    reasonsAgainst: [],
    isShown: false,
    decision: null,
    isJoinedByOthers: false
  }
];

const use = (offset: number, utcMs: number) => ({
  what: 'record' as const,
  utcMs,
  timeRaw: new Date(utcMs).toISOString(),
  provenance: {
    sourceId: 0,
    fileName: 'cdr.csv',
    sha256Hex: 'ab'.repeat(32),
    formatId: 'cdr-csv',
    formatVersion: 1,
    path: '',
    offset,
    unit: 'row',
    itemId: ''
  }
});
const MARCH = { fromMs: Date.UTC(2025, 2, 1), toMs: Date.UTC(2025, 2, 9), uses: 4 };
const files = { services: [], files: ['cdr.csv'], ownOf: [], stated: [], undated: 0, byTurnsWith: [] };

/** One handset with a number, and two cards that a file about its device alone names with that number. */
const LANES: UseLanesView = {
  lanes: [
    {
      ...files,
      kind: 'handset',
      text: '35000000000001',
      person: null,
      dated: 4,
      spans: [MARCH],
      together: [{ lane: 1, uses: 4, fromMs: MARCH.fromMs, toMs: MARCH.toMs }],
      examples: [use(2, MARCH.fromMs), use(9, MARCH.toMs)]
    },
    {
      ...files,
      kind: 'number',
      text: '+447700900100',
      services: ['whatsapp'],
      person: { party: 0, label: 'Dana' },
      ownOf: ['phone-a.ufdr'],
      stated: [{ file: 'phone-a.ufdr', words: 'MSISDN: +447700900100 (Last known use: <b>May</b>)' }],
      dated: 0,
      spans: [],
      together: [
        { lane: 0, uses: 4, fromMs: MARCH.fromMs, toMs: MARCH.toMs },
        { lane: 2, uses: 0, fromMs: null, toMs: null },
        { lane: 3, uses: 0, fromMs: null, toMs: null }
      ],
      examples: []
    },
    ...['001010123456789', '001010999999999'].map((text) => ({
      ...files,
      kind: 'sim' as const,
      text,
      person: null,
      dated: 0,
      spans: [],
      together: [{ lane: 1, uses: 0, fromMs: null, toMs: null }],
      examples: []
    }))
  ],
  fromMs: MARCH.fromMs,
  toMs: MARCH.toMs,
  rule: { id: 'lanes', version: 1 },
  elapsed_ms: 1
};

export class FakeIdentity {
  readonly decisions: DecisionRow[] = [];
  /** Where set: why the next decision is refused. */
  fault: Extract<IdentityAnswer, { ok: false }>['fault'] | null = null;

  readonly attributions: AttributionRow[] = [];
  /** Where set: why the next attribution is refused. */
  attributionFault: Omit<Extract<AttributionAnswer, { ok: false }>, 'ok'> | null = null;

  readonly answers: Record<string, (...args: never[]) => unknown> = {
    identitySuggestions: (): SuggestionCounts => ({
      shown: 1,
      weaker: 1,
      waitsForImport: false,
      rule: { id: 'identity', version: 1 },
      elapsed_ms: 1
    }),
    cancelIdentity: () => undefined,
    suggestionRows: (part: SuggestionPart, start: number, count: number): SuggestionRow[] =>
      PAIRS.filter(({ isShown }) => isShown === (part === 'shown'))
        .slice(start, start + count)
        .map((row) => ({ ...row, decision: this.#standing(row.a.party, row.b.party) })),
    decideIdentity: ({ kind, a, b, by, words }: IdentityRequest): IdentityAnswer => {
      const row = PAIRS.find((pair) => pair.a.party === a && pair.b.party === b);
      if (row === undefined) throw new RangeError('no such pair');
      if (this.fault !== null) return { ok: false, fault: this.fault, decision: null };
      const { reasonsFor, reasonsAgainst } = row;
      const number = this.decisions.length + 1;
      const said = { number, kind, decidedAtMs: Date.UTC(2025, 10, 25), decidedBy: by, words, undone: null };
      const decision: DecisionRow = { ...said, a: row.a, b: row.b, reasonsFor, reasonsAgainst };
      this.decisions.push(decision);
      return { ok: true, decision };
    },
    undoIdentity: (number: number, by: string, words: string) => {
      const at = this.decisions.findIndex((one) => one.number === number);
      this.decisions[at] = { ...this.decisions[at]!, undone: { atMs: Date.UTC(2025, 10, 26), by, words } };
    },
    identityHistory: () => this.decisions.toReversed(),
    useLanes: (): UseLanesView => LANES,
    cancelUseLanes: () => undefined,
    attributions: () => this.attributions.toReversed(),
    changeAttributions: (request: AttributionRequest): AttributionAnswer => {
      if (this.attributionFault !== null) return { ok: false, ...this.attributionFault };
      if (request.kind === 'withdraw') {
        const { number, by, words } = request;
        const row = { ...this.attributions[number - 1]!, withdrawn: { atMs: Date.UTC(2025, 10, 26), by, words } };
        this.attributions[number - 1] = row;
        return { ok: true, row };
      }
      const { thing, person, fromMs, untilMs, source, by } = request;
      const whom = 'words' in person ? { name: person.words, party: null } : { name: 'of the case', party: person.party };
      const said = { thing, ...whom, fromMs, untilMs, source, madeAtMs: Date.UTC(2025, 10, 25), madeBy: by, withdrawn: null };
      const row: AttributionRow = { number: this.attributions.length + 1, ...said };
      this.attributions.push(row);
      return { ok: true, row };
    },
    personAccounts: (id: number): PersonAccounts => ({
      accounts: [{ service: 'whatsapp', identifier: `+4477009001${id}0`, files: ['phone-a.ufdr'] }],
      decisions: this.decisions.filter(({ kind, undone }) => kind === 'confirm' && undone === null)
    })
  };

  #standing(a: number, b: number): DecisionRow | null {
    return this.decisions.findLast((one) => one.undone === null && one.a.party === a && one.b.party === b) ?? null;
  }
}
