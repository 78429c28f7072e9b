/**
 * Readers beside the raw cost of their bytes, in one process and one run: SHA-256 of the file, and what another program
 * would take it apart with (JSON.parse, saxes, papaparse, or decoding and cutting into lines). CPU times, the least of three.
 * The readers make records and check every item; the peers make values or events and throw them away.
 */
import Papa from 'papaparse';
import { SaxesParser } from 'saxes';
import { CountingSink } from '../../src/lib/formats/counting-sink.ts';
import type { ReadOptions } from '../../src/lib/formats/contract.ts';
import { formatById } from '../../src/lib/formats/registry.ts';
import { sha256Hex } from '../../src/lib/pipeline/hash.ts';
import { csvText } from '../../tools/sample/phone-csv.ts';
import { coreThreads } from '../../tools/sample/threads.ts';
import { chatText } from '../../tools/sample/whatsapp.ts';
import { bytesInput, jsonOf } from '../fixtures/format-fixture.ts';
import { metaMessage, metaThread } from '../fixtures/meta.ts';
import { backupXml, smsXml } from '../fixtures/sms-backup.ts';
import { telegramMessage } from '../fixtures/telegram.ts';
import { against, type Figure } from './figure.ts';
import { leastCpu } from './measure.ts';

const ITEMS = 60_000;
const RUNS = 3;
const LONDON: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: null, dateOrder: 'dmy' };
const ME = { identifier: '', name: 'Dan Rusu' };
const PEOPLE = ['Ana Pop', 'Dan Rusu'] as const;
const { signal } = new AbortController();

type Peer = 'JSON.parse' | 'saxes' | 'papaparse' | 'decode and cut into lines';

interface Subject {
  readonly format: string;
  readonly file: string;
  readonly text: string;
  readonly peer: Peer;
  readonly options: ReadOptions;
}

const PEERS: Readonly<Record<Peer, (bytes: Uint8Array) => unknown>> = {
  'JSON.parse': (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as unknown,
  saxes: (bytes) => {
    let events = 0;
    const parser = new SaxesParser();
    parser.on('opentag', () => events++);
    parser.on('text', () => events++);
    parser.write(new TextDecoder().decode(bytes)).close();
    return events;
  },
  papaparse: (bytes) => Papa.parse(new TextDecoder().decode(bytes)).data.length,
  'decode and cut into lines': (bytes) => new TextDecoder().decode(bytes).split('\n').length
};

export function subjects(items: number): Subject[] {
  const numbers = Array.from({ length: items }, (_, i) => i);
  const said = (i: number): string => `ce faci, vii azi pe la ${i % 24}? ţi-am lăsat cheia la vecina ${i}`;
  const telegram = numbers.map((i) => telegramMessage(i, i % 2 === 0 ? ['user1', PEOPLE[0]] : ['user2', PEOPLE[1]], said(i)));
  const meta = numbers.map((i) => metaMessage((items - i) * 1000, PEOPLE[i % 2]!, said(i)));
  const sms = numbers.map((i) =>
    smsXml({ address: '07700 900012', name: 'Ana Pop', date: String(1_709_316_000_000 + i * 1000), body: said(i) })
  );
  const chat = { ...coreThreads(6000).find(({ id }) => id === 'sorin-ionela')!, count: items };
  return [
    {
      format: 'whatsapp-text',
      file: '_chat.txt',
      text: [...chatText(chat, 1, { messages: 0, systemLines: 0 })].join(''),
      peer: 'decode and cut into lines',
      options: LONDON
    },
    { format: 'sms-backup-xml', file: 'sms.xml', text: backupXml('smses', sms), peer: 'saxes', options: LONDON },
    {
      format: 'phone-csv',
      file: 'download.csv',
      text: [...csvText(items * 8, 1, { messages: 0, otherRows: 0, roundedNumbers: 0 })].join(''),
      peer: 'papaparse',
      options: LONDON
    },
    {
      format: 'telegram-json',
      file: 'result.json',
      text: jsonOf({ name: PEOPLE[0], type: 'personal_chat', id: 1, messages: telegram }),
      peer: 'JSON.parse',
      options: { ...LONDON, owner: ME }
    },
    {
      format: 'meta-json',
      file: 'message_1.json',
      text: jsonOf(metaThread(meta, PEOPLE, 'inbox/ana_1')),
      peer: 'JSON.parse',
      options: { ...LONDON, owner: ME }
    }
  ];
}

export async function readerFigures(items = ITEMS): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { format: id, file, text, peer, options } of subjects(items)) {
    const bytes = new TextEncoder().encode(text);
    const format = formatById(id)!;
    const input = bytesInput(file, bytes);
    const read = await leastCpu(RUNS, async () => {
      const sink = new CountingSink();
      await format.read(input, options, sink, signal);
      return sink.counts.get('message') ?? 0;
    });
    if (read.result < items * 0.2) throw new Error(`${id} read ${read.result} of some ${items} messages`);
    const raw = await leastCpu(RUNS, () => PEERS[peer](bytes));
    const hash = await leastCpu(RUNS, () => sha256Hex(input.blob, signal));
    const rate = (ms: number): number => bytes.length / 1e6 / (ms / 1000);
    const unit = `MB/s of CPU, ${read.result} messages in ${(bytes.length / 1e6).toFixed(1)} MB`;
    figures.push(
      against(`ingest.${id}`, rate(read.value_ms), unit, peer, rate(raw.value_ms)),
      against(`ingest.${id}.hash`, rate(read.value_ms), 'MB/s of CPU', 'SHA-256', rate(hash.value_ms))
    );
  }
  return figures;
}
