/** What the case worker offers: the life of a case around the questions of pipeline/contract.ts. */
import type { CaseApi } from '../pipeline/contract.ts';

export interface CaseListing {
  readonly id: string;
  /** The label on the door: stands in clear, so that a locked case can be picked. Officers are told so. */
  readonly label: string;
  readonly createdAtMs: number;
  readonly isSample: boolean;
}

export type OpenResult =
  | { readonly ok: true; readonly readOnly: boolean }
  | {
      readonly ok: false;
      readonly reason: 'wrong-passphrase' | 'not-found' | 'newer-schema' | 'damaged';
      readonly message: string;
    };

export interface LoadProgress {
  readonly rowsDone: number;
  readonly rowsTotal: number;
}

/** One file of the sample case as static/sample/manifest.json lists it. */
export interface SampleFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256Hex: string;
}

export interface CaseWorkerApi extends CaseApi {
  list(): Promise<CaseListing[]>;
  /** Makes a case and opens it. The recovery key is shown once and kept nowhere. */
  create(label: string, passphrase: string, isSample: boolean): Promise<{ id: string; recoveryKey: string }>;
  open(
    id: string,
    secret: { passphrase: string } | { recoveryKey: string },
    onProgress: (p: LoadProgress) => void
  ): Promise<OpenResult>;
  /** Drops keys and evidence from memory; the page then ends the worker. */
  lock(): Promise<void>;
  remove(id: string): Promise<void>;
  /** Bytes the worker's evidence and indexes hold, by part, for "This device". */
  memory(): Promise<{ part: string; bytes: number }[]>;
  /** What an opened case's at-rest form takes. */
  atRest(): Promise<{ blocks: number; bytes: number }>;
}
