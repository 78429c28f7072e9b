/**
 * The sample case: same seed same bytes, counts as the truth says, nothing but reserved
 * identifiers, every planted line where the truth places it.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobReader, TextWriter, ZipReader, configure, type FileEntry } from '@zip.js/zip.js';
import { SaxesParser } from 'saxes';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typed, habitOf } from '../../tools/sample/chat-noise.ts';
import { london, londonOffsetMinutes } from '../../tools/sample/clock.ts';
import { rotated } from '../../tools/sample/exchange.ts';
import { crowdAccount, isReservedNumber } from '../../tools/sample/identifiers.ts';
import { fill } from '../../tools/sample/text.ts';
import { messagesOf } from '../../tools/sample/talk.ts';
import { coreThreads } from '../../tools/sample/threads.ts';
import { Stream } from '../../tools/sample/random.ts';
import { BANKS } from '../../tools/sample/words/index.ts';
import { LANGUAGES, TOPICS } from '../../tools/sample/words/bank.ts';
import { ledger, plantedMessages } from '../../tools/sample/story.ts';
import { writeSample, writeUfdr, writeUfedReport, type Manifest, type Truth } from '../../tools/sample/index.ts';

configure({ useWebWorkers: false });

let first = '';
let second = '';
let manifest: Manifest;
let truth: Truth;
/** Text of every file, zip members joined. */
const texts = new Map<string, string>();

async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path);
  if (!/\.(zip|ufdr)$/.test(path)) return bytes.toString('utf8');
  const zip = new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)])));
  let text = '';
  for (const entry of await zip.getEntries()) {
    if (!entry.directory) text += await (entry as FileEntry).getData(new TextWriter());
  }
  await zip.close();
  return text;
}

const hashes = (m: Manifest): string[] => m.files.map((f) => `${f.name} ${f.sha256}`);
const body = (name: string): string => texts.get(name) ?? '';

beforeAll(async () => {
  first = await mkdtemp(join(tmpdir(), 'sample-'));
  second = await mkdtemp(join(tmpdir(), 'sample-'));
  ({ manifest, truth } = await writeSample({ scale: 600, seed: 7, out: first }));
  for (const name of await readdir(first)) texts.set(name, await textOf(join(first, name)));
});

afterAll(async () => {
  await rm(first, { recursive: true });
  await rm(second, { recursive: true });
});

describe('writing', () => {
  it('gives the same bytes for the same seed, and others for another', async () => {
    const again = await writeSample({ scale: 600, seed: 7, out: second });
    expect(hashes(again.manifest)).toEqual(hashes(manifest));
    expect(await readFile(join(second, 'truth.json'))).toEqual(await readFile(join(first, 'truth.json')));
    const other = await writeSample({ scale: 600, seed: 8, out: second });
    expect(hashes(other.manifest)).not.toEqual(hashes(manifest));
  });

  it('lists every file with its size and hash', async () => {
    const names = (await readdir(first)).filter((n) => n !== 'truth.json' && n !== 'manifest.json');
    expect(manifest.files.map((f) => f.name).sort()).toEqual(names.sort());
    for (const file of manifest.files) {
      const bytes = await readFile(join(first, file.name));
      expect(file.bytes).toBe(bytes.length);
      expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(isReservedNumber(file.owner)).toBe(true);
    }
  });

  it('holds about six thousand records and grows with the scale', async () => {
    const { truth: base } = await writeSample({ scale: 6000, seed: 7, out: second });
    const records = Object.values(base.files).reduce((sum, f) => sum + f.messages, 0);
    expect(records).toBeGreaterThan(5400);
    expect(records).toBeLessThan(6600);
    const languages = new Map<string, number>();
    for (const thread of coreThreads(6000)) {
      for (const m of messagesOf(thread, 7)) languages.set(m.language, (languages.get(m.language) ?? 0) + 1);
    }
    for (const language of LANGUAGES) expect(languages.get(language), language).toBeGreaterThan(250);
  });

  it('writes a bare report with exactly the number of messages asked for', async () => {
    let found = 0;
    let bytes = 0;
    let tail = '';
    for await (const chunk of writeUfedReport({ messages: 2500, seed: 3 })) {
      const text = tail + Buffer.from(chunk).toString('latin1');
      const cut = text.lastIndexOf('\n') + 1;
      tail = text.slice(cut);
      found += text.slice(0, cut).match(/<model type="(InstantMessage|SMS)"/g)?.length ?? 0;
      bytes += chunk.length;
    }
    expect(found).toBe(2500);
    expect(bytes).toBeGreaterThan(2500 * 800);
  });
});

