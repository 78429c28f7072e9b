/** Hints, glossary and new terms of a case, through the session that views ask. */
import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import type { TermText } from '../language/glossary.ts';
import { LEXICON } from '../language/lexicon/index.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
const TERM: TermText = { term: 'casă 14', language: 'ron', meaning: 'the house in Marlby', innocent: 'a house number', note: '' };

function chat(lines: readonly (readonly [sender: string, text: string])[]): Blob {
  const two = (n: number): string => String(n).padStart(2, '0');
  const text = lines.map(([sender, body], i) => `25/09/2025, ${two(8 + Math.floor(i / 60))}:${two(i % 60)} - ${sender}: ${body}`);
  return new Blob([text.join('\n') + '\n']);
}

interface Kept {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

async function caseOf(
  chats: Readonly<Record<string, readonly (readonly [string, string])[]>>,
  put: (kind: string, bytes: Uint8Array) => Promise<void> = () => Promise.resolve()
): Promise<CaseSession> {
  const session = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: { put },
    clock: () => 1_760_000_000_000
  });
  for (const [name, lines] of Object.entries(chats))
    await session.importFile(chat(lines), `WhatsApp Chat with ${name}.txt`, 'whatsapp-text', OPTIONS, () => {});
  return session;
}

const LINES: readonly (readonly [string, string])[] = [
  ['Ana', 'which trap house is it'],
  ['Bogdan', 'TRAPPP  HOUSES again, on tick'],
  ['Ana', 'warehouse'],
  ['Bogdan', 'mâine la casa 14'],
  ['Ana', 'CASAAA 14!'],
  ['Bogdan', 'casa 140']
];

const hintsOf = async (session: CaseSession): Promise<(readonly [string, string[]])[]> => {
  const set = await session.filter({});
  return (await session.rows(set.setId, 'time', 0, 1000)).map(
    (row) => [row.body, row.hints.flatMap((hint) => hint.quotes)] as const
  );
};

