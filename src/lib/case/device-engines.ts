/** The engines of a real page: workers of this device. */
import { startCaseWorker } from '../jobs/case.ts';
import { startTranslation } from '../jobs/translation.ts';
import type { Engines } from './engines.ts';

export const deviceEngines: Engines = { startCaseWorker, startTranslation };
