/**
 * Makes a translation model's lexicon: which English words answer a word of its languages.
 *   npx tsx models/train/lexicon.ts CORPORA_DIR models/romance-en
 * IBM Model 1 (Brown et al. 1993) by five rounds of expectation and maximisation over the training lines of the corpora
 * and of models/train/chat, accents and capitals left out, English words cut to their first letters. A source word is kept
 * when it is common enough and its answers are few enough to be looked for. Held-out lines are never read here.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { deflateSync } from 'node:zlib';
import { foldedWords } from '../../src/lib/language/fold.ts';
import { englishStems } from '../../src/lib/language/word-table.ts';

/** Its licence is unproven. */
const LEFT_OUT = 'refugee-phrasebook';
const MOST_LINES = 50_000;
const ROUNDS = 5;
/** A word seen less often has answers by chance. */
const LEAST_TIMES = 3;
/** Answers below this probability are noise; more than `MOST_ANSWERS` mean a word without a sense of its own. */
const LEAST_PROBABILITY = 0.04;
const MOST_ANSWERS = 10;
/** The answers kept must together be this likely, or their absence says little. */
const LEAST_SUM = 0.4;
/** English stems that stand in this share of lines answer everything, and so prove nothing: they are left out. */
const EVERYWHERE = 0.03;

interface Pair {
  readonly source: readonly number[];
  readonly english: readonly number[];
}

/** Numbers for words, in order of appearance. */
class Vocabulary {
  readonly words: string[] = [];
  readonly #numbers = new Map<string, number>();
  number(word: string): number {
    let n = this.#numbers.get(word);
    if (n === undefined) {
      n = this.words.length;
      this.words.push(word);
      this.#numbers.set(word, n);
    }
    return n;
  }
}

async function linesOf(corpora: string, languages: readonly string[]): Promise<Map<string, [string, string][]>> {
  const found = new Map<string, [string, string][]>(languages.map((language) => [language, []]));
  const xz = spawn('xz', ['-dc', `${corpora}/train.tsv.xz`], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: xz.stdout })) {
    const [language = '', source = '', english = '', origin = ''] = line.split('\t');
    const all = found.get(language);
    if (origin !== LEFT_OUT && all !== undefined && all.length < MOST_LINES) all.push([source, english]);
  }
  for (const [language, all] of found) {
    const path = new URL(`chat/${language}.tsv`, import.meta.url);
    if (!existsSync(path)) continue;
    for (const line of (await readFile(path, 'utf8')).split('\n')) {
      const [source = '', english = ''] = line.split('\t');
      if (english !== '' && !line.startsWith('#')) all.push([source, english]);
    }
  }
  return found;
}

function lexiconOf(lines: readonly (readonly [string, string])[]): Record<string, string> {
  const [sources, stems] = [new Vocabulary(), new Vocabulary()];
  const pairs: Pair[] = lines.map(([source, english]) => ({
    source: [...new Set(foldedWords(source))].map((word) => sources.number(word)),
    english: [...englishStems(english)].map((stem) => stems.number(stem))
  }));
  const times = new Uint32Array(sources.words.length);
  const linesWith = new Uint32Array(stems.words.length);
  for (const { source, english } of pairs) {
    for (const word of source) times[word] = (times[word] as number) + 1;
    for (const stem of english) linesWith[stem] = (linesWith[stem] as number) + 1;
  }
  const isEverywhere = (stem: number): boolean => (linesWith[stem] as number) > EVERYWHERE * pairs.length;
  // P(stem | word), a map a word. Stems that are everywhere take part, so that they draw function words to themselves.
  let likely: Map<number, number>[] = sources.words.map(() => new Map<number, number>());
  for (let round = 0; round <= ROUNDS; round++) {
    const next = sources.words.map(() => new Map<number, number>());
    for (const { source, english } of pairs) {
      for (const stem of english) {
        let sum = 0;
        for (const word of source) sum += round === 0 ? 1 : (likely[word]?.get(stem) ?? 0);
        if (sum === 0) continue;
        for (const word of source) {
          const share = (round === 0 ? 1 : (likely[word]?.get(stem) ?? 0)) / sum;
          if (share < 1e-3) continue;
          const row = next[word] as Map<number, number>;
          row.set(stem, (row.get(stem) ?? 0) + share);
        }
      }
    }
    for (const row of next) {
      let total = 0;
      for (const count of row.values()) total += count;
      for (const [stem, count] of row) row.set(stem, count / total);
    }
    likely = next;
  }
  const lexicon: Record<string, string> = {};
  sources.words.forEach((word, n) => {
    if ((times[n] as number) < LEAST_TIMES || word.length < 3) return;
    const telling = [...(likely[n] ?? [])].filter(([stem, p]) => p >= LEAST_PROBABILITY && !isEverywhere(stem));
    const answers = telling.sort((a, b) => b[1] - a[1]);
    if (answers.length > MOST_ANSWERS) return;
    if (answers.reduce((sum, [, p]) => sum + p, 0) < LEAST_SUM) return;
    lexicon[word] = answers.map(([stem]) => stems.words[stem]).join(' ');
  });
  return lexicon;
}

const [corpora = '', folder = ''] = process.argv.slice(2);
const { languages } = JSON.parse(await readFile(`${folder}/facts.json`, 'utf8')) as { languages: string[] };
const lexicon: Record<string, Record<string, string>> = {};
for (const [language, lines] of await linesOf(corpora, languages)) {
  lexicon[language] = lexiconOf(lines);
  console.log(`${language}: ${lines.length} lines, ${Object.keys(lexicon[language]).length} words`);
}
const json = JSON.stringify(lexicon);
await writeFile(`${folder}/lexicon.json.deflate`, deflateSync(`${json}\n`, { level: 9 }));
console.log(`${json.length} characters`);
