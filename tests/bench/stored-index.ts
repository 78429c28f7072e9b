/**
 * The search index built from messages against the one that lies sealed on disk, opened and held against the texts: what
 * the case worker does when a case is opened. Files lie in memory here, so the disk's own time is not in it.
 */
import { BlockStore } from '../../src/lib/vault/blocks.ts';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
