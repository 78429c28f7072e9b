/** A request as the sheet that a translator gets: who, when, words, machine text with its caveat. */
import { BUILD_ID } from '../evidence/build-id.ts';
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { TranslationRequest } from '../records/certified-log.ts';
import { lineChecker } from '../report/translator/line-check.ts';
import type { SheetRow, TranslatorSheet } from '../report/translator/sheet.ts';
import { receivers } from './rows.ts';
import type { RequestOptions, RequestWords } from './translator-contract.ts';
import type { LineVersion, Translations } from './translations.ts';

export async function requestSheet(
  store: EvidenceStore,
  translations: Translations,
  request: TranslationRequest,
  options: RequestOptions
): Promise<TranslatorSheet> {
  const { words, caseLabel, hasNames, auditRoot = '' } = options;
  const check = await lineChecker();
  const name = names(store, words, hasNames);
  const rows = request.lines.map(({ messageId, isContext, machineText }, at): SheetRow => {
    const original = store.messages.body.at(messageId);
    return {
      request: request.number,
      line: at + 1,
      check: check(request.salt, at + 1, original),
      isContext,
      about: about(store, messageId, words, name),
      language: translations.languageOf(messageId),
      original,
      machineText,
      caveat: machineText === null ? '' : caveat(translations.versionSaying(messageId, machineText), words)
    };
  });
  const context = rows.filter((row) => row.isContext).length;
  const date = new Date(request.madeAtMs).toISOString().slice(0, 10);
  return {
    request: request.number,
    head: [
      ...(caseLabel === null ? [] : [filled(words.caseLine, { label: caseLabel })]),
      filled(words.requestLine, { number: `T${request.number}`, date }),
      filled(words.countLine, { lines: String(rows.length - context), context: String(context) }),
      filled(words.buildLine, { build: BUILD_ID, root: auditRoot === '' ? '–' : auditRoot })
    ],
    words,
    rows
  };
}

/** '{lines} lines' with the value put in; a value is never read for braces itself. */
function filled(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (all, key: string) => values[key] ?? all);
}

/** Of the line that stands on the sheet, which may have been made again since the request. Its other reading stays out: a sheet must not lead. */
function caveat(version: LineVersion | null, words: RequestWords): string {
  const { flags = 0, model: by = null } = version ?? {};
  const doubts = words.flags.filter(([bit]) => (flags & bit) !== 0).map(([, text]) => text);
  const model = by?.id ?? '';
  return doubts.length === 0 ? filled(words.caveat, { model }) : filled(words.caveatDoubts, { model, doubts: doubts.join(', ') });
}

/** A person's name, or a number that stands for the same person throughout the sheet. */
function names(store: EvidenceStore, words: RequestWords, hasNames: boolean): (party: number) => string {
  if (hasNames) return (party) => store.directory.label(party);
  const numbers = new Map<number, number>();
  return (party) => {
    const number = numbers.get(party) ?? numbers.size + 1;
    numbers.set(party, number);
    return filled(words.person, { n: String(number) });
  };
}

function about(store: EvidenceStore, id: number, words: RequestWords, name: (party: number) => string): string {
  const { messages, directory } = store;
  const utcMs = messages.time.utcMs.at(id);
  const when = Number.isNaN(utcMs)
    ? messages.time.raw.at(id) || words.unknownTime
    : `${new Date(utcMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const from = messages.from.at(id);
  const sender = from === NONE ? words.unknownSender : name(directory.partyOf(from));
  const to = receivers(store, id).slice(0, 5).map(name);
  return `${when}\n${sender}${to.length === 0 ? '' : ` → ${to.join(', ')}`}`;
}