describe('a report for benchmarks', () => {
  it('has the same messages in fewer bytes when brief, and stands in a zip of its own', async () => {
    const bytesOf = async (brief: boolean): Promise<number> => {
      let bytes = 0;
      for await (const chunk of writeUfedReport({ messages: 400, brief })) bytes += chunk.length;
      return bytes;
    };
    expect(await bytesOf(true)).toBeLessThan((await bytesOf(false)) * 0.9);
    const path = join(second, 'bench.ufdr');
    await writeUfdr(path, { messages: 400, brief: true });
    const report = await textOf(path);
    expect(Buffer.byteLength(report)).toBe(await bytesOf(true));
    expect(report.match(/<model type="(InstantMessage|SMS)"/g)).toHaveLength(400);
  });
});

describe('counts in the files are those of the truth', () => {
  const fileOf = (name: string) => {
    const file = truth.files[name];
    if (!file) throw new Error(`truth has no ${name}`);
    return file;
  };

  it('in the UFDR, which is well-formed but for the one planted illegal byte', () => {
    const report = body('phone-a.ufdr');
    const end = report.indexOf('</project>') + '</project>'.length;
    const xml = report.slice(0, end);
    expect(xml.split('\u000b')).toHaveLength(2);
    const seen: Record<string, number> = {};
    const top: Record<string, number> = {};
    const path: string[] = [];
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', (tag) => {
      const type = String(tag.attributes['type'] ?? '');
      if (tag.name === 'model') {
        seen[type] = (seen[type] ?? 0) + 1;
        if (path[path.length - 1] === 'modelType') top[type] = (top[type] ?? 0) + 1;
      }
      path.push(tag.name);
    });
    parser.on('closetag', () => void path.pop());
    parser.write(xml.replace('\u000b', ' ')).close();
    const file = fileOf('phone-a.ufdr');
    expect(top).toEqual((file.detail as { models: Record<string, number> }).models);
    expect((seen['InstantMessage'] ?? 0) + (seen['SMS'] ?? 0)).toBe(file.messages);
    expect(seen['Call']).toBe(file.calls);
    expect(seen['Contact']).toBe(file.contacts);
    const ids = xml.match(/<model type="\w+" id="[^"]+"/g) ?? [];
    expect(new Set(ids.map((id) => id.slice(id.indexOf(' id='))))).toHaveProperty('size', ids.length);
    expect(xml.match(/format="Base64String"/g)?.length).toBe((file.detail as { base64Fields: number }).base64Fields);
  });

  it('in the WhatsApp exports', () => {
    for (const [name, file] of Object.entries(truth.files)) {
      if (file.format !== 'whatsapp-text') continue;
      const rows = body(name).match(/^\u200e?\[\d\d\/\d\d\/\d{4}, \d\d:\d\d:\d\d\] /gm)?.length;
      expect(rows, name).toBe(file.messages + (file.detail as { systemLines: number }).systemLines);
    }
  });

  it('in the SMS backups, where the count attribute may lie', () => {
    for (const [name, file] of Object.entries(truth.files)) {
      if (file.format !== 'sms-backup-xml') continue;
      expect(body(name).match(/<(sms|mms) /g)?.length ?? 0, name).toBe(file.messages);
      expect(body(name).match(/<call /g)?.length ?? 0, name).toBe(file.calls);
      const elements = body(name).match(/<sms .*\/>/g) ?? [];
      expect(elements.length - new Set(elements).size, name).toBe(file.duplicates.messages);
    }
    const after = Object.entries(truth.files).find(([name]) => name.startsWith('sms-2026'))?.[1];
    if (!after) throw new Error('no second SMS backup');
    expect(after.detail['claimedCount']).not.toBe(after.messages);
  });

  it('in the CSV', () => {
    const { data } = Papa.parse<string[]>(body('download.csv').replace(/^\ufeff/, ''), { skipEmptyLines: true });
    const header = data.findIndex((row) => row[0] === '#');
    const file = fileOf('download.csv');
    expect(data.length - header - 1).toBe(file.messages + file.refused);
    expect(data[header]).toContain('Timestamp: Date\nand time');
    expect(body('download.csv').match(/4\.477E\+11/g)?.length ?? 0).toBe(
      (file.detail as { roundedNumbers: number }).roundedNumbers
    );
  });
});

