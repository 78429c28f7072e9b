import { describe, expect, it } from 'vitest';
import { unpackBlock } from '../evidence/blocks.ts';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { SearchLog, packSearch } from '../records/search-log.ts';
import { SavedCase } from './saved-case.ts';
import { MOST_TERMS, type Surrounding } from './searches-contract.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
const LINES = ['salut, vin la 5', 'ok adu banii', 'n-am banii azi', 'suna la 07700 900123'];

function chat(other: string, lines: readonly string[]): Blob {
  const text = lines.map((body, i) => `25/09/2025, 10:0${i} - ${i % 2 === 0 ? 'Ana' : other}: ${body}`);
  return new Blob([text.join('\n') + '\n']);
}

interface Kept {
  readonly kind: string;
  readonly bytes: Uint8Array;
}
let clock_ms = 1_760_000_000_000;

async function filled(kept: Kept[] = []): Promise<CaseSession> {
  const session = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: { put: async (kind, bytes) => void kept.push({ kind, bytes: bytes.slice() }) },
    clock: () => clock_ms++
  });
  await session.importFile(chat('Bogdan', LINES), 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', OPTIONS, () => {});
  return session;
}
const quiet = (): void => {};

describe('a list of terms', () => {
  it('is counted within the filter, whose own text is passed over, and every count opens as many messages', async () => {
    const session = await filled();
    const terms = ['banii', '07700900123', 'nimic', '~Bani', '"adu banii"'];
    const shares: number[] = [];
    const rows = await session.countTerms(terms, { text: 'salut' }, '', (share) => shares.push(share));
    expect(rows.map(({ text, messages, threads, senders }) => [text, messages, threads, senders])).toEqual([
      ['banii', 2, 1, 2],
      ['07700900123', 1, 1, 1],
      ['nimic', 0, 0, 0],
      ['~Bani', 2, 1, 2],
      ['"adu banii"', 1, 1, 1]
    ]);
    for (const { text, messages } of rows) expect((await session.filter({ text })).total).toBe(messages);
    expect(shares.at(-1)).toBe(1);
    const [banii, , nimic] = rows;
    expect(banii?.lastMs).toBe(Date.UTC(2025, 8, 25, 9, 2));
    expect([nimic?.firstMs, nimic?.lastMs]).toEqual([null, null]);
  });

  it('narrowed to one sender counts that sender alone', async () => {
    const session = await filled();
    const ana = (await session.filter({})).facets.parties.find(({ label }) => label === 'Ana');
    const [row] = await session.countTerms(['banii'], { parties: [Number(ana?.value)] }, 'from Ana', quiet);
    expect(row?.messages).toBe(1);
    const [entry] = await session.searches();
    expect(entry).toMatchObject({ kind: 'list', within: 'from Ana', filter: { parties: [Number(ana?.value)] }, of: 4 });
  });

  it('names the place in a term that cannot be read, and counts the others', async () => {
    const session = await filled();
    const rows = await session.countTerms(['"open', '...', 'banii'], {}, '', quiet);
    expect(rows.map(({ fault, messages }) => [fault, messages])).toEqual([
      [{ code: 'unclosed-quote', at: 0 }, 0],
      [{ code: 'nothing-to-search', at: 0 }, 0],
      [null, 2]
    ]);
    expect((await session.searches())[0]?.searches).toEqual([
      { text: '"open', found: null },
      { text: '...', found: null },
      { text: 'banii', found: 2 }
    ]);
  });

  it('that is stopped writes nothing down', async () => {
    const session = await filled();
    const counting = session.countTerms(['banii', 'salut', 'ok'], {}, '', () => void session.cancelTerms());
    await expect(counting).rejects.toThrow('stopped');
    expect(await session.searches()).toEqual([]);
  });

  it('that is too long is refused', async () => {
    const session = await filled();
    const terms = Array.from({ length: MOST_TERMS + 1 }, (_, i) => `t${i}`);
    await expect(session.countTerms(terms, {}, '', quiet)).rejects.toThrow(String(MOST_TERMS));
  });
});

describe('the log of searches', () => {
  it('keeps what was found then, and a search made again shows what there is now', async () => {
    const kept: Kept[] = [];
    const session = await filled(kept);
    await session.noteSearch({ text: 'banii' }, '');
    await session.importFile(chat('Carla', ['adu banii']), 'WhatsApp Chat with Carla.txt', 'whatsapp-text', OPTIONS, quiet);
    expect((await session.searches())[0]).toMatchObject({ number: 1, of: 4, withEnglish: 0, searches: [{ found: 2 }] });
    expect(await session.replaySearch(1)).toEqual({ number: 1, found: [3], of: 5, withEnglish: 0 });
    await expect(session.replaySearch(2)).rejects.toThrow(RangeError);

    const saved = new SavedCase();
    for (const { kind, bytes } of kept) saved.add(kind, bytes);
    const again = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
    expect(await again.searches()).toEqual(await session.searches());
    expect((await again.replaySearch(1)).found).toEqual([3]);
  });

  it('writes the same search twice only where something changed, and none for an empty text', async () => {
    const session = await filled();
    await session.noteSearch({ text: '  ' }, '');
    await session.noteSearch({ text: 'banii' }, '');
    await session.noteSearch({ text: 'banii' }, '');
    await session.noteSearch({ text: 'banii', services: ['whatsapp'] }, 'in WhatsApp');
    await session.noteSearch({ text: '"open' }, '');
    expect((await session.searches()).map(({ number, searches }) => [number, searches[0]?.found])).toEqual([
      [3, null],
      [2, 2],
      [1, 2]
    ]);
  });

  it('refuses a record of a later version', () => {
    const entry = { number: 1, madeAtMs: 0, kind: 'typed', searches: [], filter: {}, within: '', of: 0, withEnglish: 0 } as const;
    const block = packSearch<Surrounding>(entry);
    const log = new SearchLog<Surrounding>();
    log.unpack(block);
    expect(log.entries).toEqual([entry]);
    const text = new TextDecoder('latin1').decode(block).replace('"version":2', '"version":3');
    const later = Uint8Array.from(text, (unit) => unit.charCodeAt(0));
    expect(unpackBlock(later).json).toMatchObject({ version: 3 });
    expect(() => log.unpack(later)).toThrow('version 3');
  });
});
