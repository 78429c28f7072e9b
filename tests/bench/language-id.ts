/**
 * Language identification beside `eld` and `franc`, on one machine in one run:
 *   npm run -s bench -- langid
 * Text: chat lines written by hand for this (tests/bench/langid-chat, tests/bench/chat), and the optional folder ../shared
 * (test_strict of the corpora, and sentences of another source that neither ours nor the peers' makers chose for us). Peers are restricted to the languages our table names, which favours them. Accuracy
 * is the mean over languages. Peers always answer, so our best guess stands beside them; the answers that we stand by,
 * "cannot tell" counted as wrong, and the precision of those follow.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eld } from 'eld/medium';
import { francAll } from 'franc';
import { LanguageIdentifier, type LanguageTableConfig } from '../../src/lib/language/identify.ts';
import { withoutDiacritics } from '../../src/lib/language/ngrams.ts';
import { planLine } from '../../src/lib/language/plan.ts';
import { languageRuns } from '../../src/lib/language/switches.ts';
import { against, type Figure } from './figure.ts';

const root = new URL('../../', import.meta.url).pathname;
const shared = join(root, '../shared');
const corpus = join(shared, 'corpora/test_strict.tsv.xz');
const samples = join(shared, 'samples/langid/pemistahl+lingua-py/language-testdata/sentences');
const chatFolder = join(root, 'tests/bench/langid-chat');
const parallelChat = join(root, 'tests/bench/chat');
/** Those that the embedded model translates: to take one for another is to translate it wrongly. */
const OFFERED = ['fra', 'ita', 'por', 'ron', 'spa'];

/** ISO 639-1 of our languages, as the peers and the samples name them; Kurdish of both kinds is 'ku' there. */
const TWO_LETTERS: Readonly<Record<string, string>> = {
  ara: 'ar',
  bul: 'bg',
  deu: 'de',
  eng: 'en',
  fas: 'fa',
  fra: 'fr',
  hun: 'hu',
  ita: 'it',
  lit: 'lt',
  nld: 'nl',
  pol: 'pl',
  por: 'pt',
  ron: 'ro',
  rus: 'ru',
  som: 'so',
  spa: 'es',
  sqi: 'sq',
  tur: 'tr',
  ukr: 'uk',
  urd: 'ur',
  vie: 'vi'
};
/** franc names some languages by another code of the same tongue. */
const FRANC_NAMES: Readonly<Record<string, string>> = { pes: 'fas', arb: 'ara', als: 'sqi', kmr: 'kmr' };

interface Line {
  readonly language: string;
  readonly text: string;
}
type Guess = (text: string) => string;