describe('identifiers', () => {
  it('are all from ranges reserved for fiction', () => {
    const suspicious: string[] = [];
    let numbers = 0;
    for (const [name, text] of texts) {
      if (name === 'truth.json' || name === 'manifest.json') continue;
      const bare = text
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, ' ')
        .replace(/[0-9A-F]{32}|[0-9a-f]{64}/g, ' ')
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+([+-]\d\d:\d\d)?/g, ' ')
        .replace(/(date|date_sent)="\d+"|\d+-group@g\.us|project id="\d+"|source_index="\d+"/g, ' ')
        .replace(/\d\d\/\d\d\/\d{4},? \d\d:\d\d:\d\d|(IMG|PTT)-\d{8}-WA\d+/g, ' ')
        .replace(/0044012\d{8}|00101\d{10}|89999\d{14}/g, ' ');
      for (const match of bare.matchAll(/\+?\d[\d \u00a0]{7,}\d/g)) {
        const digits = match[0].replace(/[^\d+]/g, '');
        if (digits.length < 9) continue;
        numbers += 1;
        const e164 = digits.startsWith('+')
          ? digits
          : /^(44|33)\d{9,10}$/.test(digits)
            ? `+${digits}`
            : digits.startsWith('06')
              ? `+33${digits.slice(1)}`
              : `+44${digits.replace(/^0/, '')}`;
        if (!isReservedNumber(e164)) suspicious.push(`${name}: ${match[0]}`);
      }
      for (const [address] of text.matchAll(/[\w.+-]+@[\w.-]+/g)) {
        if (!/@(example\.(org|com)|s\.whatsapp\.net|g\.us)$/.test(address)) suspicious.push(`${name}: ${address}`);
      }
      if (/https?:\/\/(?!pa\.cellebrite\.com\/report)/.test(text)) suspicious.push(`${name}: link`);
    }
    expect(suspicious).toEqual([]);
    expect(numbers).toBeGreaterThan(500);
  });

  it('never run out: numbers first, then addresses, none twice', () => {
    const all = Array.from({ length: 20_000 }, (_, n) => crowdAccount(n));
    expect(new Set(all).size).toBe(all.length);
    for (const account of all) expect(account.endsWith('@example.org') || isReservedNumber(account), account).toBe(true);
  });
});

describe('planted messages', () => {
  it('are at least sixty, in all six languages, each translated', () => {
    const planted = plantedMessages();
    const byHand = planted.filter((p) => p.theme !== 'ledger' && p.theme !== 'rota');
    expect(byHand.length).toBeGreaterThanOrEqual(60);
    expect(new Set(planted.map((p) => p.language))).toEqual(new Set(LANGUAGES));
    for (const p of planted) {
      expect(p.text).not.toBe('');
      if (p.language !== 'en') expect(p.translation, p.id).not.toBe(p.text);
    }
    expect(truth.planted.length).toBe(planted.length);
  });

  it('stand in the files where the truth places them', () => {
    for (const p of truth.planted) {
      for (const place of p.places) {
        const text = body(place.file);
        const line = p.text.split('\n')[0] ?? '';
        const escaped = place.file.endsWith('.xml') ? line.replaceAll('&', '&amp;') : line;
        const at = place.file.endsWith('.csv') ? `${place.timeInFile},` : place.timeInFile;
        expect(text.includes(escaped.replaceAll('"', place.file.endsWith('.csv') ? '""' : '"')), `${p.id} in ${place.file}`).toBe(
          true
        );
        if (!place.file.endsWith('.ufdr')) expect(text.includes(at), `${p.id} at ${at}`).toBe(true);
      }
    }
    expect(truth.planted.filter((p) => p.places.length === 0)).toEqual([]);
  });

  it('leave the deleted thread on the driver only', () => {
    const gone = truth.planted.filter((p) => p.id.startsWith('sorin-vitor#'));
    expect(gone.length).toBeGreaterThan(10);
    for (const p of gone) {
      expect(p.places.map((place) => place.file)).toEqual(['download.csv']);
      expect(body('phone-a.ufdr').includes(`[${p.text}]`), p.id).toBe(false);
    }
  });
});

