/**
 * The index on disk against one that is built anew from the same case, after any course of imports, translations,
 * certified texts, transcripts, crashes, damage, old files put back, full disks and erasures.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contents, openStore } from '../../../tests/fixtures/fault-run.ts';
import { MemoryDisk } from '../../../tests/fixtures/memory-disk.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { SavedCase } from '../pipeline/saved-case.ts';
import type { IndexStanding } from '../pipeline/search-desk.ts';
import { CaseSession } from '../pipeline/session.ts';
import type { SessionParts } from '../pipeline/session-parts.ts';
import { SUM_MESSAGES } from '../pipeline/text-sums.ts';
import { packEvent } from '../records/certified-log.ts';
import type { BlockStore } from '../vault/blocks.ts';
import { importDataKey } from '../vault/keys.ts';
import { DerivedFiles } from '../vault/segments/derived-files.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
const MODEL = { id: 'romance-en', sha256Hex: 'f'.repeat(64) };
const CASE = 'a case';
const WORDS = ['bani', 'azi', 'mâine', 'parola', 'statuie', '北京', 'money', 'harbour', '07700 900123', 'ok'];
const QUERIES = [
  ...WORDS,
  'ba*',
  '"bani azi"',
  '"money harbour"',
  '-money',
  'original:ok',
  'translation:ok',
  'transcript:ok',
  '~bani'
];

const keyOf = (first: number): Promise<CryptoKey> =>
  importDataKey(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? first : i)));

function chat(texts: readonly string[], name: string): Blob {
  const two = (n: number): string => String(n).padStart(2, '0');
  const line = (text: string, i: number): string =>
    `25/09/2025, ${two(i % 24)}:${two(Math.floor(i / 24) % 60)} - ${i % 2 === 0 ? 'Ana' : name}: ${text}`;
  return new Blob([`${texts.map(line).join('\n')}\n`]);
}

/** A case on a disk in memory, opened, closed and opened again as the case worker does it. */
class CaseOnDisk {
  readonly disk = new MemoryDisk();
  key: CryptoKey;
  #imports = 0;
  #session: CaseSession | null = null;
  #parts: SessionParts | null = null;
  #files: DerivedFiles | null = null;
  store: BlockStore | null = null;

  constructor(key: CryptoKey) {
    this.key = key;
  }

  get session(): CaseSession {
    if (this.#session === null) throw new Error('The case is not open.');
    return this.#session;
  }

  async parts(): Promise<SessionParts> {
    const store = await openStore(this.disk, this.key);
    const saved = new SavedCase();
    for await (const { kind, bytes } of store.readAll(({ seq, kind }) => saved.lose(seq, kind))) saved.add(kind, bytes);
    this.store = store;
    return { ...saved.finish(), keeper: { put: (kind, bytes) => store.put(kind, bytes).then(() => {}) }, clock: () => 0 };
  }

  async open(): Promise<IndexStanding> {
    // A window that is gone writes no more.
    this.#files?.close();
    this.#files = new DerivedFiles(this.disk.folder, CASE, this.key, false);
    this.#parts = await this.parts();
    this.#session = new CaseSession({ ...this.#parts, shelf: this.#files });
    await this.session.warm();
    return this.session.indexStanding();
  }

  async import(texts: readonly string[]): Promise<void> {
    const name = `Dan${++this.#imports}`;
    await this.session.importFile(chat(texts, name), `WhatsApp Chat with ${name}.txt`, 'whatsapp-text', OPTIONS, () => {});
  }

  /** A session over the very same case, as it was read and changed since, that knows of no index on disk. */
  anew(): CaseSession {
    if (this.#parts === null) throw new Error('The case is not open.');
    return new CaseSession({ ...this.#parts, keeper: null });
  }

  indexFiles(): string[] {
    return [...this.disk.files.keys()].filter((name) => name.startsWith('search-')).sort();
  }
}

const translation = (messageId: number, text: string | null) => ({
  messageId,
  language: 'ron',
  text,
  flags: 0,
  meanLogProb: -0.5,
  model: text === null ? null : MODEL
});

async function answersOf(session: CaseSession): Promise<Record<string, number[]>> {
  const answers: Record<string, number[]> = {};
  for (const query of QUERIES) {
    const { setId } = await session.filter({ text: query });
    const rows = await session.rows(setId, 'relevance', 0, 10_000);
    answers[query] = rows.map(({ id }) => id);
  }
  return answers;
}

/** What is found, and in which order it is worth reading, is that of an index built anew. */
async function expectSameAsAnew(held: CaseOnDisk): Promise<void> {
  expect(await answersOf(held.session)).toEqual(await answersOf(held.anew()));
}

async function opened(texts: readonly string[] = WORDS): Promise<CaseOnDisk> {
  const held = new CaseOnDisk(await keyOf(1));
  expect(await held.open()).toMatchObject({ origin: 'built', why: 'none' });
  await held.import(texts);
  await held.session.keepIndex();
  return held;
}

const text = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('import' as const), texts: fc.array(text, { minLength: 1, maxLength: 12 }) })
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('translate' as const),
      at: fc.nat(),
      text: fc.option(text),
      count: fc.integer({ min: 1, max: 8 })
    })
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hear' as const), at: fc.nat(), text }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('certify' as const), at: fc.nat(), text }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('keep' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('damage' as const),
      at: fc.nat(),
      how: fc.constantFrom('change' as const, 'cut' as const, 'remove' as const, 'swap' as const)
    })
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose blocks' as const), at: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('put back' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('full disk' as const), extra: fc.nat(3000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const) }) }
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function damage({ disk }: CaseOnDisk, names: readonly string[], at: number, how: 'change' | 'cut' | 'remove' | 'swap'): void {
  const name = names[at % names.length];
  const bytes = name === undefined ? undefined : disk.files.get(name);
  if (name === undefined || bytes === undefined) return;
  if (how === 'remove') disk.files.delete(name);
  else if (how === 'cut') disk.files.set(name, bytes.slice(0, at % Math.max(1, bytes.length)));
  else if (how === 'swap') {
    const other = names[(at + 1) % names.length]!;
    disk.files.set(name, disk.files.get(other)!);
    disk.files.set(other, bytes);
  } else if (bytes.length > 0) bytes[at % bytes.length]! ^= 1;
}