describe('hints', () => {
  it('stand beside the words that they are about, with both meanings and where they come from', async () => {
    const session = await caseOf({ Bogdan: LINES });
    await session.changeGlossary({ kind: 'add', text: TERM, who: 'DC Jones' });
    expect(await hintsOf(session)).toEqual([
      ['which trap house is it', ['trap house']],
      ['TRAPPP  HOUSES again, on tick', ['TRAPPP  HOUSES', 'on tick']],
      ['warehouse', []],
      ['mâine la casa 14', ['casa 14']],
      ['CASAAA 14!', ['CASAAA 14']],
      ['casa 140', []]
    ]);
    const [lexicon] = (await session.message(0))?.hints ?? [];
    expect(lexicon).toMatchObject({ origin: 'lexicon', side: 'original', languages: ['eng'], written: null });
    expect(lexicon?.source?.kind).toBe('official-guidance');
    expect((await session.message(3))?.hints).toEqual([
      {
        origin: 'case',
        side: 'original',
        quotes: ['casa 14'],
        languages: ['ron'],
        sense: 'the house in Marlby',
        innocent: 'a house number',
        note: '',
        source: null,
        written: { who: 'DC Jones', atMs: 1_760_000_000_000 }
      }
    ]);
  });

  it('say when it is machine text that they are about', async () => {
    const session = await caseOf({ Bogdan: LINES });
    const model = { id: 'm', sha256Hex: 'f'.repeat(64) };
    await session.storeTranslations([
      { messageId: 3, language: 'ron', text: 'tomorrow at the trap house', flags: 0, meanLogProb: 0, model }
    ]);
    expect((await session.message(3))?.hints.map(({ side, quotes }) => [side, quotes])).toEqual([
      ['translation', ['trap house']]
    ]);
  });

  it('hold for what a machine heard in a voice note and for its English, each line by itself', async () => {
    const session = await caseOf({ Bogdan: [['Bogdan', 'a voice note']] });
    const model = { id: 'ears', sha256Hex: 'cd'.repeat(32) };
    const texts = ['vino la trap', 'house, casa 14', 'alo'];
    await session.storeTranscript({
      messageId: 0,
      attachment: 0,
      audioSha256Hex: 'ab'.repeat(32),
      audioBytes: 100,
      model,
      fault: null,
      language: 'ron',
      languageProb: 0.9,
      duration_ms: 3_000,
      lines: texts.map((text, i) => ({
        from_ms: i * 1000,
        to_ms: i * 1000 + 900,
        text,
        flags: 0,
        meanLogProb: -0.1,
        noSpeech: 0
      }))
    });
    await session.changeGlossary({ kind: 'add', text: TERM, who: 'DC Jones' });
    const heard = async (): Promise<(readonly [string, readonly string[]])[]> =>
      ((await session.message(0))?.hints ?? []).map(({ side, quotes }) => [side, quotes] as const);
    expect(await heard()).toEqual([['transcript', ['casa 14']]]);
    const said = { language: 'ron', flags: 0, meanLogProb: 0, model };
    await session.storeTranscriptEnglish([
      { transcript: 0, lines: ['come to the trap house', 'house, home 14', 'hello'].map((text) => ({ text, ...said })) }
    ]);
    expect(await heard()).toEqual([
      ['transcript', ['casa 14']],
      ['transcript', ['trap house']]
    ]);
  });

  it('are the same whoever wrote the words, to whomever, in whatever language the line is taken for', async () => {
    const renamed = LINES.map(([sender, text]) => [sender === 'Ana' ? 'Ana' : 'Zoltan', text] as const);
    const turned = LINES.map(([sender, text]) => [sender === 'Ana' ? 'Bogdan' : 'Ana', text] as const);
    const plain = await hintsOf(await caseOf({ Bogdan: LINES }));
    expect(plain.some(([, quotes]) => quotes.length > 0)).toBe(true);
    expect(await hintsOf(await caseOf({ Zoltan: renamed }))).toEqual(plain);
    expect(await hintsOf(await caseOf({ Bogdan: turned }))).toEqual(plain);
    const labelled = await caseOf({ Bogdan: LINES });
    await labelled.storeTranslations(
      LINES.map((_, messageId) => ({ messageId, language: 'por', text: null, flags: 0, meanLogProb: 0, model: null }))
    );
    expect(await hintsOf(labelled)).toEqual(plain);
  });

  it('change nothing that is searched, ranked, counted, drawn or grouped', async () => {
    const chats = { Bogdan: LINES, Carla: LINES.map(([s, t]) => [s === 'Ana' ? 'Ana' : 'Carla', `${t} ok`] as const) };
    const plain = await caseOf(chats);
    const marked = await caseOf(chats);
    await marked.changeGlossary({ kind: 'add', text: { ...TERM, term: 'house' }, who: 'A' });
    const look = async (session: CaseSession): Promise<unknown> => {
      const set = await session.filter({ text: 'house* OR casa' });
      const ranked = (await session.rows(set.setId, 'relevance', 0, 50)).map((row) => row.id);
      const { elapsed_ms: _a, ...network } = await session.network({}, { maxNodes: 50, includeCalls: true, seed: 1 });
      const { elapsed_ms: _b, ...topics } = await session.topics({}, 1, null, () => {});
      const { elapsed_ms: _c, ...terms } = await session.keyness({ threads: [0] }, 'original', () => {});
      return { total: set.total, ranked, network, topics, terms, people: await session.parties({}) };
    };
    expect(await look(marked)).toEqual(await look(plain));
  });
});

describe('uses of terms', () => {
  it('are as many as the search opens, and as the hints say', async () => {
    const session = await caseOf({ Bogdan: LINES });
    await session.changeGlossary({ kind: 'add', text: TERM, who: 'A' });
    const uses = [...(await session.termUses({}, 'lexicon')), ...(await session.termUses({}, 'case'))];
    expect(uses).toHaveLength(LEXICON.length + 1);
    for (const { id, query, messages } of uses) expect((await session.filter({ text: query })).total, id).toBe(messages);
    const count = (id: string): number | undefined => uses.find((use) => use.id === id)?.messages;
    expect([count('eng:trap house'), count('eng:on tick'), count('eng:county line'), count('1')]).toEqual([2, 1, 0, 2]);
    const inOne = await session.termUses({ text: 'which' }, 'lexicon');
    expect(inOne.find((use) => use.id === 'eng:trap house')?.messages).toBe(1);
  });
});

