/** whatsapp-text against public samples and the answers that other parsers gave for them. */
import { existsSync, openAsBlob, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReadOptions, SourceInput } from '../../src/lib/formats/contract.ts';
import { whatsappText } from '../../src/lib/formats/whatsapp-text/index.ts';
import { CollectingSink } from '../fixtures/collecting-sink.ts';
import { textInput } from '../fixtures/whatsapp.ts';

const ROOT = new URL('../../../shared/samples/whatsapp_txt/', import.meta.url).pathname;
const MINER = join(ROOT, 'joweich+chat-miner/test/whatsapp');
const WHATSTK = join(ROOT, 'lucasrodes+whatstk/chats/whatsapp');
const LAYOUTS = join(ROOT, 'lucasrodes+whatstk/whatstk/whatsapp/assets/header_format_support.json');
const isHere = existsSync(MINER);
if (!isHere) console.log('skipped: ../shared/samples/whatsapp_txt is not there');

const UTC: ReadOptions = { zone: 'UTC', region: 'GB', owner: null };

async function fileInput(path: string): Promise<SourceInput> {
  const blob = await openAsBlob(path);
  return { name: path.slice(path.lastIndexOf('/') + 1), sizeBytes: blob.size, blob };
}

async function readAll(input: SourceInput, options = UTC): Promise<CollectingSink> {
  const sink = new CollectingSink();
  await whatsappText.read(input, options, sink, new AbortController().signal);
  sink.assertConserved();
  return sink;
}

interface Target {
  readonly timestamp: string;
  readonly author: string;
  readonly message: string;
}

describe.skipIf(!isHere)('chat-miner', () => {
  const target = isHere ? (JSON.parse(readFileSync(join(MINER, 'target.json'), 'utf8')) as Target[]) : [];
  it.each(isHere ? readdirSync(MINER).filter((name) => name.endsWith('.txt')) : [])('%s', async (name) => {
    const sink = await readAll(await fileInput(join(MINER, name)));
    expect(sink.sum).toMatchObject({ seen: 9, kept: 9 });
    const rows = sink.messages.map((m) => ({
      timestamp: new Date(m.time.utcMs ?? NaN).toISOString().slice(0, 19),
      author: m.from?.rawIdentifier ?? '',
      message: m.body.replaceAll('\n', ' ')
    }));
    for (const row of target) expect(rows).toContainEqual(row);
    // The three lines that the other parser leaves out: one without a space after the colon, two by the app.
    expect(rows.filter((row) => !target.some((one) => one.timestamp === row.timestamp)).map((row) => row.message)).toEqual([
      '.',
      '+12 345 578 created group "Groupname"',
      'You were added'
    ]);
  });
});

describe.skipIf(!isHere)('whatstk chats', () => {
  it.each([
    ['lorem.txt', 500, 0, 4],
    ['lorem-2000.txt', 2000, 0, 4],
    ['lorem-merge-part1.txt', 300, 0, 4],
    ['lorem-merge-part2.txt', 300, 0, 5],
    ['pokemon.txt', 20, 2, 8]
  ] as const)('%s', async (name, kept, system, senders) => {
    const path = join(WHATSTK, name);
    const sink = await readAll(await fileInput(path));
    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => /^\[?\d+[-./]\d+/.test(line));
    expect(lines.length).toBe(kept);
    expect(sink.sum).toMatchObject({ seen: kept, kept, refused: 0 });
    expect(sink.messages.filter((m) => m.from === null).length).toBe(system);
    expect(new Set(sink.messages.flatMap((m) => m.from?.identifier ?? [])).size).toBe(senders);
    const times = sink.messages.map((m) => m.time.utcMs ?? NaN);
    expect(times.every((time, i) => i === 0 || time >= (times[i - 1] as number))).toBe(true);
  });
});

describe.skipIf(!isHere)('header layouts that whatstk supports', () => {
  const layouts = isHere ? (JSON.parse(readFileSync(LAYOUTS, 'utf8')) as { format: string }[]).map((one) => one.format) : [];
  const moments = [
    '2023-10-13T00:05:00Z',
    '2023-10-13T09:30:00Z',
    '2023-10-24T12:00:00Z',
    '2023-11-25T23:59:00Z',
    '2024-12-31T13:15:00Z'
  ].map((text) => new Date(text));
  const two = (n: number): string => String(n).padStart(2, '0');
  const render = (layout: string, at: Date, name: string): string => {
    const hour = at.getUTCHours();
    const values: Record<string, string> = {
      '%y': two(at.getUTCFullYear() % 100),
      '%m': two(at.getUTCMonth() + 1),
      '%d': two(at.getUTCDate()),
      '%H': two(hour),
      '%I': two(hour % 12 === 0 ? 12 : hour % 12),
      '%M': two(at.getUTCMinutes()),
      '%S': '00',
      '%p': hour < 12 ? 'AM' : 'PM',
      '%name': name
    };
    return layout.replace(/%(?:name|[a-zA-Z])/g, (key) => values[key] ?? key);
  };
  it.each(layouts)('%s', async (layout) => {
    const text = moments.map((at, i) => `${render(layout, at, i % 2 === 0 ? 'Anna' : '+44 7700 900123')} text ${i}`).join('\n');
    // Five dates with a short year in front can also be read with the year last: that must be asked.
    const asks = /%y.%m.%d/.test(layout);
    const input = textInput('chat.txt', text);
    const { questions } = await whatsappText.probe(input, UTC, new AbortController().signal);
    expect(questions.some((question) => question.kind === 'dateOrder' && question.options.includes('ymd'))).toBe(asks);
    const sink = await readAll(input, asks ? { ...UTC, dateOrder: 'ymd' } : UTC);
    expect(sink.messages.map((m) => [new Date(m.time.utcMs ?? NaN).toISOString(), m.from?.rawIdentifier, m.body])).toEqual(
      moments.map((at, i) => [at.toISOString(), i % 2 === 0 ? 'Anna' : '+44 7700 900123', `text ${i}`])
    );
  });
});
