import { expect, it } from 'vitest';
import type { TranslatedLine } from '../language/contract.ts';
import type { EnglishInput } from '../pipeline/voice-contract.ts';
import type { CaseWorkerApi } from './case.contract.ts';
import { translateTranscripts } from './transcript-translation.ts';

const MODEL = { id: 'romance-en', sha256Hex: 'c'.repeat(64) };
const lineOf = (id: number, text: string | null): TranslatedLine => ({
  id,
  language: 'ron',
  text,
  flags: text === null ? 128 : 0,
  meanLogProb: -0.1,
  model: text === null ? null : MODEL
});

function caseWith(waiting: Awaited<ReturnType<CaseWorkerApi['untranslatedTranscripts']>>): {
  api: CaseWorkerApi;
  stored: EnglishInput[];
} {
  const stored: EnglishInput[] = [];
  const api: Partial<CaseWorkerApi> = {
    untranslatedTranscripts: (after) => Promise.resolve(waiting.filter(({ id }) => id > after)),
    storeTranscriptEnglish: (inputs) => Promise.resolve(void stored.push(...inputs))
  };
  return { api: api as CaseWorkerApi, stored };
}

it('gives each transcript its own lines back, with the model that made them', async () => {
  const { api, stored } = caseWith([
    { id: 3, texts: ['adu cheile', 'la gara'], wasTried: false },
    { id: 5, texts: ['hai'], wasTried: false }
  ]);
  const last = await translateTranscripts(api, -1, (lines) =>
    Promise.resolve(lines.map(({ id, text }) => lineOf(id, `en ${text}`)))
  );
  expect(last).toBe(5);
  expect(stored.map(({ transcript, lines }) => [transcript, lines.map(({ text }) => text)])).toEqual([
    [3, ['en adu cheile', 'en la gara']],
    [5, ['en hai']]
  ]);
  expect(stored[0]?.lines[0]).toEqual({ language: 'ron', text: 'en adu cheile', flags: 0, meanLogProb: -0.1, model: MODEL });
  expect(await translateTranscripts(api, last ?? -1, () => Promise.reject(new Error('not asked')))).toBeNull();
});

it('takes along what was about as likely to the model, and nothing of the line that is not kept', async () => {
  const { api, stored } = caseWith([{ id: 0, texts: ['vin'], wasTried: false }]);
  const line = { ...lineOf(0, 'I come'), otherReading: 'They come', leastAgreement: 20 };
  await translateTranscripts(api, -1, () => Promise.resolve([line]));
  const { id: _id, leastAgreement: _bound, ...kept } = line;
  expect(stored[0]?.lines).toEqual([kept]);
});

it('keeps no second version that says nothing new', async () => {
  const { api, stored } = caseWith([
    { id: 0, texts: ['x'], wasTried: true },
    { id: 1, texts: ['y'], wasTried: false }
  ]);
  await translateTranscripts(api, -1, (lines) => Promise.resolve(lines.map(({ id }) => lineOf(id, null))));
  expect(stored.map(({ transcript }) => transcript)).toEqual([1]);
});
