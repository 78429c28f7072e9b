/** The engines of a real page: workers of this device. */
import { startCaseWorker } from '../jobs/case.ts';
import { startPackKeeper } from '../jobs/packs.ts';
import { startTranscription } from '../jobs/transcription.ts';
import { translationWorkers } from '../jobs/model-workers.ts';
import { startTranslation } from '../jobs/translation.ts';
import { warmTranslation } from '../jobs/warm.ts';
import { embeddedModels } from './embedded-models.ts';
import type { Engines } from './engines.ts';

export const deviceEngines: Engines = {
  startCaseWorker,
  startTranslation: (api, listener, plan, warm) => startTranslation(api, listener, plan, { warm }),
  startTranscription,
  warmTranslation: (request, isTimed) => warmTranslation(request, isTimed),
  translationWorkers,
  startPackKeeper,
  embeddedModels
};
