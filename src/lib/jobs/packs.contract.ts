/** What the packs worker offers: model packs taken in, listed and removed. */
import type { DeviceChoice } from '../language/device-choice.ts';
import type { ModelManifest } from '../language/manifest.ts';
import type { SignatureVerdict } from '../language/packs/signature.ts';
import type { DroppedFile, IntakeResult } from '../pipeline/pack-intake.ts';

/** What is written with the final marker of a pack. */
export interface PackInstalled {
  /** The device's clock, milliseconds since 1970. */
  readonly takenAtMs: number;
  readonly signature: SignatureVerdict;
  readonly choice: DeviceChoice;
}

export interface InstalledPack extends PackInstalled {
  readonly manifest: ModelManifest;
  readonly card: string;
  readonly modelSha256Hex: string;
}

export interface IntakeProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface PacksWorkerApi {
  /** Sweeps what a crash left, then lists the packs that count. */
  list(): Promise<InstalledPack[]>;
  /** Checks and writes a pack, which does not count before `install`. Holds the shelf until then or `abandon`. */
  stage(files: readonly DroppedFile[], onProgress: (progress: IntakeProgress) => void): Promise<IntakeResult>;
  cancel(): void;
  install(modelSha256Hex: string, installed: PackInstalled): Promise<void>;
  abandon(modelSha256Hex: string): Promise<void>;
  remove(modelSha256Hex: string): Promise<void>;
}
