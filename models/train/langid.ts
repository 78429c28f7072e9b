/**
 * Makes the language table:
 *   npx tsx models/train/langid.ts CORPORA_DIR models/langid
 * CORPORA_DIR holds train.tsv.xz (language, source, English, origin). Naive Bayes over the hashed n-grams of
 * src/lib/language/ngrams.ts, one class a language, as log P(gram | class) over chance in int8. The corpora hold textbook
 * sentences, so models/train/chat/short.tsv adds what people write in chats, written for this. Every 20th line is kept
 * back to choose the two "cannot tell" thresholds; held-out test files are never read here.
 */
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { LanguageIdentifier, type LanguageAnswer, type LanguageTableConfig } from '../../src/lib/language/identify.ts';
import { BUCKETS, gramsOf, withoutDiacritics } from '../../src/lib/language/ngrams.ts';
import type { TableScript } from '../../src/lib/language/scripts.ts';

const SCRIPTS: Readonly<Record<TableScript, readonly string[]>> = {
  Latn: ['deu', 'eng', 'fra', 'hun', 'ita', 'kmr', 'lit', 'nld', 'pol', 'por', 'ron', 'som', 'spa', 'sqi', 'tur', 'vie'],
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
/** One int8 step in natural-log units: the range of -11 to +11 fits what n-grams give. */
const STEP = 0.09;
/** Share of answered lines that must be right on the lines kept back, cut to 20 characters, as written and stripped of diacritics. */
const WANTED_PRECISION = 0.99;
/** The same for a word or two, where more would leave most unanswered. */
const WANTED_SHORT_PRECISION = 0.97;
const SHORT_LETTERS = 10;
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

const counts = new Float64Array(BUCKETS * classes.length);
const totals = new Float64Array(classes.length);
const keptBack: { language: string; text: string }[] = [];
classes.forEach(({ language }, c) => {
  thin(lines.get(language) ?? [], MOST_LINES).forEach((line, i) => {
    if (i % KEPT_BACK_EVERY === 0) {
      for (const text of variants(language, line)) keptBack.push({ language, text });
      return;
    }
    for (const text of variants(language, line)) {
      for (const gram of gramsOf(text)) {
        counts[gram * classes.length + c] = (counts[gram * classes.length + c] as number) + 1;
        totals[c] = (totals[c] as number) + 1;
      }
    }
  });
});
const chat = await readFile(new URL('chat/short.tsv', import.meta.url), 'utf8');
for (const [language = '', expression = ''] of chat.split('\n').map((line) => line.split('\t'))) {
  const c = classes.findIndex((each) => each.language === language);
  if (c < 0) continue;
  for (const text of variants(language, expression)) {
    for (const gram of gramsOf(text)) {
      counts[gram * classes.length + c] = (counts[gram * classes.length + c] as number) + CHAT_WEIGHT;
      totals[c] = (totals[c] as number) + CHAT_WEIGHT;
    }
  }
}
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
  for (let lead = 0; lead < 40; lead += 0.25) {
    const answered = all.filter((a) => a.lead >= lead);
    if (answered.filter((a) => a.guess === a.truth).length >= precision * answered.length) return lead;
  }
  throw new Error('no lead is enough');
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
console.log([...lines].map(([language, all]) => `${language} ${Math.min(MOST_LINES, all.length)}`).join(', '));

function round(x: number): number {
  return Math.round(x * 1000) / 1000;
}
