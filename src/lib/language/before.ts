/**
 * The message before a line, for a model to read first.
 *
 * [Note: The message before] "La el" after "and the passport?" is he has it; "no contesta" is she, where she was named a
 * message ago; "para a conta da casa" answers which account. Chats leave out what was just said, so a line's beginning goes
 * through the engine a second time behind the end of the message before it, whose English, as it was made without any
 * message before, is given to the search as what it has said already. choose.ts then takes the better of the two Englishes,
 * and a line that was read so says so and keeps what it would have been by itself. What it gains is printed by
 * `npm run -s bench -- translation`. One message alone is read, and its English hangs on none before it: so a line depends
 * on two messages and no more, whatever order a case is translated in. What is long, in another language or holds what must
 * not reach a model (phone numbers, handles) is not read before.
 */
import type { BeforeShape, LanguageCode, Lead } from './contract.ts';
import { mask, type MaskingWay } from './mask.ts';
import { normalForm } from './memory.ts';
import { GAP } from './passages.ts';
import type { LinePlan, PlannedPart } from './plan.ts';

/** A stretch of a line that a model reads behind the message before, and the end of that message. */
export interface Reach {
  /** Index of the first part, and one past the last. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly language: LanguageCode;
  /** The message's last sentences, with what stands between them. */
  readonly before: LinePlan;
}

/** How an engine reads what stands before, and how its tokens are kept from it first. */
export interface Reading {
  readonly shape: BeforeShape;
  readonly way: MaskingWay | undefined;
}

/** Marks that end a sentence; what ends otherwise gets a stop, or the model would read on into the line. */
const ENDED = /[.!?…][»”"’)\]]*$/u;

/**
 * What of a line can be read behind the message before it; null where nothing can.
 * @param readingOf how a language's engine reads what stands before; null where it does not
 * @param isSettled whether a part needs no model: a phrase of the book stays as people put it
 */
export function reachOf(
  line: LinePlan,
  before: LinePlan,
  readingOf: (language: LanguageCode) => Reading | null,
  isSettled: (part: PlannedPart) => boolean = () => false
): Reach | null {
  const stretch = beginningOf(line.parts, isSettled);
  const reading = stretch === null ? null : readingOf(stretch.language);
  if (stretch === null || reading === null) return null;
  const end = endOf(before, stretch.language, reading.shape.longest - stretch.text.length - 1);
  return end === null || hidesTokens(end.source, reading.way) ? null : { ...stretch, before: end };
}

/** What an engine gets of the message before, whose last sentences came out as `english`; null where they came out as nothing. */
export function leadOf({ before }: Reach, english: string | null): Lead | null {
  const said = english?.trim() ?? '';
  return said === '' ? null : { source: ended(normalForm(before.source)), english: ended(said) };
}

/** The line's first sentences of one language that need a model; words that need none may only stand before them as phrases. */
function beginningOf(
  parts: readonly PlannedPart[],
  isSettled: (part: PlannedPart) => boolean
): Pick<Reach, 'from' | 'to' | 'text' | 'language'> | null {
  const from = parts.findIndex((part) => part.kind === 'translate' && !isSettled(part));
  const first = parts[from];
  if (first === undefined || parts.slice(0, from).some((part) => hasOtherWords(part, first.language))) return null;
  let to = from + 1;
  let { text } = first;
  for (;;) {
    const [gap, next] = [parts[to], parts[to + 1]];
    if (gap?.kind !== 'leave' || !GAP.test(gap.text)) break;
    if (next?.kind !== 'translate' || next.language !== first.language || isSettled(next)) break;
    text += gap.text + next.text;
    to += 2;
  }
  return { from, to, text, language: first.language };
}

const hasOtherWords = ({ kind, language }: PlannedPart, own: LanguageCode): boolean =>
  kind === 'translate' ? language !== own : language !== 'zxx';

/** Sentences at the end of a message, as many as fit; null where the last is of another language or does not fit. */
function endOf({ parts, ...message }: LinePlan, language: LanguageCode, longest: number): LinePlan | null {
  const isOwn = (part: PlannedPart | undefined): part is PlannedPart => part?.kind === 'translate' && part.language === language;
  const last = parts.findLastIndex((part) => part.kind === 'translate' || part.language !== 'zxx');
  const end = parts[last];
  if (!isOwn(end) || end.text.length > longest) return null;
  let from = last;
  let source = end.text;
  for (;;) {
    const [gap, earlier] = [parts[from - 1], parts[from - 2]];
    if (gap?.kind !== 'leave' || !GAP.test(gap.text) || !isOwn(earlier)) break;
    const longer = earlier.text + gap.text + source;
    if (longer.length > longest) break;
    source = longer;
    from -= 2;
  }
  return { ...message, source, parts: parts.slice(from, last + 1) };
}

/** Whether a text has tokens for which stand-ins are needed: nothing would put them back. */
function hidesTokens(text: string, way: MaskingWay | undefined): boolean {
  if (way === undefined) return true;
  const masked = mask(text, { ...way, writesNumbers: false });
  if (masked !== null && masked.tokens.length === 0) return false;
  const written = way.writesNumbers ? mask(text, way) : null;
  return written === null || written.tokens.length > 0;
}

const ended = (text: string): string => (ENDED.test(text) ? text : `${text}.`);
