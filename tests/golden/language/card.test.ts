/** The card of the shipped model against the model: what it claims is what is there, and what is offered is above its threshold. */
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ModelManifest } from '../../../src/lib/language/manifest.ts';
import { openTranslator } from '../../../src/lib/language/open.ts';

const models = new URL('../../../models/', import.meta.url);
const card = readFileSync(new URL('romance-en/card.md', models), 'utf8');
const manifest = JSON.parse(readFileSync(new URL('romance-en/manifest.json', models), 'utf8')) as ModelManifest;
const named = new Intl.DisplayNames(['en'], { type: 'language' });
const READ = 30;

/** Cells of every row of a table with so many columns, heads and rules left out. */
function rowsOf(columns: number): string[][] {
  const lines = card.split('\n').filter((line) => line.startsWith('| '));
  const rows = lines.map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/u)
      .map((cell) => cell.trim())
  );
  return rows.filter((cells) => cells.length === columns && cells[0] !== 'language');
}

const scores = rowsOf(6);
const read = rowsOf(5).filter(([language = '']) => manifest.languages.includes(language));

describe('the card', () => {
  it('is that of the version that ships, with the attribution that its data asks for and the command that prints it', () => {
    expect(card.split('\n')[0]).toMatch(new RegExp(`^# ${manifest.id} ${manifest.version.replaceAll('.', '\\.')}:`));
    for (const words of ['Tatoeba', 'CC-BY 2.0 FR', 'TICO-19', 'CC0', 'models/train/card.py']) expect(card).toContain(words);
    expect(manifest.attribution).toContain('tatoeba.org, CC-BY 2.0 FR');
  });

  it('scores every offered language on all four kinds of lines, and each is above the threshold that it states', () => {
    const [, bleu = '', chrF = ''] = /BLEU (\d+) and chrF2 (\d+) or more/u.exec(card) ?? [];
    expect(Number(bleu)).toBeGreaterThan(0);
    const kinds = [0, 1, 2, 3].map((i) => scores.slice((i * scores.length) / 4, ((i + 1) * scores.length) / 4));
    const [strict = [], , , conversations = []] = kinds;
    const wanted = [...manifest.languages.map((one) => named.of(one)), 'all'];
    for (const part of kinds) expect(part.map(([language]) => language).sort()).toEqual([...wanted].sort());
    for (const [language, lines, bareBleu, bareChrF, productBleu, productChrF] of strict) {
      expect(Number(lines), language).toBeGreaterThan(100);
      for (const one of [bareBleu, productBleu]) expect(Number(one), language).toBeGreaterThanOrEqual(Number(bleu));
      for (const one of [bareChrF, productChrF]) expect(Number(one), language).toBeGreaterThanOrEqual(Number(chrF));
    }
    for (const [language, , , alone, , behind] of conversations) {
      expect(Number(behind), language).toBeGreaterThanOrEqual(Number(alone));
    }
  });

  it('holds thirty lines of each language read by eye, and its sum is theirs', () => {
    for (const language of manifest.languages) expect(read.filter(([one]) => one === language).length, language).toBe(READ);
    const count = (verdict: string): number => read.filter((cells) => cells[4] === verdict).length;
    const sums = [...card.matchAll(/(\d+) (?:are|were) right, (\d+)(?: right)? in part(?:,| and) (\d+) wrong/gu)];
    expect(sums.length).toBeGreaterThan(0);
    for (const [, ...sum] of sums.slice(0, 1)) expect(sum.map(Number)).toEqual(['right', 'in part', 'wrong'].map(count));
    expect(read.every(([, , , , verdict = '']) => ['right', 'in part', 'wrong'].includes(verdict))).toBe(true);
  });

  it('shows held-out lines, and what the shipped model says of them today', { timeout: 600_000 }, async () => {
    const heldOut = new Map<string, Set<string>>();
    for (const language of manifest.languages) {
      const text = readFileSync(new URL(`../bench/chat/${language}.tsv`, new URL('../', import.meta.url)), 'utf8');
      heldOut.set(language, new Set(text.split('\n').map((line) => line.split('\t')[0] ?? '')));
    }
    const plain = (cell = ''): string => cell.replaceAll('\\|', '|');
    expect(read.filter(([language = '', source]) => heldOut.get(language)?.has(plain(source)) !== true)).toEqual([]);
    const bytes = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(new URL(path, models)));
    const translator = await openTranslator({ read: bytes, modelsRoot: models.pathname, threads: 1 });
    const made = await translator.translate(
      read.map(([, source], id) => ({ id, text: plain(source) })),
      { signal: new AbortController().signal }
    );
    await translator.dispose();
    const now = made.map(({ text }, i) => (text ?? plain(read[i]?.[1])).replaceAll('|', '\\|'));
    expect(now).toEqual(read.map((cells) => cells[3]));
  });
});
