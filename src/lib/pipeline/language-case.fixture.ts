/** A small case for tests of what is known of its languages. */
import type { UtcMs } from '../evidence/ids.ts';
import { EvidenceStore } from '../evidence/store.ts';
import { CertifiedLog } from '../records/certified-log.ts';
import type { TranslationInput } from './contract.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

export const MODELS = [
  { id: 'romance-en', sha256Hex: 'a'.repeat(64) },
  { id: 'other-en', sha256Hex: 'b'.repeat(64) },
  { id: 'book-en+phrases', sha256Hex: 'c'.repeat(64) }
];
export const TEXTS = ['vin acum', 'vin la gara', 'te sun maine dimineata', 'ok', '', '😂', 'zadzwon do mnie pozniej'];

/** What was found out about a line; undefined where nobody looked. */
export interface Found {
  readonly language: string;
  readonly text: string | null;
  readonly otherReading?: string;
  readonly byItself?: string;
  readonly flags: number;
  readonly model: number;
}

export interface Line {
  /** Into TEXTS. */
  readonly text: number;
  readonly found?: Found | undefined;
  readonly isCertified?: boolean;
  /** Conversation; all in one where nothing is said. */
  readonly thread?: string;
  /** Account that writes; nobody where nothing is said. */
  readonly from?: number;
  /** When it was sent, milliseconds since 1970; no time where nothing is said. */
  readonly atMs?: number;
  /** In place of what `text` names. */
  readonly body?: string;
}

/** A case of lines with the English that stands beside them; what is stored later goes to `kept`. */
export function caseOf(lines: readonly Line[], kept?: { kind: string; bytes: Uint8Array }[]): CaseSession {
  const store = new EvidenceStore();
  for (const { text, thread: key = 'a', from = 0xffff_ffff, atMs, body = TEXTS[text] ?? '' } of lines) {
    const thread = store.directory.thread({ service: 'sms', key, isGroup: false, members: [] }, 0);
    store.messages.push({
      time:
        atMs === undefined
          ? { raw: '', utcMs: null, basis: 'unknown' }
          : { raw: String(atMs), utcMs: atMs as UtcMs, basis: 'utc-by-spec' },
      service: store.services.number('sms'),
      thread,
      from,
      to: [],
      direction: 'unknown',
      state: 0,
      confidence: 'unstated',
      body,
      attachments: 0,
      source: 0,
      place: { path: '', offset: 0, unit: 'row' },
      itemId: ''
    });
    store.copyCount.push(0);
  }
  store.commit();
  const translations = new Translations();
  translations.extend(lines.length);
  translations.put(
    lines.flatMap(({ found }, messageId): TranslationInput[] => {
      if (found === undefined) return [];
      const { model, ...line } = found;
      return [{ messageId, ...line, meanLogProb: -1, model: line.text === null ? null : (MODELS[model] ?? null) }];
    }),
    1
  );
  const certified = new CertifiedLog();
  certified.add({
    kind: 'intake',
    number: 1,
    translator: 'T',
    qualification: '',
    translatedOn: '2026-01-01',
    takenAtMs: 1,
    takenBy: 'O',
    fileName: 'x',
    fileSha256Hex: '',
    refused: [],
    lines: lines.flatMap(({ isCertified = false }, messageId) => {
      return isCertified ? [{ messageId, request: 1, line: 1, text: 'by hand', note: '' }] : [];
    })
  });
  const keeper =
    kept === undefined
      ? null
      : {
          put: async (kind: string, bytes: Uint8Array) => {
            kept.push({ kind, bytes });
          }
        };
  return new CaseSession({ store, translations, certified, keeper, clock: () => 0 });
}