function ours(): { identifier: LanguageIdentifier; sure: Guess; best: Guess; languages: readonly string[] } {
  const folder = join(root, 'models/langid');
  const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as LanguageTableConfig;
  const bytes = readFileSync(join(folder, 'table.bin'));
  const identifier = new LanguageIdentifier(config, new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  return {
    identifier,
    sure: (text) => identifier.identify(text).language,
    best: (text) => identifier.identify(text).guess,
    languages: identifier.languages
  };
}

function peers(languages: readonly string[]): Readonly<Record<string, Guess>> {
  const threeLetters = new Map(Object.entries(TWO_LETTERS).map(([three, two]) => [two, three]));
  eld.setLanguageSubset(languages.map((l) => TWO_LETTERS[l]).filter((l) => l !== undefined));
  const francNames = new Map(Object.entries(FRANC_NAMES));
  const only = [...languages, ...Object.keys(FRANC_NAMES)];
  return {
    eld: (text) => threeLetters.get(eld.detect(text).language) ?? 'und',
    franc: (text) => {
      const name = francAll(text, { only, minLength: 1 })[0]?.[0] ?? 'und';
      return francNames.get(name) ?? name;
    }
  };
}

function cutAtWord(text: string, length: number): string {
  const letters = [...text];
  if (letters.length <= length) return text;
  const cut = letters.slice(0, length + 1).join('');
  return cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : letters.slice(0, length).join('');
}

function macroAccuracy(lines: readonly Line[], guess: Guess): number {
  const byLanguage = new Map<string, { right: number; all: number }>();
  for (const { language, text } of lines) {
    const tally = byLanguage.get(language) ?? { right: 0, all: 0 };
    tally.all++;
    if (guess(text) === language) tally.right++;
    byLanguage.set(language, tally);
  }
  return (100 * [...byLanguage.values()].reduce((sum, t) => sum + t.right / t.all, 0)) / byLanguage.size;
}

/** Share of the lines we name at all that we name rightly. */
function precision(lines: readonly Line[], guess: Guess): number {
  const answered = lines.map((l) => ({ ...l, guess: guess(l.text) })).filter((l) => l.guess !== 'und');
  return (100 * answered.filter((l) => l.guess === l.language).length) / answered.length;
}

function heldOut(languages: readonly string[]): Line[] {
  const text = execFileSync('xz', ['-dc', corpus], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const rows = text.split('\n').map((line) => line.split('\t'));
  const lines = rows.map(([language = '', source = '']) => ({ language, text: source }));
  const english = rows.map(([, , line = '']) => ({ language: 'eng', text: line })).slice(0, 500);
  return [...lines, ...english].filter((l) => l.text !== '' && languages.includes(l.language));
}

function otherSource(wanted: (twoLetters: string) => string | undefined): Line[] {
  return readdirSync(samples).flatMap((file) => {
    const language = wanted(file.replace('.txt', ''));
    if (language === undefined) return [];
    return readFileSync(join(samples, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((text) => ({ language, text }));
  });
}

const linesOf = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

/** Chat lines by hand, one file a language. */
function chatLines(): Line[] {
  const files = readdirSync(chatFolder).filter((file) => file.endsWith('.txt'));
  return files.flatMap((file) => linesOf(join(chatFolder, file)).map((text) => ({ language: file.replace('.txt', ''), text })));
}

/** Sources of the held-out chat pairs of the languages that are translated. */
function parallelLines(): Line[] {
  if (!existsSync(parallelChat)) return [];
  return OFFERED.flatMap((language) =>
    linesOf(join(parallelChat, `${language}.tsv`)).map((line) => ({ language, text: line.split('\t')[0] ?? '' }))
  );
}

/** Lines that change their language: language and text in turn, joined by spaces. */
function switchedLines(): Line[][] {
  return linesOf(join(chatFolder, 'switched.tsv')).map((line) => {
    const cells = line.split('\t');
    return cells.filter((_, i) => i % 2 === 1).map((text, i) => ({ language: cells[2 * i] ?? '', text }));
  });
}

/** Short lines by their letters alone, in a conversation of their own language, and in one of another. */
function inConversation(lines: readonly Line[], identifier: LanguageIdentifier): Figure[] {
  const short = lines.filter(({ text }) => text.split(/\s+/u).length <= 4);
  const next = (language: string): string => OFFERED[(OFFERED.indexOf(language) + 1) % OFFERED.length] as string;
  const ways: Readonly<Record<string, (language: string) => string | undefined>> = {
    alone: () => undefined,
    own: (language) => language,
    other: next
  };
  return Object.entries(ways).flatMap(([way, around]) => {
    const answers = short.map(({ text, language }) => ({
      language,
      answer: identifier.identify(text, around(language)).language
    }));
    const right = answers.filter(({ language, answer }) => answer === language).length;
    const wrong = answers.filter(({ language, answer }) => answer !== language && answer !== 'und').length;
    return [
      {
        id: `langid.conversation.${way}`,
        value: (100 * right) / short.length,
        unit: '% of lines of up to four words named rightly'
      },
      { id: `langid.conversation.${way}.wrong`, value: (100 * wrong) / short.length, unit: '% named wrongly' }
    ];
  });
}

/** Of each part of a switched line, whether most of its letters were taken to be in its language. */
function partsRight(parts: readonly Line[], identifier: LanguageIdentifier): boolean[] {
  const planned = planLine(parts.map(({ text }) => text).join(' '), identifier, OFFERED).parts;
  const languageAt = planned.flatMap(({ text, language }) => Array.from(text, () => language));
  let from = 0;
  return parts.map(({ language, text }) => {
    const letters = [...text];
    const taken = letters.filter((letter, i) => /\p{L}/u.test(letter) && languageAt[from + i] === language).length;
    from += letters.length + 1;
    return taken >= 0.8 * letters.filter((letter) => /\p{L}/u.test(letter)).length;
  });
}

/** Share of lines of one translated language that are surely called another translated one. */
function confused(lines: readonly Line[], sure: Guess): number {
  const mine = lines.filter(({ language }) => OFFERED.includes(language));
  const wrong = mine.filter(({ language, text }) => sure(text) !== language && OFFERED.includes(sure(text)));
  return (100 * wrong.length) / mine.length;
}

/** Latin-script languages of the samples that are not in our table: each should be "cannot tell". */
const FOREIGN = [
  'af',
  'ca',
  'cs',
  'cy',
  'da',
  'et',
  'eu',
  'fi',
  'hr',
  'id',
  'is',
  'lv',
  'nb',
  'sk',
  'sl',
  'sv',
  'sw',
  'tl',
  'yo',
  'zu'
];

export async function run(): Promise<Figure[]> {
  const { identifier, sure, best, languages } = ours();
  const figures: Figure[] = [];
  const compare = (id: string, lines: readonly Line[]): void => {
    const [mine, guessed] = [macroAccuracy(lines, sure), macroAccuracy(lines, best)];
    for (const [peer, guess] of Object.entries(peers(languages))) {
      figures.push(against(`langid.${id}.${peer}`, guessed, '% macro accuracy', peer, macroAccuracy(lines, guess)));
    }
    figures.push({ id: `langid.${id}.sure`, value: mine, unit: '% macro accuracy, "cannot tell" counted as wrong' });
    figures.push({ id: `langid.${id}.precision`, value: precision(lines, sure), unit: '% of answered lines right' });
  };
  const chat = chatLines();
  const sharedChat = chat.filter(({ language }) => TWO_LETTERS[language] !== undefined);
  compare('chat', sharedChat);
  compare(
    'chat.no-diacritics',
    sharedChat.map((l) => ({ ...l, text: withoutDiacritics(l.text) }))
  );
  for (const [id, guess] of [
    ['best', best],
    ['sure', sure]
  ] as const) {
    figures.push({ id: `langid.chat.all.${id}`, value: macroAccuracy(chat, guess), unit: '% macro accuracy, every class' });
  }
  for (const language of new Set(chat.map((line) => line.language))) {
    const mine = chat.filter((line) => line.language === language);
    figures.push({
      id: `langid.chat.${language}`,
      value: macroAccuracy(mine, sure),
      unit: `% of ${mine.length} lines, "cannot tell" counted as wrong`
    });
  }
  const parallel = parallelLines();
  if (parallel.length > 0) {
    compare('parallel-chat', parallel);
    figures.push({
      id: 'langid.parallel-chat.confused',
      value: confused(parallel, sure),
      unit: '% called another translated language'
    });
    const cut = parallel.filter(({ text }) => languageRuns(text, identifier).length > 1);
    figures.push({
      id: 'langid.parallel-chat.cut',
      value: (100 * cut.length) / parallel.length,
      unit: '% of lines of one language cut in two'
    });
  }
  figures.push(...inConversation(parallel, identifier));
  const switched = switchedLines();
  const parts = switched.map((line) => partsRight(line, identifier));
  figures.push(
    {
      id: 'langid.switched.parts',
      value: (100 * parts.flat().filter(Boolean).length) / parts.flat().length,
      unit: '% of parts in the right language'
    },
    {
      id: 'langid.switched.lines',
      value: (100 * parts.filter((line) => line.every(Boolean)).length) / parts.length,
      unit: '% of lines with every part right'
    }
  );
  if (existsSync(corpus)) {
    // Languages both peers and we can name.
    const lines = heldOut(Object.keys(TWO_LETTERS));
    compare('held-out', lines);
    compare(
      'held-out.no-diacritics',
      lines.map((l) => ({ ...l, text: withoutDiacritics(l.text) }))
    );
    figures.push({ id: 'langid.held-out.confused', value: confused(lines, sure), unit: '% called another translated language' });
    const cut = lines.filter(({ text }) => languageRuns(text, identifier).length > 1);
    figures.push({
      id: 'langid.held-out.cut',
      value: (100 * cut.length) / lines.length,
      unit: '% of lines of one language cut in two'
    });
    figures.push({
      id: 'langid.held-out.all',
      value: macroAccuracy(heldOut(languages), sure),
      unit: '% macro accuracy, every class'
    });
  }
  if (existsSync(samples)) {
    const threeLetters = new Map(Object.entries(TWO_LETTERS).map(([three, two]) => [two, three]));
    const lines = otherSource((two) => threeLetters.get(two));
    for (const length of [20, 40, 80]) {
      const cut = lines.map((l) => ({ ...l, text: cutAtWord(l.text, length) }));
      compare(`other-source.${length}`, cut);
      compare(
        `other-source.${length}.no-diacritics`,
        cut.map((l) => ({ ...l, text: withoutDiacritics(l.text) }))
      );
    }
    const foreign = otherSource((two) => (FOREIGN.includes(two) ? 'und' : undefined));
    for (const length of [40, 80]) {
      const cut = foreign.map((l) => ({ ...l, text: cutAtWord(l.text, length) }));
      figures.push({ id: `langid.foreign.${length}`, value: macroAccuracy(cut, sure), unit: '% called "cannot tell"' });
    }
    const started = performance.now();
    for (const line of lines) sure(line.text);
    figures.push({ id: 'langid.speed', value: (1000 * lines.length) / (performance.now() - started), unit: 'lines/s' });
  }
  return figures;
}
