/** A case in memory for benchmarks of what is asked of an open one: a generated UFDR, read as the app reads it. */
import { openAsBlob } from 'node:fs';
import { ufedXml } from '../../src/lib/formats/ufed-xml/index.ts';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { ingest } from '../../src/lib/pipeline/ingest.ts';
import { SearchDesk } from '../../src/lib/pipeline/search-desk.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Transcripts } from '../../src/lib/pipeline/transcripts.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { CertifiedLog } from '../../src/lib/records/certified-log.ts';
import { generatedUfdr } from './ufdr.ts';

/** Languages are dealt out in turn: the filter asks for their counts, not for what was understood. */
const LANGUAGES = ['ron', 'spa', 'por', 'fra', 'ita', 'eng'];

/** A session over `messages` messages with a language at each, as after a first look at all of them. */
export async function sessionOf(messages: number): Promise<CaseSession> {
  const path = await generatedUfdr(messages);
  const blob = await openAsBlob(path);
  const store = new EvidenceStore();
  const options = { zone: 'Europe/London', region: 'GB', owner: null };
  const { failure } = await ingest(
    store,
    { input: { name: path, sizeBytes: blob.size, blob }, format: ufedXml, options, facts: [], nowMs: 0 },
    () => {},
    new AbortController().signal
  );
  if (failure !== null) throw new Error(failure.message);
  const translations = new Translations();
  translations.extend(store.messages.length);
  const lines = Array.from({ length: store.messages.length }, (_, messageId) => ({
    messageId,
    language: LANGUAGES[messageId % LANGUAGES.length] as string,
    text: null,
    flags: 0,
    meanLogProb: 0,
    model: null
  }));
  translations.put(lines, 0);
  return new CaseSession({ store, translations, keeper: null, clock: () => 0 });
}

/** A search desk of its own over a session's evidence. */
export const deskOf = ({ store, translations }: CaseSession): SearchDesk =>
  new SearchDesk(store, translations, new CertifiedLog(), new Transcripts());
