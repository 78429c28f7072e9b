/** Wiring of the case worker: the vault's blocks into a session, and the session's changes into blocks. */
import { expose } from 'comlink';
import { FORMATS } from '../formats/registry.ts';
import type { CaseApi } from '../pipeline/contract.ts';
import type { CrossCaseApi, LinkRow } from '../pipeline/crosscase-contract.ts';
import { NO_INDEX } from '../pipeline/search-desk.ts';
import { CaseSession } from '../pipeline/session.ts';
import type { Keeper } from '../pipeline/session-parts.ts';
import { ReadAhead } from '../pipeline/read-ahead.ts';
import { SavedCase } from '../pipeline/saved-case.ts';
import type { AuditLine } from '../vault/audit/line.ts';
import type { AuditTrail } from '../vault/audit/trail.ts';
import type { BlockStore } from '../vault/blocks.ts';
import { Vault, type Opener } from '../vault/cases.ts';
import type { SlotOwner } from '../vault/keys.ts';
import { opfsDisk } from '../vault/segments/opfs.ts';
import { beginWorker } from './begin.ts';
import { audited } from './audited.ts';
import { AUDIT_BLOCK, openAudit, zipAudit, type CaseAudit } from './case-audit.ts';
import { backupStanding, lookAtFile, makeCaseFile, restoreFile } from './case-files.ts';
import type { CaseWorkerApi, LoadProgress, OpenResult } from './case.contract.ts';
import { CrossCases } from './crosscase.ts';
import { embedApart } from './embed.ts';
import { writeSheetApart } from './documents.ts';
import { lendCard } from './graphics.ts';
import { HeadRelay } from './head-relay.ts';
import { ImportDesk } from './import-desk.ts';
import { limitsOfDevice, readerApart } from './reading.ts';
import { undoOf } from './undo.ts';

beginWorker();

const clock = (): number => Date.now();
/** Longer than it takes to ask for the first rows, shorter than it takes to think of a search. */
const WARM_AFTER_MS = 1500;
const heads = new HeadRelay();
const vault = opfsDisk().then((disk) => Vault.open(clock, undefined, { disk, heads }));

interface Opened {
  readonly id: string;
  readonly session: CaseSession;
  readonly audit: CaseAudit;
  readonly blocks: BlockStore;
  readonly crossCases: CrossCases;
  /** What opened it. */
  readonly slot: SlotOwner;
  readonly desk: ImportDesk;
  readonly ahead: ReadAhead;
  atRest: CaseWorkerApi['atRest'];
  close(): void;
}
let current: Opened | null = null;

function opened(): CaseSession {
  return open().session;
}

function open(): Opened {
  if (current === null) throw new Error('No case is open.');
  return current;
}

