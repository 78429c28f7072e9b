/** Red lines that can be read off the source itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function sources(folder: string, endings: RegExp): [path: string, text: string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.test(name) && !/\.test\.ts$|paraglide/.test(name))
    .map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')]);
}

const code = sources('src', /\.(ts|svelte)$/);
const lines = (pattern: RegExp, among = code): string[] =>
  among.flatMap(([path, text]) =>
    text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : []))
  );

describe('red lines', () => {
  it('the search itself finds what it should', () => {
    expect(lines(/from '\.\.\/evidence\//).length).toBeGreaterThan(20);
  });

  it('evidence is text: nothing is put into a page as markup or code', () => {
    expect(lines(/\{@html|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|new Function\(|\beval\(/)).toEqual([]);
  });

  it('no style attribute, which the content security policy refuses: style directives go through the DOM', () => {
    expect(lines(/\sstyle=["'{]/, sources('src', /\.(svelte|html)$/))).toEqual([]);
  });

  it('attachments are never rendered: no element that shows, plays or loads one', () => {
    expect(lines(/<(img|picture|video|audio|iframe|embed|object|source)\b/, sources('src', /\.svelte$/))).toEqual([]);
    expect(lines(/createImageBitmap|new Image\(|new Audio\(/)).toEqual([]);
  });

  it('analysis is deterministic: no random numbers and no clock of its own', () => {
    const analysis = sources('src/lib/analysis', /\.ts$/);
    // performance.now paces long work and measures it; it never decides a result.
    const called = lines(/Math\.random\(|Date\.now\(|new Date\(\)/, analysis);
    expect(called).toEqual([]);
  });

  it('no address outside the app is ever named for loading', () => {
    const called = lines(/(fetch|importScripts|new Worker|new WebSocket|new EventSource|sendBeacon)\(\s*['"`]https?:/);
    expect(called).toEqual([]);
    expect(lines(/cdn\.|jsdelivr|unpkg|googleapis|huggingface\.co/)).toEqual([]);
  });

  it('no screen judges a person: no word of guilt, risk or credibility beside a name', () => {
    const words = [...sources('src/messages', /^(en|fr)\.json$/)]
      .map(([, text]) => Object.values(JSON.parse(text) as Record<string, unknown>).join('\n'))
      .join('\n');
    expect(words.length).toBeGreaterThan(5000);
    expect(words).not.toMatch(
      /\b(risk score|threat level|suspicious|guilt|guilty|credib\w*|dangerous|score de risque|suspecte?s?|coupables?|dangereu\w+)\b/i
    );
  });

  it('a hint has one place, inside the message that it quotes, and never one meaning without the other', () => {
    const views = sources('src/lib/views', /\.svelte$/);
    const drawn = views.filter(([, text]) => /\bhint\.(sense|innocent)\b/.test(text));
    expect(drawn.map(([path]) => path)).toEqual([join('src/lib/views/messages', 'Hints.svelte')]);
    for (const [path, text] of drawn) {
      for (const part of [/hint\.innocent/, /hint\.quotes/, /row\.body !== ''/]) expect(text, path).toMatch(part);
      // Both meanings stand in one list of the same look.
      expect(text.indexOf('hint.innocent') - text.indexOf('hint.sense'), path).toBeLessThan(200);
    }
    const hosts = views.filter(([, text]) => text.includes('<Hints '));
    expect(hosts.length).toBeGreaterThan(0);
    for (const [path, text] of hosts)
      expect(text, `${path} shows a hint without its message`).toMatch(/<TextPair [^>]*\/>\s*<Hints /);
  });

  it('hints know no one: the matching of terms never reads a sender, a thread or a language of a line', () => {
    const files = ['src/lib/pipeline/glossary-desk.ts', 'src/lib/language/term-matcher.ts'].map((path): [string, string] => [
      path,
      readFileSync(path, 'utf8')
    ]);
    expect(lines(/languageOf|partyOf|\.from\.at|\.to\.at|\.thread\.at|directory|senders?\(/, files)).toEqual([]);
  });

  it('machine text has one place where it is shown, and that place shows the original', () => {
    const shown = sources('src/lib/views', /\.svelte$/).filter(([, text]) =>
      /\b(row|detail|message|quote)\.translation\b/.test(text)
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const [path, text] of shown) expect(text, `${path} shows machine text without its original`).toMatch(/\.body\b/);
  });
});