/** What a course of steps needs to know of the steps before. */
interface Past {
  /** Files of the index as they were at some time. */
  snapshot: Map<string, Uint8Array<ArrayBuffer>>;
  intakes: number;
  keys: number;
}

async function take(held: CaseOnDisk, one: Step, past: Past): Promise<void> {
  const { disk } = held;
  const messages = held.session.store.committed.messages;
  if (one.do === 'import') await held.import(one.texts);
  else if (one.do === 'translate') {
    const ids = Array.from({ length: Math.min(one.count, messages) }, (_, i) => (one.at + i) % Math.max(1, messages));
    await held.session.storeTranslations(ids.map((id) => translation(id, one.text)));
  } else if (one.do === 'hear' && messages > 0) {
    const line = { from_s: 0, to_s: 1, text: one.text, meanLogProb: -0.2, noSpeech: 0, flags: 0 };
    const heard = { language: 'ron', languageShare: 1, lines: [line], duration_s: 1, sampleCount: 16_000 };
    const sound = { audioSha256Hex: 'a'.repeat(64), audioBytes: 9, model: MODEL, fault: null };
    await held.session.storeTranscript({ ...heard, ...sound, messageId: one.at % messages, attachment: 0 } as never);
  } else if (one.do === 'certify' && messages > 0) {
    const line = { messageId: one.at % messages, request: 1, line: 1, text: one.text, note: '' };
    const statement = { translator: 'T', qualification: '', translatedOn: '2026-01-01', takenAtMs: 0, takenBy: 'me' };
    const file = { fileName: 'f', fileSha256Hex: '0'.repeat(64), lines: [line], refused: [] };
    await held.store?.put('certified', packEvent({ kind: 'intake', number: ++past.intakes, ...statement, ...file }));
    await held.open();
  } else if (one.do === 'withdraw' && past.intakes > 0)
    await held.session.withdrawIntake(past.intakes, 'me').catch((error: unknown) => expect(error).toBeInstanceOf(RangeError));
  else if (one.do === 'keep') {
    await held.session.keepIndex();
    past.snapshot = new Map(held.indexFiles().map((name) => [name, disk.files.get(name)!.slice()]));
  } else if (one.do === 'reopen') await held.open();
  else if (one.do === 'damage') {
    damage(held, held.indexFiles(), one.at, one.how);
    await held.open();
  } else if (one.do === 'lose blocks') {
    const segments = [...disk.files.keys()].filter((name) => name.startsWith('segment-')).sort();
    for (const offset of [0, 1]) damage(held, segments, one.at + offset, 'change');
    await held.open();
  } else if (one.do === 'put back') {
    for (const [name, bytes] of past.snapshot) disk.files.set(name, bytes.slice());
    await held.open();
  } else if (one.do === 'full disk') {
    disk.quotaBytes = disk.usedBytes + one.extra;
    await held.session.keepIndex();
    disk.quotaBytes = Number.POSITIVE_INFINITY;
  } else if (one.do === 'erase') {
    const index = new Map(held.indexFiles().map((name) => [name, disk.files.get(name)!]));
    disk.files.clear();
    disk.commits = [];
    disk.head = null;
    held.key = await keyOf(++past.keys);
    // As if an image of the disk had kept the old case's index: the new case has another key.
    for (const [name, bytes] of index) disk.files.set(name, bytes);
    past.intakes = 0;
    expect((await held.open()).origin).toBe('built');
  }
}

