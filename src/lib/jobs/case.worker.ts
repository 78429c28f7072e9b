/** Wiring of the case worker: the vault's blocks into a session, and the session's changes into blocks. */
import { expose } from 'comlink';
import type { CaseApi } from '../pipeline/contract.ts';
import { CaseSession } from '../pipeline/session.ts';
import type { Keeper } from '../pipeline/session-parts.ts';
import { SavedCase } from '../pipeline/saved-case.ts';
import { Vault } from '../vault/cases.ts';
import { closeWaysOut } from '../vault/lockdown.ts';
import { installDefaultPolicy } from '../vault/trusted-types.ts';
import type { CaseWorkerApi, LoadProgress, OpenResult } from './case.contract.ts';
import { writeSheetApart } from './documents.ts';

closeWaysOut(globalThis);
installDefaultPolicy();

const clock = (): number => Date.now();
/** Longer than it takes to ask for the first rows, shorter than it takes to think of a search. */
const WARM_AFTER_MS = 1500;
const vault = Vault.open(clock);

let session: CaseSession | null = null;
let closeCase: (() => void) | null = null;
let atRest: (() => Promise<{ blocks: number; bytes: number }>) | null = null;

function opened(): CaseSession {
  if (session === null) throw new Error('No case is open.');
  return session;
}

async function openCase(
  id: string,
  secret: { passphrase: string } | { recoveryKey: string },
  onProgress: (progress: LoadProgress) => void
): Promise<OpenResult> {
  const unlocked = await (await vault).unlock(id, secret);
  if (!unlocked.ok) return unlocked;
  const { blocks, isReadOnly } = unlocked;
  const saved = new SavedCase();
  try {
    let done = 0;
    saved.expect(await blocks.kinds());
    for await (const block of blocks.readAll()) {
      saved.add(block.kind, block.bytes);
      onProgress({ rowsDone: ++done, rowsTotal: blocks.lastSeq });
    }
  } catch (error) {
    unlocked.close();
    if (error instanceof Error && (error.name === 'DamagedBlock' || error.name === 'BlockError')) {
      return { ok: false, reason: 'damaged', message: error.message };
    }
    throw error;
  }
  const restored = saved.finish();
  const keeper: Keeper = { put: (kind, bytes) => blocks.put(kind, bytes).then(() => {}) };
  session = new CaseSession({ ...restored, keeper: isReadOnly ? null : keeper, clock, writeSheet: writeSheetApart });
  // Only once the first messages are on the screen: a case of a million has seconds of work here.
  const warmed = session;
  setTimeout(() => void warmed.warm(), WARM_AFTER_MS);
  closeCase = unlocked.close;
  atRest = () => blocks.size();
  return { ok: true, readOnly: isReadOnly };
}

/** The questions of the open case, each handed to its session. */
const questions: CaseApi = {
  preview: (...args) => opened().preview(...args),
  fingerprint: (...args) => opened().fingerprint(...args),
  importFile: (...args) => opened().importFile(...args),
  cancelImport: () => opened().cancelImport(),
  overview: () => opened().overview(),
  setZone: (...args) => opened().setZone(...args),
  filter: (...args) => opened().filter(...args),
  rows: (...args) => opened().rows(...args),
  positionOf: (...args) => opened().positionOf(...args),
  message: (...args) => opened().message(...args),
  parties: (...args) => opened().parties(...args),
  calls: (...args) => opened().calls(...args),
  network: (...args) => opened().network(...args),
  path: (...args) => opened().path(...args),
  topics: (...args) => opened().topics(...args),
  patterns: (...args) => opened().patterns(...args),
  cancelPatterns: () => opened().cancelPatterns(),
  timeline: (...args) => opened().timeline(...args),
  cancelTimeline: () => opened().cancelTimeline(),
  places: (...args) => opened().places(...args),
  cancelPlaces: () => opened().cancelPlaces(),
  untranslated: (...args) => opened().untranslated(...args),
  translateAgain: (...args) => opened().translateAgain(...args),
  countWaiting: (...args) => opened().countWaiting(...args),
  languageReport: () => opened().languageReport(),
  glossary: () => opened().glossary(),
  changeGlossary: (...args) => opened().changeGlossary(...args),
  takeInGlossary: (...args) => opened().takeInGlossary(...args),
  termUses: (...args) => opened().termUses(...args),
  keyness: (...args) => opened().keyness(...args),
  cancelKeyness: () => opened().cancelKeyness(),
  storeTranslations: (...args) => opened().storeTranslations(...args),
  voiceNotes: () => opened().voiceNotes(),
  offerVoice: (...args) => opened().offerVoice(...args),
  cancelVoice: () => opened().cancelVoice(),
  voiceAudio: (...args) => opened().voiceAudio(...args),
  storeTranscript: (...args) => opened().storeTranscript(...args),
  untranslatedTranscripts: (...args) => opened().untranslatedTranscripts(...args),
  storeTranscriptEnglish: (...args) => opened().storeTranscriptEnglish(...args),
  planRequest: (...args) => opened().planRequest(...args),
  makeRequest: (...args) => opened().makeRequest(...args),
  readReturned: (...args) => opened().readReturned(...args),
  returnedLines: (...args) => opened().returnedLines(...args),
  takeIn: (...args) => opened().takeIn(...args),
  withdrawIntake: (...args) => opened().withdrawIntake(...args),
  translatorHistory: () => opened().translatorHistory(),
  identitySuggestions: (...args) => opened().identitySuggestions(...args),
  cancelIdentity: () => opened().cancelIdentity(),
  suggestionRows: (...args) => opened().suggestionRows(...args),
  decideIdentity: (...args) => opened().decideIdentity(...args),
  undoIdentity: (...args) => opened().undoIdentity(...args),
  identityHistory: () => opened().identityHistory(),
  personAccounts: (...args) => opened().personAccounts(...args)
};

const api: CaseWorkerApi = {
  ...questions,
  async list() {
    const cases = await (await vault).list();
    return cases.map(({ id, label, createdAtMs, isSample }) => ({ id, label, createdAtMs, isSample }));
  },
  async create(label, passphrase, isSample) {
    const made = await (await vault).create(label, passphrase, isSample);
    const result = await openCase(made.id, { passphrase }, () => {});
    if (!result.ok) throw new Error(result.message);
    return made;
  },
  open: openCase,
  lock() {
    closeCase?.();
    session = null;
    closeCase = null;
    atRest = null;
    return Promise.resolve();
  },
  async remove(id) {
    await (await vault).erase(id);
  },
  memory: () => Promise.resolve(session?.memory() ?? []),
  atRest: () => atRest?.() ?? Promise.resolve({ blocks: 0, bytes: 0 })
};

expose(api);
