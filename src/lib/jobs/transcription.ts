/**
 * The transcription of voice notes, on the page's side: asks the case worker for one file after the other, has it heard,
 * and hands the lines back to be stored. What is stored is stored; another run goes on with what is left.
 */
import type { VoiceMatch, VoiceMismatch } from '../pipeline/voice-contract.ts';
import type { CaseWorkerApi } from './case.contract.ts';
import { startTranscribeWorker, type SpeechModel } from './transcribe.ts';
import type { HearingTrouble } from './transcribe.worker.ts';

/** How one voice note ended that has no transcript. */
export interface VoiceFailure {
  readonly match: VoiceMatch;
  readonly why: { readonly of: 'file'; readonly code: VoiceMismatch; readonly detail: string } | HearingTrouble;
}

interface Listener {
  /** Voice notes that are done, and how much of the one under way. */
  progress(done: number, total: number, now: { readonly name: string; readonly done_ms: number } | null): void;
  stored(): void;
  failed(failure: VoiceFailure): void;
}

export interface TranscriptionRun {
  pause(): void;
  resume(): void;
  /** Ends the run at once; stored transcripts stay. */
  cancel(): void;
  /** Resolves when all were heard or the run was cancelled; rejects when the model does not open. */
  readonly ended: Promise<void>;
}

/** @param matches of the case worker's last offer; those that the model has heard already are passed over */
export function startTranscription(
  api: CaseWorkerApi,
  matches: readonly VoiceMatch[],
  model: SpeechModel,
  listener: Listener
): TranscriptionRun {
  const stop = new AbortController();
  let gate: Promise<void> = Promise.resolve();
  let open: (() => void) | null = null;

  async function run(): Promise<void> {
    const worker = await startTranscribeWorker(model);
    stop.signal.addEventListener('abort', () => worker.end());
    const waiting = matches.filter(({ heardBy }) => !heardBy.includes(model.modelSha256Hex));
    try {
      for (const [done, match] of waiting.entries()) {
        await gate;
        if (stop.signal.aborted) return;
        listener.progress(done, waiting.length, { name: match.name, done_ms: 0 });
        const audio = await api.voiceAudio(match.key);
        if (!audio.ok) {
          listener.failed({ match, why: { of: 'file', code: audio.reason, detail: audio.detail } });
          continue;
        }
        const heard = await worker.transcribe(audio.file, (done_ms) =>
          listener.progress(done, waiting.length, { name: match.name, done_ms })
        );
        if (!heard.ok) {
          listener.failed({ match, why: heard.trouble });
          continue;
        }
        const { messageId, attachment } = match;
        await api.storeTranscript({
          ...heard.value,
          messageId,
          attachment,
          audioSha256Hex: audio.sha256Hex,
          audioBytes: audio.file.size,
          model: { id: worker.modelId, sha256Hex: model.modelSha256Hex }
        });
        listener.stored();
      }
      listener.progress(waiting.length, waiting.length, null);
    } catch (error) {
      // Ending the worker on cancel makes its open call fail: that is no fault.
      if (!stop.signal.aborted) throw error;
    } finally {
      worker.end();
    }
  }

  return {
    pause() {
      if (open === null) gate = new Promise((resolve) => (open = resolve));
    },
    resume() {
      open?.();
      open = null;
    },
    cancel() {
      stop.abort();
      open?.();
    },
    ended: run()
  };
}