describe('the glossary of a case', () => {
  it('is kept block by block and comes back with the case, also when an import never ended', async () => {
    const kept: Kept[] = [];
    const session = await caseOf({ Bogdan: LINES }, (kind, bytes) => {
      kept.push({ kind, bytes: bytes.slice() });
      return Promise.resolve();
    });
    await session.changeGlossary({ kind: 'add', text: TERM, who: 'A' });
    kept.push(kept.find(({ kind }) => kind === 'begin') as Kept);
    await session.changeGlossary({ kind: 'amend', id: 1, text: { ...TERM, note: 'seen twice' }, who: 'B' });
    expect(kept.filter(({ kind }) => kind === 'glossary')).toHaveLength(2);
    const saved = new SavedCase();
    for (const { kind, bytes } of kept) saved.add(kind, bytes);
    const reopened = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
    expect(await reopened.glossary()).toEqual(await session.glossary());
    expect((await reopened.glossary()).terms[0]).toMatchObject({ note: 'seen twice', who: 'B' });
    expect((await reopened.overview()).messages).toBe(6);
  });

  it('takes back a change that could not be kept, and goes on', async () => {
    let isFull = true;
    const session = await caseOf({}, () => (isFull ? Promise.reject(new Error('QuotaExceededError')) : Promise.resolve()));
    await expect(session.changeGlossary({ kind: 'add', text: TERM, who: 'A' })).rejects.toThrow('QuotaExceededError');
    expect((await session.glossary()).version).toBe(0);
    isFull = false;
    expect((await session.changeGlossary({ kind: 'add', text: TERM, who: 'A' })).view.terms).toHaveLength(1);
  });

  it('takes a file in with a sum that adds up, and refuses what is none', async () => {
    const session = await caseOf({});
    await session.changeGlossary({ kind: 'add', text: TERM, who: 'A' });
    const csv = 'term,meaning,innocent\nduba,debt,a van\nCasă 14,x,y\nfaint,no innocent,\n';
    // The same term with another language is another term.
    const { read, added, keptOut, view } = await session.takeInGlossary(csv, 'B');
    expect([read, added, keptOut]).toEqual([3, 2, [{ row: 3, term: 'faint', fault: 'innocent-missing' }]]);
    expect(view.terms.map(({ term, who }) => [term, who])).toEqual([
      ['casă 14', 'A'],
      ['duba', 'B'],
      ['Casă 14', 'B']
    ]);
    expect(await session.takeInGlossary('a,b\n1,2\n', 'B')).toMatchObject({ fault: 'not-a-glossary', added: 0 });
    expect((await session.changeGlossary({ kind: 'undo', who: 'B' })).view.terms).toHaveLength(1);
  });
});

describe('new terms of a set', () => {
  const small = (name: string, words: string): readonly (readonly [string, string])[] =>
    Array.from({ length: 12 }, (_, i) => [i % 2 === 0 ? 'Ana' : name, `${words} ${name} ${i % 5} today at the shop`] as const);
  const names = ['Bea', 'Cal', 'Dan', 'Eva', 'Fay', 'Gus', 'Hal', 'Ida'];

  it('open as many messages as they say, and quote three of different conversations', async () => {
    const session = await caseOf(
      Object.fromEntries(names.map((name, i) => [name, small(name, i < 4 ? 'blue gate' : 'hello there')]))
    );
    const view = await session.keyness({ threads: [0, 1, 2, 3] }, 'original', () => {});
    expect(view.terms.map(({ term }) => term)).toEqual(['blue gate']);
    const [term] = view.terms;
    expect(term).toMatchObject({ inside: 48, outside: 0, threads: 4, percentDifference: null });
    expect((await session.filter({ threads: [0, 1, 2, 3], text: term?.query ?? '' })).total).toBe(48);
    const threads = term?.quotes.map((id) => session.store.messages.thread.at(id));
    expect(new Set(threads).size).toBe(3);
  });

  it('say nothing of the whole case, which has no rest', async () => {
    const session = await caseOf({ Bea: small('Bea', 'blue gate') });
    expect(await session.keyness({}, 'original', () => {})).toMatchObject({ terms: [], outsideOf: 0, tried: 0 });
  });

  it('end when a newer question comes', async () => {
    const session = await caseOf({ Bea: small('Bea', 'blue gate'), Cal: small('Cal', 'hello') });
    const first = session.keyness({ threads: [0] }, 'original', () => {});
    const second = session.keyness({ threads: [1] }, 'original', () => {});
    await expect(first).rejects.toThrow();
    expect((await second).insideOf).toBe(12);
  });
});