describe('the story adds up', () => {
  it('in the ledger: what is owed is what was owed, plus charges, less what was kept', () => {
    const rows = ledger();
    for (const row of rows) {
      const before = rows.find((r) => r.worker === row.worker && r.week === row.week - 1)?.owed ?? 700;
      expect(row.owed).toBe(before + row.rent + row.transport + row.fine + row.share - row.paid);
    }
    const left = rows.filter((r) => r.worker === 'wilmer').at(-1);
    const said = plantedMessages().find((p) => p.id === 'sorin-ray-2#9');
    expect(said?.text).toContain(`his debt was ${left?.owed}`);
    for (const row of rows.filter((r) => r.week === 18)) expect(row.share).toBe(Math.floor((left?.owed ?? 0) / 8));
    const end = rows.filter((r) => r.week === 20);
    expect(end).toHaveLength(8);
    for (const row of end) expect(row.owed).toBeGreaterThan(700);
  });

  it('has an organiser who telephones and seldom writes', () => {
    const written = new Map<string, number>();
    for (const thread of coreThreads(6000)) {
      for (const m of messagesOf(thread, 7)) written.set(m.from.id, (written.get(m.from.id) ?? 0) + 1);
    }
    const ray = written.get('ray') ?? 0;
    const above = [...written.values()].filter((n) => n > ray).length;
    expect(ray).toBeGreaterThan(10);
    expect(above).toBeGreaterThan(25);
  });

  it('keeps times and writers when names and languages change hands', () => {
    const shape = (list: ReturnType<typeof messagesOf>) => list.map((m) => [m.atMs, m.from.id, m.kind]);
    const exchange = rotated(2);
    let changed = 0;
    for (const thread of coreThreads(1500)) {
      const as = messagesOf(thread, 7);
      const other = messagesOf(thread, 7, exchange);
      expect(shape(other)).toEqual(shape(as));
      changed += other.filter((m, i) => m.text !== as[i]?.text).length;
    }
    expect(changed).toBeGreaterThan(300);
  });

  it('agrees between copies of a thread on two phones', () => {
    const chat = body('WhatsApp Chat - Sorin.zip');
    const report = body('phone-a.ufdr');
    const thread = coreThreads(600).find((t) => t.id === 'sorin-ionela');
    if (!thread) throw new Error('no such thread');
    for (const m of messagesOf(thread, 7).filter((one) => one.kind === 'text')) {
      expect(chat.includes(m.text)).toBe(true);
      expect(report.includes(`[${m.text}]`)).toBe(true);
    }
  });
});

describe('words', () => {
  it('are at least three hundred lines a language, all topics, all slots known', () => {
    const r = new Stream('slots');
    for (const language of LANGUAGES) {
      const { topics, shortForms } = BANKS[language];
      const all = TOPICS.flatMap((topic) => topics[topic]);
      expect(new Set(all).size, language).toBeGreaterThanOrEqual(300);
      for (const line of all) expect(fill(line, language, 'f', r), line).not.toMatch(/[{}[\]|]/);
      for (const pair of shortForms) expect(pair.every((form) => form.length > 0)).toBe(true);
    }
  });

  it('never lose or change a figure on the way to the phone', () => {
    const r = new Stream('figures');
    for (const language of LANGUAGES) {
      for (const line of BANKS[language].topics.money) {
        const filled = fill(line, language, 'm', r);
        const out = typed(filled, BANKS[language], { ...habitOf('anyone'), shorten: 0 }, r);
        expect(out.match(/\d+/g) ?? []).toEqual(filled.match(/\d+/g) ?? []);
      }
    }
  });

  it('stay within what an officer may be shown in a demonstration', () => {
    // Stems in the six languages: sexual words, slurs, children as victims.
    const banned =
      /\b(sex\b|sexual|porn|nude|prostitu|escort|rape|viol(er|are|ar|o)\b|sexo|sesso|put[ae]\b|kill|murdered|bitch|slut|gypsy|tigan|t\u0163igan|gitano|zingar|cigano|gitan\b|minor\b|menor de|mineur|minore\b|underage|schoolgirl|schoolboy)/i;
    const all = [...texts.values()].join('\n');
    expect(all.match(banned)?.[0]).toBeUndefined();
    for (const language of LANGUAGES) {
      for (const topic of TOPICS) {
        for (const line of BANKS[language].topics[topic]) expect(line).not.toMatch(banned);
      }
    }
  });
});

describe('clock', () => {
  it('ends summer time on 26 October 2025 at 01:00 UTC', () => {
    expect(londonOffsetMinutes(Date.UTC(2025, 9, 26, 0, 59, 59))).toBe(60);
    expect(londonOffsetMinutes(Date.UTC(2025, 9, 26, 1))).toBe(0);
    expect(london('2025-09-20 07:58')).toBe(Date.UTC(2025, 8, 20, 6, 58));
    expect(london('2025-12-12 04:30')).toBe(Date.UTC(2025, 11, 12, 4, 30));
  });

  it('runs three hours and seven minutes ahead on phone C for three weeks', () => {
    const skewed = [...body('sms-20251203172500.xml').matchAll(/ date="(\d+)" type="1".* date_sent="(\d+)"/g)].map(
      ([, date, sent]) => Number(date) - Number(sent) - 2000
    );
    const ahead = skewed.filter((ms) => ms !== 0);
    expect(ahead.length).toBeGreaterThan(5);
    expect(new Set(ahead)).toEqual(new Set([(3 * 60 + 7) * 60_000]));
    expect(skewed.length).toBeGreaterThan(ahead.length);
  });
});
