/**
 * Makes a translation model's phrase book: whole short segments with the English that people gave them.
 *   npx tsx models/train/phrases.ts models/romance-en
 * From the hand-written chat text of models/train/chat alone; held-out lines are never read here. Of several translations
 * of one phrase the commonest counts, the earlier one where they tie. Lines with names or digits recur too seldom to be
 * worth their bytes.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { keysOf } from '../../src/lib/language/phrase-book.ts';

/** English of each accented key, with how often. */
type Counted = Map<string, Map<string, number>>;

/** A capital after the first word. */
const NAME = /\S\s+\p{Lu}/u;

async function countedOf(language: string): Promise<Map<string, Counted>> {
  const byPlain = new Map<string, Counted>();
  const path = new URL(`chat/${language}.tsv`, import.meta.url);
  const lines = existsSync(path) ? (await readFile(path, 'utf8')).split('\n') : [];
  for (const line of lines) {
    const [source = '', english = ''] = line.split('\t');
    if (english === '' || source.startsWith('#') || NAME.test(source)) continue;
    const keys = keysOf(source);
    if (keys === null) continue;
    const [accented, plain] = keys;
    const counted = byPlain.get(plain) ?? new Map<string, Map<string, number>>();
    const texts = counted.get(accented) ?? new Map<string, number>();
    texts.set(english, (texts.get(english) ?? 0) + 1);
    counted.set(accented, texts);
    byPlain.set(plain, counted);
  }
  return byPlain;
}

const commonest = (texts: ReadonlyMap<string, number>): string => [...texts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';

async function phrasesOf(language: string): Promise<Record<string, string>> {
  const phrases: Record<string, string> = {};
  for (const [plain, counted] of await countedOf(language)) {
    const texts = new Map([...counted].map(([accented, all]) => [accented, commonest(all)]));
    const [first = ''] = texts.values();
    if (new Set(texts.values()).size === 1) phrases[plain] = first;
    else for (const [accented, english] of texts) phrases[accented] = english;
  }
  return phrases;
}

const [folder = ''] = process.argv.slice(2);
const { languages } = JSON.parse(await readFile(`${folder}/facts.json`, 'utf8')) as { languages: string[] };
const table: Record<string, Record<string, string>> = {};
for (const language of languages) {
  table[language] = await phrasesOf(language);
  console.log(`${language}: ${Object.keys(table[language]).length} phrases`);
}
const json = JSON.stringify(table);
await writeFile(`${folder}/phrases.json.deflate`, deflateSync(`${json}\n`, { level: 9 }));
console.log(`${json.length} characters`);
