/**
 * Makes the language table:
 *   npx tsx models/train/langid.ts CORPORA_DIR models/langid
 * CORPORA_DIR holds train.tsv.xz (language, source, English, origin). Naive Bayes over the hashed n-grams of
 * src/lib/language/ngrams.ts, one class a language, as log P(gram | class) over chance in int8. The corpora hold textbook
 * sentences, so models/train/chat adds what people write in chats, written for this: short.tsv (language, expression),
 * LANG.txt (one line a line; the only text there is for Roman Urdu and Arabizi) and LANG.tsv (source, English). Every 20th
 * line is kept back to choose the two "cannot tell" thresholds; held-out test files are never read here.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { LanguageIdentifier, type LanguageAnswer, type LanguageTableConfig } from '../../src/lib/language/identify.ts';
import { BUCKETS, gramsOf, withoutDiacritics } from '../../src/lib/language/ngrams.ts';
import type { TableScript } from '../../src/lib/language/scripts.ts';
import { seeded, spellingsOf } from './romanised.ts';

const SCRIPTS: Readonly<Record<TableScript, readonly string[]>> = {
  Latn: 'ara-Latn deu eng fra hun ita kmr lit nld pol por ron som spa sqi tur urd-Latn vie'.split(' '),
  Cyrl: ['bul', 'rus', 'ukr'],
  Arab: ['ara', 'ckb', 'fas', 'pus', 'urd']
};
/** Dari and Persian share their written form: one class. */
const MERGED: Readonly<Record<string, string>> = { prs: 'fas' };
/** Its licence is unproven. */
const LEFT_OUT = 'refugee-phrasebook';
const MOST_LINES = 20_000;
const KEPT_BACK_EVERY = 20;
/** Chosen on the lines kept back: 0.1, 0.3 and 1 were worse, by 0.1 to 0.3 %. */
const SMOOTHING = 0.03;
/** Each short chat expression counts as often as it would in some thousands of messages. */
const CHAT_WEIGHT = 20;
/** A line written for chats counts as this many of the corpora's: the corpora hold some 20,000 lines a language. */
const CHAT_LINE_WEIGHT = 4;
/** Languages whose chat lines have an English side. */
const TRANSLATED = 5;
/** Spellings made of each line of Roman Urdu and Arabizi, and of each such line that is kept back. */
const SPELLINGS = 40;
const KEPT_BACK_SPELLINGS = 2;
const ROMANISED_KEPT_BACK_EVERY = 10;
/** Share of words that get a digit in front, as in "5min" and "3kg": only Arabizi spells words by digits. */
const GLUED = 0.01;
/** One int8 step in natural-log units: the range of -11 to +11 fits what n-grams give. */
const STEP = 0.09;
/** Share of answered lines that must be right on the lines kept back, cut to 20 characters, as written and stripped of diacritics. */
const WANTED_PRECISION = 0.99;
/** The same for a word or two, where more would leave most unanswered. */
const WANTED_SHORT_PRECISION = 0.97;
const SHORT_LETTERS = 10;
/** A language that is never right often enough on a word or two needs this lead: a greeting shared by two stays open. */
const MOST_LEAD = 40;
/** Share of lines in a known language that may be called unfamiliar. */
const UNFAMILIAR_SHARE = 0.005;

async function* trainingLines(path: string): AsyncIterable<{ language: string; source: string; english: string }> {
  const xz = spawn('xz', ['-dc', path], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: xz.stdout })) {
    const [language = '', source = '', english = '', origin = ''] = line.split('\t');
    if (origin !== LEFT_OUT) yield { language: MERGED[language] ?? language, source, english };
  }
}

/** The line, and the line as typed on a phone where that differs; Romanian also with the cedillas of old keyboards. */
function variants(language: string, line: string): string[] {
  const forms = [line, withoutDiacritics(line)];
  if (language === 'ron') forms.push(line.replace(/[șțȘȚ]/gu, (c) => ({ ș: 'ş', ț: 'ţ', Ș: 'Ş', Ț: 'Ţ' })[c] ?? c));
  return [...new Set(forms)];
}

