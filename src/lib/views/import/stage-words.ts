/** Where a file stands, as a word and a tone. */
import type { DraftStage, ImportDraft } from '$lib/case/import-draft.svelte.ts';
import { m } from '$lib/paraglide/messages.js';

export interface StageWord {
  readonly text: string;
  readonly tone: 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';
}

const WORDS: Readonly<Record<DraftStage, readonly [text: () => string, tone: StageWord['tone']]>> = {
  looking: [m.import_stage_looking, 'neutral'],
  ready: [m.import_stage_ready, 'neutral'],
  waiting: [m.import_stage_waiting, 'accent'],
  importing: [m.import_stage_importing, 'accent'],
  imported: [m.import_stage_imported, 'ok'],
  refused: [m.import_stage_refused, 'bad'],
  cancelled: [m.import_stage_cancelled, 'neutral']
};

export function stageWord(draft: ImportDraft): StageWord {
  if (draft.stage === 'ready' && draft.formatId === null) return { text: m.import_stage_unreadable(), tone: 'bad' };
  if (draft.stage === 'ready' && !draft.canConfirm) return { text: m.import_stage_question(), tone: 'warn' };
  const [text, tone] = WORDS[draft.stage];
  return { text: text(), tone };
}
