/**
 * A message as what is translated (segments) and what is carried over as it stands (spaces, line ends, emoji, links,
 * e-mail addresses). Joined again in order, untranslated parts give the message back byte for byte.
 */

export interface Part {
  readonly kind: 'segment' | 'kept';
  readonly text: string;
}

/** The models were trained on lines below 140 characters; past this a sentence is cut at a clause or a word. */
const LONGEST_SEGMENT = 120;

const LINK = String.raw`(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?)\]}'’]`;
const EMAIL = String.raw`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`;
/** Emoji with their joiners, skin tones and flags; digits and # alone are no emoji. */
const EMOJI = String.raw`(?:\p{RI}\p{RI}|[#*0-9]\uFE0F?\u20E3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic})(?:\uFE0F|\p{EMod}|\u200D(?:\p{Extended_Pictographic}|\p{Emoji_Presentation}))*)`;
/** Marks of direction and of attachments' placeholders that messengers put in; never words. */
const INVISIBLE = String.raw`[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]`;
const KEPT = new RegExp(
  String.raw`(\s*(?:${LINK}|${EMAIL}|(?:${EMOJI}|${INVISIBLE})(?:\s*(?:${EMOJI}|${INVISIBLE}))*)\s*|[^\S\n]*\n\s*)`,
  'u'
);

/** End of a sentence inside a line, with the space behind it. */
const SENTENCE_END = /([.!?…؟۔。！？]+["'”’»)\]]*)(\s+)/gu;
/** A full stop behind these ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{L}|nr|str|sr|sra|srta|dr|dra|drª|mr|mrs|mme|mlle|st|av|tel|ecc|art|pag|apr|ap|bl|sc|dl|dna|ud|uds|vd|jr|no|núm|exmo|sig|dott|ing|min|max|aprox|ca|vs|ex)\.$/iu;

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
    const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(piece) ?? [];
    add('kept', before);
    for (const part of sentencesOf(words)) add(part.kind, part.text);
    add('kept', after);
  });
  return parts;
}

function sentencesOf(words: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of words.matchAll(SENTENCE_END)) {
    const end = match.index + (match[1]?.length ?? 0);
    const sentence = words.slice(from, end);
    if (ABBREVIATION.test(sentence)) continue;
    parts.push(...shortened(sentence), { kind: 'kept', text: match[2] ?? '' });
    from = end + (match[2]?.length ?? 0);
  }
  parts.push(...shortened(words.slice(from)));
  return parts;
}

/** A sentence that is too long in pieces: at the last clause mark that fits, else at the last space, else as it is. */
function shortened(sentence: string): Part[] {
  if (sentence.length <= LONGEST_SEGMENT) return [{ kind: 'segment', text: sentence }];
  const window = sentence.slice(0, LONGEST_SEGMENT);
  // Not in the first third: crumbs translate badly.
  const clause = Math.max(...[', ', '; ', ': ', ' - ', ' – '].map((mark) => window.lastIndexOf(mark) + mark.trimEnd().length));
  const space = window.lastIndexOf(' ');
  const at = clause > LONGEST_SEGMENT / 3 ? clause : space > LONGEST_SEGMENT / 3 ? space : LONGEST_SEGMENT;
  const [, gap = ''] = /^(\s*)/u.exec(sentence.slice(at)) ?? [];
  const rest = sentence.slice(at + gap.length);
  const head: Part[] = [{ kind: 'segment', text: sentence.slice(0, at) }];
  if (gap !== '') head.push({ kind: 'kept', text: gap });
  return rest === '' ? head : [...head, ...shortened(rest)];
}
