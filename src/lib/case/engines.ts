/** What the state classes need of the workers: given by the root layout, invented in tests. */
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import type { PackKeeper } from '../jobs/packs.ts';
import type { SpeechModel } from '../jobs/transcribe.ts';
import type { TranscriptionRun, VoiceFailure } from '../jobs/transcription.ts';
import type { TranslationPlan } from '../jobs/translation.ts';
import type { OpenRequest } from '../jobs/translate.worker.ts';
import type { WarmTranslation } from '../jobs/warm.ts';
import type { ModelUse, TranslateProgress } from '../language/contract.ts';
import type { ModelManifest } from '../language/manifest.ts';
import type { VoiceMatch } from '../pipeline/voice-contract.ts';

export interface CaseWorkerHandle {
  readonly api: CaseWorkerApi;
  /** Ends the worker at once, whatever it does. */
  end(): void;
}

export interface TranslationListener {
  progress(progress: TranslateProgress): void;
  /** Lines were stored; rows on screen may have changed. */
  stored(): void;
  /** What the models of one worker did in a turn. */
  used(uses: readonly ModelUse[]): void;
}

export interface TranslationRun {
  pause(): void;
  resume(): void;
  /** Ends the run; stored lines stay. */
  cancel(): void;
  /** Message ids on screen: they are translated next. */
  wantFirst(ids: readonly number[]): void;
  /** Resolves when nothing waits any longer or the run was cancelled; rejects when translation cannot run here. */
  readonly ended: Promise<void>;
}

export interface EmbeddedModel {
  readonly manifest: ModelManifest;
  /** The model card as written, '' where there is none. */
  readonly card: string;
}

export interface TranscriptionListener {
  progress(done: number, total: number, now: { readonly name: string; readonly done_ms: number } | null): void;
  stored(): void;
  failed(failure: VoiceFailure): void;
}

export interface Engines {
  startTranscription(
    api: CaseWorkerApi,
    matches: readonly VoiceMatch[],
    model: SpeechModel,
    listener: TranscriptionListener
  ): TranscriptionRun;
  startCaseWorker(): CaseWorkerHandle;
  /** @param warm a worker that was made ready ahead; the run takes it where it fits the plan */
  startTranslation(
    api: CaseWorkerApi,
    listener: TranslationListener,
    plan: TranslationPlan,
    warm: WarmTranslation | null
  ): TranslationRun;
  /** Opens models ahead in a worker of their own, and times a few lines where that is asked for. */
  warmTranslation(request: OpenRequest, isTimed: boolean): WarmTranslation;
  /** How many workers translate side by side here. */
  translationWorkers(): number;
  startPackKeeper(): PackKeeper;
  /** The models that ship with the app. */
  embeddedModels(): Promise<readonly EmbeddedModel[]>;
}
