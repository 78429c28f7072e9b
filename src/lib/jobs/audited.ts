/**
 * The questions of an open case, each with what the audit log says of it. Every question has a row here, so that a new
 * one cannot be added without a decision. See [Note: Audit log] in vault/audit/line.ts.
 */
import type { CaseApi, MessageRow } from '../pipeline/contract.ts';
import type { Operation } from '../vault/audit/line.ts';

/** Where steps go: the trail of this window, or that of the window which writes. */
export interface AuditSink {
  note(op: Operation, what: string, n: number): Promise<void>;
  group(op: Operation, what: string, n: number): void;
}

interface Step {
  readonly op: Operation;
  readonly what: string;
  readonly n: number;
  /** Joined with others of the same kind within a minute: reads, and what machines add line by line. */
  readonly isGrouped: boolean;
}

type Rule<K extends keyof CaseApi> = (answer: Awaited<ReturnType<CaseApi[K]>>, args: Parameters<CaseApi[K]>) => readonly Step[];

const read = (what: string, n: number): Step[] => (n === 0 ? [] : [{ op: 'consultation', what, n, isGrouped: true }]);
const step = (op: Operation, what: string, n = 1): Step[] => [{ op, what, n, isGrouped: false }];
const added = (what: string, n: number): Step[] => (n === 0 ? [] : [{ op: 'alteration', what, n, isGrouped: true }]);

/** Rows by the conversation that they stand in. */
function conversations(rows: readonly Pick<MessageRow, 'threadId'>[]): Step[] {
  const counts = new Map<number, number>();
  for (const { threadId } of rows) counts.set(threadId, (counts.get(threadId) ?? 0) + 1);
  return [...counts].flatMap(([thread, n]) => read(`conversation ${thread}`, n));
}

