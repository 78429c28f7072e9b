/** Voice notes of a case: which file is taken for which attachment, and what is kept of what was heard. */
import { BlobWriter, BlobReader, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { tone, wav } from '../../../tests/fixtures/audio/wav.ts';
import { AudioFault } from '../audio/fault.ts';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { QualityFlag } from '../language/contract.ts';
import type { Transcriber } from '../language/speech/contract.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';
import { transcribeFile } from './transcribe.ts';
import { Translations } from './translations.ts';
import { isSound } from './voice-files.ts';
import type { TranscriptInput, VoiceOffer } from './voice-contract.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
const NAME = 'PTT-20250925-WA0001.wav';
const SOUND = wav(8000, tone(300, 8000, 1));
const OTHER = wav(8000, tone(500, 8000, 2));

/** A WhatsApp export with its media, as an officer has it. */
async function exported(media: ReadonlyMap<string, Blob>, names = [NAME], peer = 'Bogdan'): Promise<Blob> {
  const lines = names.map((name, i) => `25/09/2025, 10:0${i} - ${peer}: ${name} (file attached)`);
  const text = [`25/09/2025, 09:59 - Ana: unde esti ${peer}`, ...lines, '25/09/2025, 10:30 - Ana: ok'].join('\n');
  const writer = new ZipWriter(new BlobWriter('application/zip'), { useWebWorkers: false });
  await writer.add(`WhatsApp Chat with ${peer}.txt`, new BlobReader(new Blob([`${text}\n`])));
  for (const [name, blob] of media) await writer.add(name, new BlobReader(blob));
  return writer.close();
}

interface Kept {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

function newSession(kept: Kept[] = []): CaseSession {
  const keeper = { put: async (kind: string, bytes: Uint8Array) => void kept.push({ kind, bytes: bytes.slice() }) };
  return new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper, clock: () => 5 });
}

async function take(session: CaseSession, file: Blob, name: string): Promise<void> {
  const report = await session.importFile(file, name, 'whatsapp-text', OPTIONS, () => {});
  expect(report.failure).toBeNull();
}

const offer = (session: CaseSession, files: readonly (readonly [string, Blob])[]): Promise<VoiceOffer> =>
  session.offerVoice(
    files.map(([name, file]) => ({ name, file })),
    () => {}
  );
const why = ({ leftOut }: VoiceOffer): string[] => leftOut.map(({ reason }) => reason);

describe('what is sound', () => {
  it.each([
    ['PTT-1.opus', '', true],
    ['PTT-1.opus', 'application/octet-stream', true],
    ['PTT-1.opus', 'application/ogg', true],
    ['audio', 'audio/amr', true],
    ['IMG-1.jpg', '', false],
    ['IMG-1.opus', 'image/jpeg', false],
    ['VID-1.mp4', 'video/mp4', false]
  ])('%s of type "%s": %s', (name, contentType, is) => expect(isSound({ name, contentType })).toBe(is));
});

