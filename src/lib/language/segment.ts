/**
 * A message as what is translated (segments) and what is carried over as it stands (spaces, line ends, emoji, links,
 * e-mail addresses). Joined again in order, untranslated parts give the message back byte for byte.
 *
 * [Note: Texts of any length] A message may hold a megabyte: a pasted file, one letter held down, nothing but spaces. A
 * pattern that begins anew inside its own run (`\s*x`, `\p{L}+@`) then takes the square of the length, which is hours.
 * So patterns over whole messages begin at the first of a run only (a look-behind), or are bounded, and nothing recurses.
 */

export interface Part {
  readonly kind: 'segment' | 'kept';
  readonly text: string;
}

/** The models were trained on lines below 140 characters; past this a sentence is cut at a clause or a word. */
const LONGEST_SEGMENT = 120;

const LINK = String.raw`(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?)\]}'’]`;
const EMAIL = String.raw`(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`;
/** Emoji with their joiners, skin tones and flags; digits and # alone are no emoji. */
const EMOJI = String.raw`(?:\p{RI}\p{RI}|[#*0-9]\uFE0F?\u20E3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic})(?:\uFE0F|\p{EMod}|\u200D(?:\p{Extended_Pictographic}|\p{Emoji_Presentation}))*)`;
/** Marks of direction and of attachments' placeholders that messengers put in; never words. */
const INVISIBLE = String.raw`[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]`;
const KEPT = new RegExp(
  String.raw`((?<!\s)\s*(?:${LINK}|${EMAIL}|(?:${EMOJI}|${INVISIBLE})(?:\s*(?:${EMOJI}|${INVISIBLE}))*)\s*|(?<!\s)[^\S\n]*\n\s*)`,
  'u'
);

/** End of a sentence inside a line, with the space behind it. */
const SENTENCE_END = /((?<![.!?…؟۔。！？])[.!?…؟۔。！？]+["'”’»)\]]*)(\s+)/gu;
/** A full stop behind these ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{L}|nr|str|sr|sra|srta|dr|dra|drª|mr|mrs|mme|mlle|st|av|tel|ecc|art|pag|apr|ap|bl|sc|dl|dna|ud|uds|vd|jr|no|núm|exmo|sig|dott|ing|min|max|aprox|ca|vs|ex)\.$/iu;
/** Longer than any abbreviation with its stop and the character before it. */
const ABBREVIATION_ROOM = 10;

/** Splits a message; an empty text gives no parts. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  const add = (kind: Part['kind'], piece: string): void => {
    if (piece !== '') parts.push({ kind, text: piece });
  };
  text.split(KEPT).forEach((piece, i) => {
    if (i % 2 === 1) {
      add('kept', piece);
      return;
    }
    const words = piece.trim();
    const from = piece.length - piece.trimStart().length;
    add('kept', piece.slice(0, from));
    for (const part of sentencesOf(words)) add(part.kind, part.text);
    add('kept', piece.slice(from + words.length));
  });
  return parts;
}

function sentencesOf(words: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of words.matchAll(SENTENCE_END)) {
    const end = match.index + (match[1]?.length ?? 0);
    const sentence = words.slice(from, end);
    if (ABBREVIATION.test(sentence.slice(-ABBREVIATION_ROOM))) continue;
    parts.push(...shortened(sentence), { kind: 'kept', text: match[2] ?? '' });
    from = end + (match[2]?.length ?? 0);
  }
  parts.push(...shortened(words.slice(from)));
  return parts;
}

/** A sentence that is too long in pieces: at the last clause mark that fits, else at the last space, else as it is. */
function shortened(sentence: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  while (sentence.length - from > LONGEST_SEGMENT) {
    const end = from + cutIn(sentence.slice(from, from + LONGEST_SEGMENT));
    parts.push({ kind: 'segment', text: sentence.slice(from, end) });
    from = end;
    while (from < sentence.length && SPACE.test(sentence.charAt(from))) from++;
    if (from > end) parts.push({ kind: 'kept', text: sentence.slice(end, from) });
  }
  if (from < sentence.length || parts.length === 0) parts.push({ kind: 'segment', text: sentence.slice(from) });
  return parts;
}

const SPACE = /\s/u;
const CLAUSE_MARKS = [', ', '; ', ': ', ' - ', ' – '];
/** First half of a character of two units, which no cut may part. */
const LEADING_HALF = /[\uD800-\uDBFF]$/;

/** Where a piece of the greatest length is cut. */
function cutIn(window: string): number {
  // Not in the first third: crumbs translate badly.
  const clause = Math.max(...CLAUSE_MARKS.map((mark) => window.lastIndexOf(mark) + mark.trimEnd().length));
  if (clause > LONGEST_SEGMENT / 3) return clause;
  const space = window.lastIndexOf(' ');
  if (space > LONGEST_SEGMENT / 3) return space;
  return LEADING_HALF.test(window) ? LONGEST_SEGMENT - 1 : LONGEST_SEGMENT;
}
