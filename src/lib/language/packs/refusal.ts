/** Why a pack is not taken: stable codes, with the file named. Views have the words. */
import type { ModelFaultCode } from '../model-fault.ts';

export type PackRefusalCode =
  | 'no-manifest'
  | 'several-manifests'
  | 'manifest-too-large'
  | 'manifest-not-json'
  /** `detail` is the member that is wrong. */
  | 'manifest-shape'
  | 'not-translation'
  | 'id-built-in'
  | 'already-here'
  | 'path-unsafe'
  | 'name-twice'
  | 'too-many-files'
  | 'too-large'
  | 'graph-unlisted'
  | 'file-missing'
  /** `detail` says both sizes. */
  | 'file-size'
  | 'file-hash'
  | 'zip-damaged'
  | 'zip-bomb'
  | 'zip-encrypted'
  | 'signature-wrong'
  | 'no-space'
  /** Another tab is taking a pack in. */
  | 'busy-elsewhere'
  | 'damaged-here'
  | 'trial-silent'
  | 'trial-empty'
  | ModelFaultCode;

export interface PackRefusal {
  readonly code: PackRefusalCode;
  /** Path inside the pack, '' where no file is to blame. */
  readonly file: string;
  readonly detail: string;
}

/** Thrown inside the intake and turned into a result at its edge. */
export class PackRefused extends Error {
  override readonly name = 'PackRefused';
  readonly refusal: PackRefusal;
  constructor(code: PackRefusalCode, file = '', detail = '') {
    super(`${code} ${file} ${detail}`.trim());
    this.refusal = { code, file, detail };
  }
}