describe('matching', () => {
  it('lists what is sound, and takes the same export by its SHA-256', async () => {
    const session = newSession();
    const zip = await exported(
      new Map([
        [NAME, SOUND],
        ['IMG-20250925-WA0002.jpg', OTHER]
      ]),
      [NAME, 'IMG-20250925-WA0002.jpg']
    );
    await take(session, zip, 'export.zip');
    const { total, heard, listed } = await session.voiceNotes();
    expect(listed.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([[NAME, SOUND.size]]);
    expect([total, heard]).toEqual([1, 0]);
    const found = await offer(session, [['renamed by hand.zip', zip]]);
    expect(found.leftOut).toEqual([]);
    expect(found.matched).toMatchObject([{ name: NAME, from: 'renamed by hand.zip', messageId: listed[0]?.messageId }]);
    const audio = await session.voiceAudio(0);
    if (!audio.ok) throw new Error(audio.reason);
    expect(new Uint8Array(await audio.file.arrayBuffer())).toEqual(new Uint8Array(await SOUND.arrayBuffer()));
    expect(audio.sha256Hex).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses a container of other bytes, even with the same names inside', async () => {
    const session = newSession();
    await take(session, await exported(new Map([[NAME, SOUND]])), 'export.zip');
    const other = await exported(new Map([[NAME, OTHER]]));
    expect(why(await offer(session, [['export.zip', other]]))).toEqual(['not-imported']);
  });

  it('takes a file by itself by name and size, wherever it lay', async () => {
    const session = newSession();
    await take(session, await exported(new Map([[NAME, SOUND]])), 'export.zip');
    expect((await offer(session, [[`Media/Voice/${NAME}`, SOUND]])).matched).toHaveLength(1);
    expect(why(await offer(session, [[NAME, OTHER]]))).toEqual(['size-differs']);
    expect(why(await offer(session, [['other.wav', SOUND]]))).toEqual(['not-listed']);
    expect(why(await offer(session, [[NAME, new Blob([])]]))).toEqual(['size-differs']);
  });

  it('does not take a name alone for proof', async () => {
    const session = newSession();
    await take(session, await exported(new Map()), 'no-media.zip');
    expect(why(await offer(session, [[NAME, SOUND]]))).toEqual(['size-unstated']);
  });

  it('does not choose between two sources', async () => {
    const session = newSession();
    const [one, two] = [await exported(new Map([[NAME, SOUND]])), await exported(new Map([[NAME, SOUND]]), [NAME], 'Carla')];
    await take(session, one, 'one.zip');
    await take(session, two, 'two.zip');
    expect(why(await offer(session, [[NAME, SOUND]]))).toEqual(['ambiguous']);
    // The export says which.
    const found = await offer(session, [['two.zip', two]]);
    const row = await session.message(found.matched[0]?.messageId ?? -1);
    expect([found.matched.length, row?.fromLabel]).toEqual([1, 'Carla']);
  });

  it('names the voice notes that an export lists and does not hold', async () => {
    const session = newSession();
    const zip = await exported(new Map([[NAME, SOUND]]), [NAME, 'PTT-20250925-WA0002.opus']);
    await take(session, zip, 'export.zip');
    const found = await offer(session, [['export.zip', zip]]);
    expect(found.matched.map(({ name }) => name)).toEqual([NAME]);
    expect(found.leftOut).toEqual([{ name: 'PTT-20250925-WA0002.opus', reason: 'not-in-container', detail: '' }]);
  });

  it('stops when asked', async () => {
    const session = newSession();
    await take(session, await exported(new Map([[NAME, SOUND]])), 'export.zip');
    const looking = session.offerVoice(
      [{ name: NAME, file: new Blob([new Uint8Array(20e6)]) }],
      () => void session.cancelVoice()
    );
    await expect(looking).rejects.toThrow('cancelled');
  });
});

const HEARD: Omit<TranscriptInput, 'messageId'> = {
  attachment: 0,
  audioSha256Hex: 'a'.repeat(64),
  audioBytes: 100,
  model: { id: 'tiny', sha256Hex: 'b'.repeat(64) },
  language: 'ron',
  languageProb: 0.9,
  duration_ms: 4000,
  fault: null,
  lines: [
    { from_ms: 0, to_ms: 1800, text: 'adu cheile mâine', flags: 0, meanLogProb: -0.3, noSpeech: 0 },
    { from_ms: 1800, to_ms: 4000, text: 'la gară', flags: QualityFlag.noSpeech, meanLogProb: -1.4, noSpeech: 0.8 }
  ]
};
const TRANSLATOR = { id: 'romance-en', sha256Hex: 'c'.repeat(64) };
const english = (text: string | null, flags = 0) => ({
  language: 'ron',
  text,
  flags,
  meanLogProb: -0.5,
  model: text === null ? null : TRANSLATOR
});

describe('transcripts', () => {
  it('stand beside the message with both models, are searched on their own side, and survive a reopening', async () => {
    const kept: Kept[] = [];
    const session = newSession(kept);
    await take(session, await exported(new Map([[NAME, SOUND]])), 'export.zip');
    const messageId = (await session.voiceNotes()).listed[0]?.messageId ?? -1;
    await session.filter({ text: 'cheile' });
    await session.storeTranscript({ ...HEARD, messageId });
    const waiting = await session.untranslatedTranscripts(-1, 10);
    expect(waiting).toEqual([{ id: 0, texts: ['adu cheile mâine', 'la gară'], wasTried: false }]);
    await session.storeTranscriptEnglish([
      {
        transcript: 0,
        lines: [
          { ...english('bring the keys tomorrow', QualityFlag.lowConfidence), otherReading: 'he brings the keys' },
          english(null, QualityFlag.noModel)
        ]
      }
    ]);
    // What had no model is tried again, once a run.
    expect((await session.untranslatedTranscripts(-1, 10)).map(({ wasTried }) => wasTried)).toEqual([true]);
    expect(await session.untranslatedTranscripts(0, 10)).toEqual([]);

    const saved = new SavedCase();
    for (const { kind, bytes } of kept) saved.add(kind, bytes);
    const reopened = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
    for (const one of [session, reopened]) {
      for (const query of ['cheile', 'keys', 'transcript:keys', 'transcript:/chei.*/']) {
        expect((await one.filter({ text: query })).total, query).toBe(1);
      }
      for (const query of ['original:cheile', 'translation:keys'])
        expect((await one.filter({ text: query })).total, query).toBe(0);
      const { setId } = await one.filter({ text: 'keys' });
      const [row] = await one.rows(setId, 'time', 0, 1);
      expect(row?.translation).toBeNull();
      expect(row?.transcripts).toMatchObject([
        {
          name: NAME,
          model: HEARD.model,
          audioSha256Hex: HEARD.audioSha256Hex,
          versions: 1,
          madeAtMs: 5,
          isUntranslated: false,
          withoutModel: ['ron']
        }
      ]);
      expect(row?.transcripts[0]?.lines).toMatchObject([
        {
          text: 'adu cheile mâine',
          ranges: [],
          english: {
            text: 'bring the keys tomorrow',
            otherReading: 'he brings the keys',
            modelId: 'romance-en',
            ranges: [[10, 14]]
          }
        },
        { text: 'la gară', flags: QualityFlag.noSpeech, english: null }
      ]);
      expect((await one.voiceNotes()).heard).toBe(1);
    }
  });

  it('keep every version and show the newest', async () => {
    const session = newSession();
    await take(session, await exported(new Map([[NAME, SOUND]])), 'export.zip');
    const messageId = (await session.voiceNotes()).listed[0]?.messageId ?? -1;
    await session.storeTranscript({ ...HEARD, messageId });
    const better = { id: 'base', sha256Hex: 'd'.repeat(64) };
    const lines = [{ from_ms: 0, to_ms: 4000, text: 'adu cheia', flags: 0, meanLogProb: -0.1, noSpeech: 0 }];
    await session.storeTranscript({ ...HEARD, messageId, model: better, lines });
    const row = await session.message(messageId);
    expect(row?.transcripts).toMatchObject([{ model: better, versions: 2 }]);
    // The older one stays, to be read.
    expect(row?.earlierTranscripts).toMatchObject([
      { model: HEARD.model, lines: [{ text: 'adu cheile mâine' }, { text: 'la gară' }] }
    ]);
    expect((await session.filter({ text: 'cheile' })).total).toBe(0);
    expect((await session.filter({ text: 'cheia' })).total).toBe(1);
    expect((await session.untranslatedTranscripts(-1, 10)).map(({ texts }) => texts)).toEqual([['adu cheia']]);
    const [note] = (await session.voiceNotes()).listed;
    expect(note?.heardBy).toEqual([HEARD.model.sha256Hex, better.sha256Hex]);
  });
});

it('a transcript that could not be written goes to disk with the next, in the order of their names', async () => {
  const kept: Kept[] = [];
  let isFull = false;
  const keeper = {
    put: async (kind: string, bytes: Uint8Array) => {
      if (isFull) throw new Error('disk full');
      kept.push({ kind, bytes: bytes.slice() });
    }
  };
  const session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper, clock: () => 5 });
  await take(session, await exported(new Map([[NAME, SOUND]])), 'export.zip');
  const messageId = (await session.voiceNotes()).listed[0]?.messageId ?? -1;
  isFull = true;
  await expect(session.storeTranscript({ ...HEARD, messageId })).rejects.toThrow('disk full');
  isFull = false;
  const second = { ...HEARD, messageId, model: { id: 'base', sha256Hex: 'd'.repeat(64) } };
  await Promise.all([
    session.storeTranscript(second),
    session.storeTranscriptEnglish([{ transcript: 1, lines: [english('bring the keys'), english('to the station')] }])
  ]);
  const saved = new SavedCase();
  for (const { kind, bytes } of kept) saved.add(kind, bytes);
  const reopened = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
  const detail = await reopened.message(messageId);
  expect(detail?.transcripts).toMatchObject([{ model: second.model, versions: 2, isUntranslated: false, withoutModel: [] }]);
  expect(detail?.transcripts[0]?.lines.map((line) => line.english?.text)).toEqual(['bring the keys', 'to the station']);
  expect(detail?.earlierTranscripts).toMatchObject([{ model: HEARD.model, isUntranslated: true, withoutModel: [] }]);
});

describe('a file through decoder and model', () => {
  /** Hears one line over all that comes. */
  const model: Transcriber = {
    id: 'counter',
    modelSha256Hex: '',
    async transcribe(samples) {
      let count = 0;
      for await (const piece of samples) count += piece.length;
      return { language: 'ron', languageProb: 1, duration_ms: count / 16, lines: [] };
    },
    dispose: () => Promise.resolve()
  };
  const never = new AbortController().signal;

  it('is heard whole, and a broken one as far as it goes', async () => {
    expect(await transcribeFile(model, SOUND, never)).toMatchObject({ duration_ms: 1000, fault: null });
    const half = await transcribeFile(model, SOUND.slice(0, 8044), never);
    expect(half.duration_ms).toBeGreaterThan(400);
    expect(half.duration_ms).toBeLessThan(1000);
  });

  it('is refused where there is nothing to hear', async () => {
    await expect(transcribeFile(model, new Blob(['x']), never)).rejects.toBeInstanceOf(AudioFault);
    await expect(transcribeFile(model, new Blob([]), never)).rejects.toMatchObject({ code: 'empty' });
  });
});