describe('the search index on disk', () => {
  it('finds what an index built anew finds, after any course of changes, crashes and damage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const held = await opened();
        const past: Past = { snapshot: new Map(), intakes: 0, keys: 1 };
        for (const one of steps) await take(held, one, past);
        await expectSameAsAnew(held);
        await held.session.keepIndex();
        await held.open();
        await expectSameAsAnew(held);
      }),
      { numRuns: 40 }
    );
  });

  it('is read and not built, and only what was not written is indexed again', async () => {
    const held = await opened(Array.from({ length: SUM_MESSAGES + 900 }, (_, i) => `${WORDS[i % WORDS.length]} n${i}`));
    expect(await held.open()).toMatchObject({ origin: 'read', why: null, indexedAgain: 0 });
    // A crash before the index was written: the last chunk alone differs.
    await held.session.storeTranslations([translation(SUM_MESSAGES + 5, 'harbour harbour')]);
    expect(await held.open()).toMatchObject({ origin: 'read', indexedAgain: 900 });
    await expectSameAsAnew(held);
    await held.session.keepIndex();
    expect(await held.open()).toMatchObject({ origin: 'read', indexedAgain: 0 });
  });

  it('writes new segments only, and takes away what the list no longer names', async () => {
    const held = await opened(Array.from({ length: 200 }, (_, i) => `lung ${i}`));
    const before = new Map(held.indexFiles().map((name) => [name, held.disk.files.get(name)]));
    expect([...before.keys()]).toEqual(['search-0', 'search-list']);
    await held.session.storeTranslations([translation(3, 'harbour')]);
    await held.session.keepIndex();
    expect(held.indexFiles()).toEqual(['search-0', 'search-1', 'search-list']);
    expect(held.disk.files.get('search-0')).toBe(before.get('search-0'));
    await held.import(Array.from({ length: 400 }, (_, i) => `scurt ${i}`));
    await held.session.keepIndex();
    // Merged into one, in a file that the list before did not name.
    expect(held.indexFiles()).toEqual(['search-2', 'search-list']);
    expect(await held.open()).toMatchObject({ origin: 'read', indexedAgain: 0 });
  });

  it('is built anew where any file of it is damaged or gone, says why, and the case opens', async () => {
    for (const name of ['search-0', 'search-list'])
      for (const how of ['change', 'cut', 'remove'] as const) {
        const held = await opened();
        damage(held, [name], 40, how);
        const why = name === 'search-list' && how === 'remove' ? 'none' : 'damaged';
        expect(await held.open(), `${name} ${how}`).toMatchObject({ origin: 'built', why });
        await expectSameAsAnew(held);
        await held.session.keepIndex();
        expect(await held.open(), `${name} ${how}`).toMatchObject({ origin: 'read' });
      }
  });

  it('adds no block to the case, and so nothing to its parity or to a case file', async () => {
    const held = new CaseOnDisk(await keyOf(1));
    await held.open();
    await held.import(WORDS);
    const blocks = (await contents(held.store!)).texts.length;
    const parity = held.disk.files.get('parity');
    await held.session.keepIndex();
    expect(held.indexFiles()).toEqual(['search-0', 'search-list']);
    expect((await contents(held.store!)).texts.length).toBe(blocks);
    expect(held.disk.files.get('parity')).toBe(parity);
  });

  it('is written by no window that only reads, which uses it all the same', async () => {
    const held = await opened();
    const files = new Map(held.disk.files);
    const shelf = new DerivedFiles(held.disk.folder, CASE, held.key, true);
    const reader = new CaseSession({ ...(await held.parts()), shelf, keeper: null });
    await reader.warm();
    expect(reader.indexStanding()).toMatchObject({ origin: 'read' });
    await reader.storeTranslations([translation(0, 'harbour')]);
    await reader.keepIndex();
    for (const name of held.indexFiles()) expect(held.disk.files.get(name)).toBe(files.get(name));
  });

  it('holds no word in clear', async () => {
    const canaries = Array.from({ length: 200 }, (_, i) => `canary${i}trimitebanii`);
    const held = await opened(canaries);
    const inUtf16 = new Uint8Array(new Uint16Array([...'canary'].map((letter) => letter.charCodeAt(0))).buffer);
    for (const name of held.indexFiles()) {
      const bytes = Buffer.from(held.disk.files.get(name)!);
      expect(bytes.length).toBeGreaterThan(100);
      expect(bytes.includes('canary')).toBe(false);
      expect(bytes.includes(Buffer.from(inUtf16))).toBe(false);
      expect(bytes.includes('termUnits')).toBe(false);
    }
  });
});