async function openCase(id: string, opener: Opener, onProgress: (progress: LoadProgress) => void): Promise<OpenResult> {
  const unlocked = await (
    await vault
  ).unlock(id, opener.secret, opener.slotId, ({ done, total }) =>
    onProgress({ rowsDone: done, rowsTotal: total, isMoving: true })
  );
  if (!unlocked.ok) return unlocked;
  const { blocks, isReadOnly, slot, migration } = unlocked;
  const saved = new SavedCase();
  const lines: string[] = [];
  try {
    let done = 0;
    // A line of the log may have come between two blocks of an import.
    saved.expect((await blocks.kinds()).filter((kind) => kind !== AUDIT_BLOCK));
    for await (const block of blocks.readAll(({ seq, kind }) => saved.lose(seq, kind))) {
      if (block.kind === AUDIT_BLOCK) lines.push(new TextDecoder().decode(block.bytes));
      else saved.add(block.kind, block.bytes);
      onProgress({ rowsDone: ++done, rowsTotal: blocks.lastSeq });
    }
  } catch (error) {
    unlocked.close();
    if (error instanceof Error && error.name === 'BlockError') {
      return { ok: false, reason: 'damaged', message: error.message };
    }
    throw error;
  }
  // Not waited for: nobody looks at what goes.
  void unlocked.retireOlder();
  const restored = saved.finish();
  const reason = opener.reason ?? '';
  const audit = await openAudit({ vault: await vault, caseId: id, blocks, isReadOnly, slot, reason, lines, clock });
  if (migration.moved !== null) await audit.moved(migration.moved);
  const keeper: Keeper = { put: (kind, bytes) => blocks.put(kind, bytes).then(() => {}) };
  const { hardwareConcurrency, deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  const ahead = new ReadAhead(readerApart, limitsOfDevice(hardwareConcurrency, deviceMemory));
  const kept = isReadOnly ? null : keeper;
  const shelf = unlocked.derived;
  const session = new CaseSession({
    ...restored,
    keeper: kept,
    shelf,
    ahead,
    clock,
    writeSheet: writeSheetApart,
    card: lendCard,
    embed: embedApart
  });
  const crossCases = new CrossCases({
    caseId: id,
    store: restored.store,
    exchanges: restored.exchanges,
    vault: await vault,
    audit,
    clock,
    keep: isReadOnly ? null : (kind, bytes) => keeper.put(kind, bytes)
  });
  // Only once the first messages are on the screen: a case of a million has seconds of work here.
  setTimeout(() => void session.warm(), WARM_AFTER_MS);
  const close = (): void => {
    ahead.close();
    audit.end();
    unlocked.close();
  };
  current = {
    id,
    session,
    audit,
    crossCases,
    blocks,
    slot,
    desk: new ImportDesk(session, unlocked.staged),
    ahead,
    atRest: async () => ({ ...(await blocks.size()), isInFiles: unlocked.isInFiles, index: session.indexStanding() }),
    close
  };
  const { lost } = saved;
  const harm = { mended: blocks.mended.length, lost, beyond: blocks.beyond, stays: migration.stays };
  return { ok: true, readOnly: isReadOnly, harm };
}

/** The questions of the open case, each handed to its session. */
const questions: CaseApi = {
  surveyDrop: (...args) => opened().surveyDrop(...args),
  cancelSurvey: () => opened().cancelSurvey(),
  preview: (...args) => opened().preview(...args),
  fingerprint: (...args) => opened().fingerprint(...args),
  importFile: (...args) => open().desk.importFile(...args),
  cancelImport: () => open().desk.cancel(),
  overview: () => opened().overview(),
  setZone: (...args) => opened().setZone(...args),
  filter: (...args) => opened().filter(...args),
  rows: (...args) => opened().rows(...args),
  positionOf: (...args) => opened().positionOf(...args),
  message: (...args) => opened().message(...args),
  parties: (...args) => opened().parties(...args),
  calls: (...args) => opened().calls(...args),
  network: (...args) => opened().network(...args),
  cancelNetwork: () => opened().cancelNetwork(),
  path: (...args) => opened().path(...args),
  otherTies: (...args) => opened().otherTies(...args),
  cancelOtherTies: () => opened().cancelOtherTies(),
  tiePath: (...args) => opened().tiePath(...args),
  topics: (...args) => opened().topics(...args),
  cancelTopics: () => opened().cancelTopics(),
  patterns: (...args) => opened().patterns(...args),
  cancelPatterns: () => opened().cancelPatterns(),
  structure: (...args) => opened().structure(...args),
  cancelStructure: () => opened().cancelStructure(),
  timeline: (...args) => opened().timeline(...args),
  cancelTimeline: () => opened().cancelTimeline(),
  places: (...args) => opened().places(...args),
  cancelPlaces: () => opened().cancelPlaces(),
  phones: (...args) => opened().phones(...args),
  cancelPhones: () => opened().cancelPhones(),
  untranslated: (...args) => opened().untranslated(...args),
  conversationSamples: (...args) => opened().conversationSamples(...args),
  translateAgain: (...args) => opened().translateAgain(...args),
  countWaiting: (...args) => opened().countWaiting(...args),
  repeatKnown: (...args) => opened().repeatKnown(...args),
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
  makeRequest: async (choice, options) => {
    const { session, audit } = open();
    const auditRoot = await audit.trail?.root();
    return session.makeRequest(choice, { ...options, ...(auditRoot === undefined ? {} : { auditRoot }) });
  },
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
  personAccounts: (...args) => opened().personAccounts(...args),
  useLanes: (...args) => opened().useLanes(...args),
  cancelUseLanes: () => opened().cancelUseLanes(),
  attributions: () => opened().attributions(),
  changeAttributions: (...args) => opened().changeAttributions(...args),
  countTerms: (...args) => opened().countTerms(...args),
  cancelTerms: () => opened().cancelTerms(),
  noteSearch: (...args) => opened().noteSearch(...args),
  searches: () => opened().searches(),
  replaySearch: (...args) => opened().replaySearch(...args),
  tags: () => opened().tags(),
  changeTags: (request) => opened().changeTags(request, open().audit.who),
  tagCounts: (...args) => opened().tagCounts(...args)
};

/** How a change of slots stands in the audit log. */
const SLOT_WORDS = {
  rewrite: 'passphrase changed',
  add: 'key slot added',
  'add-passkey': 'passkey added',
  remove: 'key slot removed',
  'renew-recovery': 'recovery key renewed'
} as const;

/** Lines that a page shows; all of them go into the export. */
const SHOWN_LINES = 500;

const asked = audited(questions, () => open().audit.sink);

/** The log as it stands, oldest line first. */
async function linesOf(trail: AuditTrail): Promise<AuditLine[]> {
  return (await trail.lines()).map((line) => JSON.parse(line) as AuditLine);
}

function read(links: readonly LinkRow[]): readonly LinkRow[] {
  if (links.length > 0) open().audit.sink.group('consultation', 'identifiers that two cases hold', links.length);
  return links;
}

/** Asked of the open case's desk. Its lines of the audit log are its own, see jobs/crosscase.ts. */
const crossCases: CrossCaseApi = {
  identifierSum: () => open().crossCases.desk.identifierSum(),
  comparisons: () => open().crossCases.desk.comparisons(),
  links: async (...args) => read(await open().crossCases.desk.links(...args)),
  closeComparison: (...args) => open().crossCases.desk.closeComparison(...args),
  exchanges: () => open().crossCases.desk.exchanges(),
  requestExchange: (...args) => open().crossCases.desk.requestExchange(...args),
  openExchangeFile: (...args) => open().crossCases.desk.openExchangeFile(...args),
  answerExchange: (...args) => open().crossCases.desk.answerExchange(...args),
  finishExchange: (...args) => open().crossCases.desk.finishExchange(...args),
  exchangeLinks: async (...args) => read(await open().crossCases.desk.exchangeLinks(...args)),
  cancelCrossCase: () => open().crossCases.cancel()
};

const api: CaseWorkerApi = {
  ...asked,
  ...crossCases,
  formats: () => Promise.resolve(FORMATS.map(({ id }) => id)),
  readAhead: (...args) => open().ahead.readAhead(...args),
  async stopReadingAhead(number) {
    const { ahead, desk } = open();
    await Promise.all([ahead.stopReadingAhead(number), desk.leave(number)]);
  },
  compareWith: (...args) => open().crossCases.compare(...args),
  async list() {
    const cases = await (await vault).list();
    return cases.map(({ id, label, createdAtMs, isSample }) => ({ id, label, createdAtMs, isSample }));
  },
  async create(label, first, isSample) {
    const made = await (await vault).create(label, first, isSample);
    const result = await openCase(made.id, { secret: { passphrase: first.passphrase }, slotId: null }, () => {});
    if (!result.ok) throw new Error(result.message);
    return made;
  },
  open: openCase,
  async lock() {
    const closing = current;
    current = null;
    try {
      await closing?.audit.trail?.checkpoint();
    } finally {
      closing?.close();
    }
  },
  layAside: (...args) => open().desk.layAside(...args),
  roomForCopies: () => open().desk.roomForCopies(),
  stoppedImports: () => open().desk.stopped(),
  // By the question of any import, so that the audit log has its line.
  resumeImport: (number, onProgress) => open().desk.resume(number, asked.importFile, onProgress),
  leaveStopped: (...args) => open().desk.leaveStopped(...args),
  slots: async (id) => (await vault).slots(id),
  async changeSlots(secret, change) {
    const { id, audit, slot } = open();
    // A passphrase is that of whoever sits here: one derivation, and the log names the right person.
    const isTyped = slot.kind === 'passphrase' || slot.kind === 'supervisor';
    const slotId = 'passphrase' in secret && isTyped ? slot.id : null;
    const answer = await (await vault).changeSlots(id, { secret, slotId }, change);
    const whose = 'name' in change ? `: ${change.name}` : '';
    if (answer.ok) await audit.sink.note('alteration', `${SLOT_WORDS[change.kind]}${whose}`, 1);
    return answer;
  },
  async newPasskey() {
    const slotId = crypto.randomUUID();
    return { slotId, input: await (await vault).passkeyInput(open().id, slotId) };
  },
  async audit() {
    const { trail, verdict } = open().audit;
    if (trail === null) return null;
    const lines = await trail.lines();
    const shown = lines.slice(-SHOWN_LINES).reverse();
    const log = await linesOf(trail);
    const undoable = log.slice(-SHOWN_LINES).flatMap(({ seq }) => (undoOf(seq, log) === null ? [] : [seq]));
    const { reason } = trail;
    return { size: lines.length, root: await trail.root(), reason, lines: shown, undoable, verdict: await verdict };
  },
  async undoStep(seq) {
    const { trail, who } = open().audit;
    const undo = trail === null ? null : undoOf(seq, await linesOf(trail));
    if (undo === null) throw new RangeError(`Line ${seq} cannot be taken back.`);
    await undo(asked, who);
  },
  changeReason: (reason) => open().audit.changeReason(reason),
  async exportAudit() {
    const { trail } = open().audit;
    if (trail === null) return null;
    const { lines, checkpoint } = await trail.exported('audit log');
    return { name: `audit-${checkpoint.root.slice(0, 12)}.zip`, bytes: await zipAudit(lines, checkpoint) };
  },
  makeCaseFile: async (target, wish, onProgress) =>
    makeCaseFile({ ...open(), vault: await vault, clock }, target, wish, onProgress),
  async backupStanding() {
    const { trail } = open().audit;
    return trail === null ? null : backupStanding(await linesOf(trail));
  },
  lookAtFile,
  async restoreFile(file, opener, onProgress) {
    const restored = await restoreFile(await vault, file, opener, onProgress);
    if (!restored.ok) return restored;
    const { id, label, recoveryKey, root } = restored;
    // A slot of the file is none of the case: its passphrase has a new slot there, and opens it as the only one.
    const result = await openCase(id, recoveryKey === null ? opener : { ...opener, slotId: null }, () => {});
    if (!result.ok) throw new Error(result.message);
    await open().audit.sink.note('collection', `case restored from a case file, root ${root}`, restored.blocks);
    return { ok: true, id, label, recoveryKey };
  },
  disclosed: (what, n) => open().audit.sink.note('disclosure', what, n),
  async remove(id, who) {
    await (await vault).erase(id, who);
  },
  erased: async () => (await vault).erased(),
  memory: () => Promise.resolve(current?.session.memory() ?? []),
  atRest: () => current?.atRest() ?? Promise.resolve({ blocks: 0, bytes: 0, isInFiles: false, index: NO_INDEX })
};

expose({ ...api, attachHeads: (page: Parameters<HeadRelay['attach']>[0]) => heads.attach(page) });