/** Null: nothing of the evidence is shown or changed, or another question that is logged comes before. */
export const AUDIT_RULES: { readonly [K in keyof CaseApi]: Rule<K> | null } = {
  // Names and kinds of files: no content of theirs is shown.
  surveyDrop: ({ files }) => read('what a folder or zip holds, before its import', files),
  cancelSurvey: null,
  preview: ({ rows }) => read('preview of a file before its import', rows.length),
  fingerprint: null,
  importFile: ({ source, sum }) =>
    source === null
      ? []
      : step(
          'collection',
          `file ${source.id}, SHA-256 ${source.sha256Hex}${source.inside === undefined ? '' : ', a part of that file'}, read as ${source.formatId}`,
          sum.kept
        ),
  cancelImport: null,
  // Asked for by the page itself whenever something changed: counts, shown from the moment the case is open.
  overview: null,
  setZone: (_, [zone]) => step('alteration', `zone of times ${zone}`),
  filter: ({ total }, [{ anyOf = [], ...shared }]) =>
    [shared, ...anyOf].some(({ text = '' }) => text !== '') ? read('search', total) : [],
  rows: (rows) => conversations(rows),
  positionOf: null,
  message: (row) => (row === null ? [] : conversations([row])),
  parties: (rows) => read('people', rows.length),
  calls: ({ rows }) => read('calls', rows.length),
  network: ({ labels }) => read('network of people', labels.length),
  cancelNetwork: null,
  path: (hops) => read('path between two people', hops?.length ?? 0),
  otherTies: ({ ties }) => read('ties of address books, devices and nearness', ties.length),
  cancelOtherTies: null,
  tiePath: (hops) => read('path between two people', hops?.length ?? 0),
  topics: ({ topics }) => read('topics', topics.length),
  cancelTopics: null,
  // Text for the translation workers of this device; what they make of it is logged when it is stored.
  untranslated: null,
  conversationSamples: null,
  translateAgain: null,
  storeTranslations: (_, [lines]) => added('machine translations', lines.filter(({ text }) => text !== null).length),
  glossary: null,
  changeGlossary: ({ fault, view }, [{ kind }]) =>
    fault === null ? step('alteration', `glossary version ${view.version}: ${kind}`) : [],
  takeInGlossary: ({ added: terms, view }) =>
    terms === 0 ? [] : step('alteration', `glossary version ${view.version}: terms of a file`, terms),
  termUses: null,
  keyness: ({ terms }) => read('new terms', terms.length),
  cancelKeyness: null,
  planRequest: null,
  makeRequest: ({ number, files }) => step('disclosure', `translation request ${number}`, files.length),
  readReturned: null,
  returnedLines: (lines) => read('lines that a translator sent back', lines.length),
  takeIn: ({ number, lines, fileSha256Hex }) =>
    step('alteration', `certified translation ${number} taken in, SHA-256 ${fileSha256Hex}`, lines),
  withdrawIntake: (_, [intake]) => step('alteration', `certified translation ${intake} withdrawn`),
  translatorHistory: null,
  patterns: ({ findings }) => read('patterns', findings.length),
  cancelPatterns: null,
  structure: ({ nodes }) => read('structure of the network', nodes),
  cancelStructure: null,
  timeline: ({ messages }) => read('timeline', messages),
  cancelTimeline: null,
  places: ({ places, areas }) => read('places', places.length + areas.length),
  cancelPlaces: null,
  phones: ({ pairs }) => read('pairs of phones', pairs.length),
  cancelPhones: null,
  languageReport: null,
  countWaiting: null,
  repeatKnown: (lines) => added('machine translations, as of equal texts', lines),
  identitySuggestions: null,
  cancelIdentity: null,
  suggestionRows: (rows) => read('pairs that may be one person', rows.length),
  decideIdentity: (answer, [{ kind }]) =>
    answer.ok ? step('combination', `persons, decision ${answer.decision.number}: ${kind}`) : [],
  undoIdentity: (_, [decision]) => step('combination', `persons, decision ${decision}: undo`),
  identityHistory: null,
  personAccounts: ({ accounts }) => read('accounts of a person', accounts.length),
  useLanes: ({ lanes }) => read('use of cards, handsets and numbers', lanes.length),
  cancelUseLanes: null,
  // What officers of this case wrote themselves; who had what is never in the log.
  attributions: null,
  changeAttributions: (answer, [{ kind }]) => (answer.ok ? step('combination', `attribution ${answer.row.number}: ${kind}`) : []),
  countTerms: (terms) => read('list of terms counted', terms.length),
  cancelTerms: null,
  // The search itself is logged where it is made; this is its line in the case's own log of searches.
  noteSearch: null,
  searches: null,
  replaySearch: ({ number }) => read(`search ${number} made again`, 1),
  tags: null,
  changeTags: ({ step: made }, [{ kind }]) =>
    made === null ? [] : step('alteration', `tags version ${made.version}: ${kind}, tag ${made.tag}`, Math.max(1, made.messages)),
  tagCounts: null,
  voiceNotes: ({ listed }) => read('voice notes', listed.length),
  offerVoice: null,
  cancelVoice: null,
  voiceAudio: null,
  storeTranscript: () => added('machine transcripts', 1),
  untranslatedTranscripts: null,
  storeTranscriptEnglish: (_, [inputs]) => added('machine translations of transcripts', inputs.length)
};

/** The same questions; an answer is given once the log holds what it has to say of it. */
export function audited(questions: CaseApi, sink: () => AuditSink): CaseApi {
  const wrapped = Object.entries(AUDIT_RULES).map(([name, rule]) => {
    // The rows of the table are typed each for its own question; here they are all called alike.
    const ask = questions[name as keyof CaseApi] as (...args: unknown[]) => Promise<unknown>;
    const steps = rule as ((answer: unknown, args: readonly unknown[]) => readonly Step[]) | null;
    if (steps === null) return [name, ask];
    return [
      name,
      async (...args: unknown[]) => {
        const answer = await ask(...args);
        for (const one of steps(answer, args)) await put(sink(), one);
        return answer;
      }
    ];
  });
  return Object.fromEntries(wrapped) as CaseApi;
}

async function put(sink: AuditSink, { op, what, n, isGrouped }: Step): Promise<void> {
  if (isGrouped) return sink.group(op, what, n);
  try {
    await sink.note(op, what, n);
  } catch (error) {
    // What left the case must be in the log first: a full disk stops a disclosure, and the files are not handed out.
    if (op === 'disclosure') throw error;
    // What was done already stays done; its line waits for the disk with those of this minute.
    sink.group(op, what, n);
  }
}
