import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import type { SubsetOrigin } from '../records/origin.ts';
import { packOrigin } from '../records/origin.ts';
import { packBlock } from '../evidence/blocks.ts';
import type { CaseFilter } from './contract.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
const MODEL = { id: 'romance-en', sha256Hex: 'f'.repeat(64) };

const chat = (lines: readonly string[]): Blob => new Blob([lines.map((line) => `25/09/2025, 10:${line}\n`).join('')]);

async function wholeCase(): Promise<CaseSession> {
  const session = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: null,
    clock: () => 50
  });
  const bogdan = chat([
    '00 - Ana: salut',
    '01 - Bogdan: ok adu banii',
    '02 - Ana: n-am banii azi',
    '03 - Bogdan: IMG.jpg (file attached)'
  ]);
  const carla = chat(['05 - Carla: the money is late', '06 - Ana: tomorrow']);
  await session.importFile(bogdan, 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', OPTIONS, () => {});
  await session.importFile(carla, 'WhatsApp Chat with Carla.txt', 'whatsapp-text', OPTIONS, () => {});
  const line = { language: 'ron', flags: 2, otherReading: 'or they', byItself: 'alone', meanLogProb: -0.5, model: MODEL };
  await session.storeTranslations([
    { messageId: 1, text: 'ok bring the money', ...line },
    { messageId: 4, ...line, language: 'eng', text: null, model: null }
  ]);
  await session.storeTranslations([{ messageId: 1, text: 'ok bring money', ...line }]);
  await session.storeTranscript({
    messageId: 3,
    attachment: 0,
    audioSha256Hex: 'ab'.repeat(32),
    audioBytes: 100,
    model: { id: 'ears', sha256Hex: 'cd'.repeat(32) },
    fault: null,
    ...HEARD
  });
  return session;
}

const HEARD = {
  language: 'ron',
  languageProb: 0.9,
  duration_ms: 1_000,
  lines: [{ from_ms: 0, to_ms: 900, text: 'alo', flags: 0, meanLogProb: -0.1, noSpeech: 0 }]
};

const originOf = (messages: number): SubsetOrigin => ({
  kind: 'subset',
  rule: 'with Bogdan',
  filter: {},
  messages,
  ofMessages: 6,
  fromLabel: 'Heron',
  madeBy: 'DC 4411',
  madeAtMs: 50,
  auditRoot: 'aa'
});

async function subset(session: CaseSession, filter: CaseFilter): Promise<CaseSession> {
  const ids = await session.messagesOf(filter);
  const saved = new SavedCase();
  for (const { kind, bytes } of session.subsetBlocks(ids, originOf(ids.length))) saved.add(kind, bytes);
  return new CaseSession({ ...saved.finish(), keeper: null, clock: () => 60 });
}

describe('a part of a case', () => {
  it('holds each message with its English, its places and its versions, and says what it is', async () => {
    const whole = await wholeCase();
    const part = await subset(whole, { text: 'banii' });
    expect(await part.overview()).toMatchObject({ messages: 2, origin: originOf(2) });
    const wanted = [1, 2];
    for (const [number, old] of wanted.entries()) {
      const [was, is] = [await whole.message(old), await part.message(number)];
      // Numbers are those of the new case; words, times, places and versions are what they were.
      for (const field of [
        'body',
        'utcMs',
        'timeRaw',
        'fromLabel',
        'toLabel',
        'threadName',
        'translation',
        'flags',
        'otherReading',
        'byItself',
        'versions',
        'provenance',
        'state'
      ] as const) {
        expect(is?.[field], field).toEqual(was?.[field]);
      }
    }
  });

  it('says nothing of anybody and any file that its messages do not name', async () => {
    const part = await subset(await wholeCase(), { text: 'banii' });
    const { sources, accounts } = await part.overview();
    expect(sources.map(({ name }) => name)).toEqual(['WhatsApp Chat with Bogdan.txt']);
    expect(accounts).toBe(2);
    const all = (await part.parties({})).map(({ label }) => label);
    expect(all.join()).not.toContain('Carla');
  });

  it('numbers files anew where the first ones are not among them', async () => {
    const whole = await wholeCase();
    const part = await subset(whole, { sources: [1] });
    expect((await part.message(0))?.provenance).toEqual([{ ...(await whole.message(4))?.provenance[0], sourceId: 0 }]);
    expect((await part.message(0))?.fromLabel).toBe('Carla');
  });

  it('takes transcripts and attachments along', async () => {
    const whole = await wholeCase();
    const id = (await whole.messagesOf({ text: 'alo' }))[0];
    expect(id).toBe(3);
    const part = await subset(whole, { text: 'alo' });
    const [was, is] = [await whole.message(3), await part.message(0)];
    expect(is?.attachments).toEqual(was?.attachments);
    expect(is?.transcripts.map(({ lines }) => lines)).toEqual(was?.transcripts.map(({ lines }) => lines));
    expect(is?.transcripts.length).toBe(1);
  });

  it('is refused where a later version wrote its statement', () => {
    const later = packBlock('origin', {}, { version: 2, origin: originOf(1) });
    expect(() => new SavedCase().add('origin', later)).toThrow('version 2');
    expect(() => new SavedCase().add('origin', packOrigin(originOf(1)))).not.toThrow();
  });
});
