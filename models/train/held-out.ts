/** Held-out lines with human English, in two halves: one to choose thresholds on, the other to report them on. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LineToTranslate } from '../../src/lib/language/translate.ts';

export interface HeldOutLine {
  /** Textbook sentences of the corpora, or chat lines written for this, or such messages of several sentences. */
  readonly kind: 'textbook' | 'chat' | 'message';
  readonly language: string;
  readonly source: string;
  readonly english: string;
  /** Every other line, so that both halves hold both kinds and all languages. */
  readonly half: 'choose' | 'report';
}

const root = new URL('../../', import.meta.url);
/** The optional folder beside the repository; its licences do not let it be part of it. */
export const corporaFolder = fileURLToPath(new URL('../shared/corpora/', root));

export function hasCorpora(): boolean {
  return existsSync(`${corporaFolder}test_strict.tsv.xz`);
}

/** Rows of one of the corpora's files; empty where the folder is not there. */
export function corpusRows(file: 'test_strict' | 'train'): string[][] {
  if (!hasCorpora()) return [];
  const text = execFileSync('xz', ['-dc', `${corporaFolder}${file}.tsv.xz`], { encoding: 'utf8', maxBuffer: 1 << 29 });
  return text.split('\n').map((line) => line.split('\t'));
}

/** Rows of LANGUAGE.tsv below tests/bench/chat, comments left out. */
function chatRows(language: string, folder = ''): string[][] {
  return tsvRows(new URL(`tests/bench/chat/${folder}${language}.tsv`, root)).map((row) => [language, ...row]);
}

/** Rows of a file of text by hand, comments and empty lines left out; none where it is not there. */
export function tsvRows(path: URL): string[][] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));
}

/** Rows of tests/bench/chat/messages/LANGUAGE.tsv: messages of two and three sentences that need each other. */
export function heldOutMessages(languages: readonly string[]): HeldOutLine[] {
  return halved('message', languages.flatMap((language) => chatRows(language, 'messages/')), languages);
}

/** A line of a conversation of tests/bench/chat/conversations/LANGUAGE.tsv. */
export interface ConversationLine extends Omit<HeldOutLine, 'kind'> {
  /** Number of the conversation among all. */
  readonly conversation: number;
  readonly writer: string;
  /** The line before it; null for the first. */
  readonly before: string | null;
}

/** Conversations whose lines lean on each other; every other one is in the same half. */
export function heldOutConversations(languages: readonly string[]): ConversationLine[] {
  const lines: ConversationLine[] = [];
  let conversation = -1;
  let last = '';
  for (const [language = '', number = '', writer = '', source = '', english = ''] of languages.flatMap((one) =>
    chatRows(one, 'conversations/')
  )) {
    const isNew = `${language} ${number}` !== last;
    if (isNew) conversation++;
    last = `${language} ${number}`;
    const before = isNew ? null : (lines.at(-1)?.source ?? null);
    const half = conversation % 2 === 0 ? 'choose' : 'report';
    lines.push({ language, source, english, half, conversation, writer, before });
  }
  return lines;
}

/** The lines as a translator takes them, each with the one before it. */
export function asAsked(lines: readonly ConversationLine[]): LineToTranslate[] {
  return lines.map(({ source: text, language: usual, before }, id) => ({
    id,
    text,
    usual,
    ...(before === null ? {} : { before: { text: before, usual } })
  }));
}

export function heldOutLines(languages: readonly string[]): HeldOutLine[] {
  const chat = languages.flatMap((language) => chatRows(language));
  return [...halved('textbook', corpusRows('test_strict'), languages), ...halved('chat', chat, languages)];
}

function halved(kind: HeldOutLine['kind'], rows: readonly string[][], languages: readonly string[]): HeldOutLine[] {
  return rows
    .filter(([language = '', source = '', english = '']) => languages.includes(language) && source !== '' && english !== '')
    .map(([language = '', source = '', english = ''], i) => ({
      kind,
      language,
      source,
      english,
      half: i % 2 === 0 ? 'choose' : 'report'
    }));
}

/** Two human translations of one source, of the training lines: what agreement looks like. Every `step`-th such source. */
export function twofoldTranslations(languages: readonly string[], most: number): (readonly [string, string])[] {
  const firstOf = new Map<string, string>();
  const pairs: (readonly [string, string])[] = [];
  for (const [language = '', source = '', english = ''] of corpusRows('train')) {
    if (!languages.includes(language) || english === '') continue;
    const key = `${language}\t${source}`;
    const first = firstOf.get(key);
    if (first === undefined) firstOf.set(key, english);
    else if (first.toLowerCase() !== english.toLowerCase()) pairs.push([first, english]);
  }
  const step = Math.max(1, Math.floor(pairs.length / most));
  return pairs.filter((_, i) => i % step === 0).slice(0, most);
}
