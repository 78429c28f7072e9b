/** What a session is made of: the parts of a saved case, and where its changes go. */
import type { LendCard } from '../analysis/topics/lists.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { Glossary } from '../language/glossary.ts';
import type { AttributionLog } from '../records/attribution-log.ts';
import type { CertifiedLog } from '../records/certified-log.ts';
import type { IdentityLog } from '../records/identity-log.ts';
import type { SubsetOrigin } from '../records/origin.ts';
import type { SearchLog } from '../records/search-log.ts';
import type { TagLog } from '../records/tag-log.ts';
import type { ReadAhead } from './read-ahead.ts';
import type { Surrounding } from './searches-contract.ts';
import type { IndexShelf } from './stored-index.ts';
import type { Transcripts } from './transcripts.ts';
import type { SheetWriter } from './translator-desk.ts';
import type { Translations } from './translations.ts';
import type { EmbedTexts } from './window-vectors.ts';

/** Where changes of a case are kept; null in a terminal and in a window that only reads. */
export interface Keeper {
  /** Resolves once the block is on disk. */
  put(kind: string, bytes: Uint8Array): Promise<void>;
}

export interface SessionParts {
  readonly store: EvidenceStore;
  readonly translations: Translations;
  /** Human translations; none where the case has none yet. */
  readonly certified?: CertifiedLog;
  /** Decisions about persons; none where the case has none yet. */
  readonly identity?: IdentityLog;
  /** Searches that were made; none where the case has none yet. */
  readonly searches?: SearchLog<Surrounding>;
  /** What was heard in voice notes; none where the case has none yet. */
  readonly transcripts?: Transcripts;
  /** Tags on messages; none where the case has none yet. */
  readonly tags?: TagLog;
  /** To whom handsets, cards and numbers are attributed; none where the case has none yet. */
  readonly attributions?: AttributionLog;
  /** Absent where a case begins. */
  readonly glossary?: Glossary;
  readonly keeper: Keeper | null;
  /** Where the search index lies on disk; null or absent where it is kept in memory alone. */
  readonly shelf?: IndexShelf | null;
  /** Zone in which the case shows times; the assumed one until an officer chose. */
  readonly zone?: string;
  /** Of a case that is a part of another; null for any other case. */
  readonly origin?: SubsetOrigin | null;
  /** Makes a translator's documents; in this thread where nothing else is given. */
  readonly writeSheet?: SheetWriter;
  /** Readings of files that were begun before their imports; absent where every file is read in its turn. */
  readonly ahead?: Pick<ReadAhead, 'take'>;
  /** A graphics card for one calculation; absent where none is looked for. */
  readonly card?: LendCard | null;
  /** Runs sentence encoders of this device; absent where none can be run. */
  readonly embed?: EmbedTexts | null;
  /** The device's clock, milliseconds since 1970. */
  readonly clock: () => number;
}
