/** A returned file as lines of the case: which are new, which changed, which are missing, which do not fit. */
import type { EvidenceStore } from '../evidence/store.ts';
import { wordDiff } from '../language/word-diff.ts';
import type { CertifiedLog, RequestedLine } from '../records/certified-log.ts';
import { lineChecker, lineNumber } from '../report/translator/line-check.ts';
import { matchReturned, type MatchedRow, type SentLine } from '../report/translator/match-returned.ts';
import { isSameText } from '../report/translator/plain-text.ts';
import type { ReturnedSheet } from '../report/translator/sheet.ts';
import { certifiedText } from './rows.ts';
import type { ReturnedLine, ReturnedStatus } from './translator-contract.ts';
import type { Translations } from './translations.ts';

/** A row of the reading; texts of the case are fetched only for windows on screen. */
export interface ReadLine {
  readonly status: ReturnedStatus;
  /** Null for a line that did not come back. */
  readonly matched: MatchedRow | null;
  readonly request: number;
  readonly line: number;
  /** Null where the row belongs to no line that was sent. */
  readonly sent: RequestedLine | null;
}

export async function readLines(sheet: ReturnedSheet, store: EvidenceStore, certified: CertifiedLog): Promise<ReadLine[]> {
  const check = await lineChecker();
  const sentLine = (request: number, line: number): SentLine | 'no-request' | 'no-line' => {
    const found = certified.request(request);
    if (found === undefined) return 'no-request';
    const sent = found.lines[line - 1];
    if (sent === undefined) return 'no-line';
    const original = store.messages.body.at(sent.messageId);
    return { original, machineText: sent.machineText, check: check(found.salt, line, original) };
  };
  const cameBack = new Map<number, Set<number>>();
  const lines = matchReturned(sheet, sentLine).map((matched): ReadLine => {
    const { reference, refusal } = matched;
    const sent = reference === null ? null : (certified.request(reference.request)?.lines[reference.line - 1] ?? null);
    if (reference !== null && sent !== null) {
      const seen = cameBack.get(reference.request) ?? new Set();
      cameBack.set(reference.request, seen.add(reference.line));
    }
    const base = { matched, request: reference?.request ?? 0, line: reference?.line ?? 0, sent };
    if (refusal !== null || sent === null) return { ...base, status: 'refused' };
    return { ...base, status: statusOf(matched.row.translation, certified.textOf(sent.messageId)) };
  });
  for (const [number, seen] of cameBack) {
    for (const [at, sent] of (certified.request(number)?.lines ?? []).entries()) {
      if (!sent.isContext && !seen.has(at + 1))
        lines.push({ status: 'missing', matched: null, request: number, line: at + 1, sent });
    }
  }
  return lines.filter(({ status, sent }) => !(status === 'empty' && sent?.isContext === true));
}

function statusOf(text: string, before: string | null): ReturnedStatus {
  if (text === '') return 'empty';
  if (before === null) return 'new';
  return isSameText(text, before) ? 'same' : 'changed';
}

export function returnedLine(
  at: number,
  { status, matched, request, line, sent }: ReadLine,
  store: EvidenceStore,
  translations: Translations,
  certified: CertifiedLog
): ReturnedLine {
  const text = matched?.row.translation ?? '';
  const messageId = sent?.messageId ?? null;
  const machineText = sent?.machineText ?? null;
  const isOurs = messageId !== null && status !== 'refused';
  // The line as it was sent: it may have been made again since.
  const version = messageId === null || machineText === null ? null : translations.versionSaying(messageId, machineText);
  return {
    at,
    status,
    place: matched?.row.place ?? '',
    reference: matched === null || matched.reference !== null ? lineNumber(request, line) : matched.row.reference,
    refusal: matched?.refusal ?? null,
    isContext: sent?.isContext ?? false,
    messageId,
    language: messageId === null ? '' : translations.languageOf(messageId),
    original: isOurs ? store.messages.body.at(messageId) : (matched?.row.original ?? ''),
    machineText: isOurs ? machineText : null,
    modelId: version?.model?.id ?? null,
    flags: version?.flags ?? 0,
    before: messageId === null ? null : certifiedText(certified, messageId),
    text,
    note: matched?.row.note ?? '',
    diff: isOurs && machineText !== null && text !== '' ? wordDiff(machineText, text) : null
  };
}
