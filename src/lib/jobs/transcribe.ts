/** Typed handle of one transcription worker: it holds one speech model and hears one file at a time. */
import { proxy, wrap } from 'comlink';
import type { Device } from '../language/seq2seq.ts';
import type { FileHeard } from '../pipeline/transcribe.ts';
import { endedWithPage } from './page-left.ts';
import type { Answer, HearingTrouble, TranscribeWorkerApi } from './transcribe.worker.ts';
import { toldWhile } from './told-while.ts';

/** A speech pack of this device. */
export interface SpeechModel {
  readonly modelSha256Hex: string;
  readonly device: Device;
}

export interface TranscribeWorker {
  readonly modelId: string;
  /** What was heard, or why nothing was. Rejects when the worker ends. */
  transcribe(file: Blob, onProgress: (done_ms: number) => void): Promise<Answer<FileHeard>>;
  /** Ends the worker at once and makes an open call reject: decoding and hearing stop with it. */
  end(): void;
}

/** The model does not open; `trouble` says how, in a code that views have words for. */
export class HearingTroubleError extends Error {
  override readonly name = 'HearingTroubleError';
  constructor(readonly trouble: HearingTrouble) {
    super(`${trouble.code}: ${trouble.detail}`);
  }
}

/** @throws HearingTroubleError when the pack is gone, changed or no speech model */
export async function startTranscribeWorker({ modelSha256Hex, device }: SpeechModel): Promise<TranscribeWorker> {
  const worker = endedWithPage(
    new Worker(new URL('./transcribe.worker.ts', import.meta.url), { type: 'module', name: 'transcribe' })
  );
  const api = wrap<TranscribeWorkerApi>(worker);
  const ended = Promise.withResolvers<never>();
  // Handled wherever it is raced; alone it is no fault.
  ended.promise.catch(() => undefined);
  worker.addEventListener('error', (event) => ended.reject(new Error(event.message || 'the transcription worker failed')));
  const end = (): void => {
    worker.terminate();
    ended.reject(new DOMException('The transcription worker was ended.', 'AbortError'));
  };
  try {
    const opened = await Promise.race([api.open(modelSha256Hex, device), ended.promise]);
    if (!opened.ok) throw new HearingTroubleError(opened.trouble);
    return {
      modelId: opened.value.modelId,
      transcribe: (file, onProgress) =>
        toldWhile(onProgress, (listening) => Promise.race([api.transcribe(file, proxy(listening)), ended.promise])),
      end
    };
  } catch (error) {
    end();
    throw error;
  }
}
