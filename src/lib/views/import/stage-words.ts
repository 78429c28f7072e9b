import type { DraftStage } from '$lib/case/import-draft.svelte.ts';
import { m } from '$lib/paraglide/messages.js';

const WORDS: Readonly<Record<DraftStage, () => string>> = {
  looking: m.import_stage_looking,
  ready: m.import_stage_ready,
  waiting: m.import_stage_waiting,
  importing: m.import_stage_importing,
  imported: m.import_stage_imported,
  refused: m.import_stage_refused,
  cancelled: m.import_stage_cancelled
};

export function stageWord(stage: DraftStage): string {
  return WORDS[stage]();
}

export function stageTone(stage: DraftStage): 'neutral' | 'accent' | 'ok' | 'bad' {
  if (stage === 'imported') return 'ok';
  if (stage === 'refused') return 'bad';
  return stage === 'importing' || stage === 'waiting' ? 'accent' : 'neutral';
}