/** Lines of a file of models/train/chat, comments left out; none where the file does not exist. */
async function ownLines(file: string): Promise<string[]> {
  const path = new URL(`chat/${file}`, import.meta.url);
  if (!existsSync(path)) return [];
  return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

function withGluedNumber(text: string, draw: () => number): string {
  return text.replace(/(?<![\p{L}\p{N}'’])\p{L}{3}/gu, (word) => (draw() < GLUED ? `${2 + Math.floor(draw() * 8)}${word}` : word));
}

/** At most `length` characters, ending at a word. */
function cutAtWord(text: string, length: number): string {
  const letters = [...text];
  if (letters.length <= length) return text;
  const cut = letters.slice(0, length + 1).join('');
  return cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : letters.slice(0, length).join('');
}

/** Every n-th line, so that a cap keeps the mixture of origins. */
function thin<T>(rows: readonly T[], most: number): T[] {
  return rows.length <= most ? [...rows] : Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)] as T);
}

const [corpora = '', out = ''] = process.argv.slice(2);
const classes = (Object.keys(SCRIPTS) as TableScript[]).flatMap((script) => SCRIPTS[script].map((language) => ({ language, script })));
const lines = new Map<string, string[]>(classes.map((c) => [c.language, []]));
const seenEnglish = new Set<string>();
for await (const { language, source, english } of trainingLines(`${corpora}/train.tsv.xz`)) {
  lines.get(language)?.push(source);
  if (!seenEnglish.has(english)) lines.get('eng')?.push(english);
  seenEnglish.add(english);
}

/** Text of the corpora or of our own, and how often each of its grams counts. */
interface Weighed {
  readonly text: string;
  readonly weight: number;
}
const trained = new Map<string, Weighed[]>(classes.map((c) => [c.language, []]));
const keptBack: { language: string; text: string }[] = [];

/** Every n-th line is kept back, with all its spellings. */
function take(language: string, all: readonly string[], every: number, weight: number, most = 1): void {
  const draw = seeded(all.length);
  all.forEach((line, i) => {
    const spellings = spellingsOf(language, line, i % every === 0 ? Math.min(most, KEPT_BACK_SPELLINGS) : most, draw);
    for (const text of spellings.flatMap((each) => variants(language, each))) {
      if (i % every === 0) keptBack.push({ language, text });
      else trained.get(language)?.push({ text, weight });
    }
  });
}
for (const { language } of classes) {
  take(language, thin(lines.get(language) ?? [], MOST_LINES), KEPT_BACK_EVERY, 1);
  take(language, await ownLines(`${language}.txt`), ROMANISED_KEPT_BACK_EVERY, 1, SPELLINGS);
  const pairs = (await ownLines(`${language}.tsv`)).map((line) => line.split('\t'));
  take(language, pairs.map(([source = '']) => source), KEPT_BACK_EVERY, CHAT_LINE_WEIGHT);
  take('eng', pairs.flatMap(([, english]) => english ?? []), KEPT_BACK_EVERY, CHAT_LINE_WEIGHT / TRANSLATED);
}
for (const [language = '', expression = ''] of (await ownLines('short.tsv')).map((line) => line.split('\t'))) {
  for (const text of variants(language, expression)) trained.get(language)?.push({ text, weight: CHAT_WEIGHT });
}

const counts = new Float64Array(BUCKETS * classes.length);
const totals = new Float64Array(classes.length);
classes.forEach(({ language, script }, c) => {
  const draw = seeded(c + 1);
  for (const { text, weight } of trained.get(language) ?? []) {
    const typed = script === 'Latn' && language !== 'ara-Latn' ? withGluedNumber(text, draw) : text;
    for (const gram of gramsOf(typed)) {
      counts[gram * classes.length + c] = (counts[gram * classes.length + c] as number) + weight;
      totals[c] = (totals[c] as number) + weight;
    }
  }
});
const table = Int8Array.from(counts, (count, i) => {
  const total = totals[i % classes.length] as number;
  const overChance = Math.log((count + SMOOTHING) / (total + SMOOTHING * BUCKETS)) + Math.log(BUCKETS);
  return Math.max(-127, Math.min(127, Math.round(overChance / STEP)));
});

// Thresholds: short lines are the hard ones, so they are what precision is promised on.
interface Answer extends LanguageAnswer {
  readonly truth: string;
}
const unbounded = classes.map((c) => ({ ...c, leastFamiliarity: Number.NEGATIVE_INFINITY, leastLeadShort: 0 }));
const open: LanguageTableConfig = { classes: unbounded, step: STEP, leastLead: 0, shortLetters: SHORT_LETTERS };
const identifier = new LanguageIdentifier(open, table);
const answersAt = (length: number): Answer[] =>
  keptBack
    .map(({ language, text }) => ({ truth: language, ...identifier.identify(cutAtWord(text, length)) }))
    .filter((a) => Number.isFinite(a.lead));
const answers = answersAt(20);
const short = answersAt(SHORT_LETTERS);
const right = answers.filter((a) => a.guess === a.truth);
function leastLeadFor(all: readonly Answer[], precision: number): number {
  for (let lead = 0; lead < MOST_LEAD; lead += 0.25) {
    const answered = all.filter((a) => a.lead >= lead);
    if (answered.filter((a) => a.guess === a.truth).length >= precision * answered.length) return lead;
  }
  return MOST_LEAD;
}
const bounded = classes.map((c) => {
  const familiarities = right.filter((a) => a.truth === c.language).map((a) => a.familiarity);
  familiarities.sort((a, b) => a - b);
  const leastFamiliarity = round(familiarities[Math.floor(familiarities.length * UNFAMILIAR_SHARE)] ?? 0);
  const claims = short.filter((a) => a.guess === c.language && a.familiarity >= leastFamiliarity);
  return { ...c, leastFamiliarity, leastLeadShort: leastLeadFor(claims, WANTED_SHORT_PRECISION) };
});
const boundOf = new Map(bounded.map((c) => [c.language, c.leastFamiliarity]));
const leastLead = leastLeadFor(answers.filter((a) => a.familiarity >= (boundOf.get(a.guess) ?? 0)), WANTED_PRECISION);
const config: LanguageTableConfig & { reasons: Record<string, string> } = {
  classes: bounded,
  step: STEP,
  leastLead,
  shortLetters: SHORT_LETTERS,
  reasons: {
    leastLead: `least lead at which ${WANTED_PRECISION} of the answered lines kept back are right (cut to 20 characters, with and without diacritics)`,
    leastLeadShort: `for a language's own name on lines cut to ${SHORT_LETTERS} characters, at ${WANTED_SHORT_PRECISION}`,
    leastFamiliarity: `${UNFAMILIAR_SHARE} of a language's rightly named lines kept back lie below it`
  }
};
await writeFile(`${out}/table.bin`, new Uint8Array(table.buffer));
await writeFile(`${out}/config.json`, `${JSON.stringify(config, null, 2)}\n`);
const share = (part: number): string => `${((100 * part) / answers.length).toFixed(2)} %`;
console.log(`${answers.length} short lines kept back: best guess right on ${share(right.length)}`);
console.log(`least lead ${leastLead}; short: ${bounded.map((c) => `${c.language} ${c.leastLeadShort}`).join(', ')}`);
console.log([...trained].map(([language, all]) => `${language} ${all.length}`).join(', '));

function round(x: number): number {
  return Math.round(x * 1000) / 1000;
}
