/** Why a file's sound cannot be had, as stable codes: views have the words. */
export type AudioFaultCode =
  /** No byte in it. */
  | 'empty'
  /** No container of sound that is known here; a renamed picture, for one. */
  | 'not-audio'
  /** A film or a container without a sound track. */
  | 'no-track'
  /** The container is known, its coding is not decoded on this device. `detail` names the coding. */
  | 'codec'
  /** The file stops before its own end; all that is there was decoded. */
  | 'cut'
  /** The decoder stopped in the middle, or the file contradicts itself. `detail` is the decoder's own word. */
  | 'damaged';

export class AudioFault extends Error {
  override readonly name = 'AudioFault';
  constructor(
    readonly code: AudioFaultCode,
    readonly detail = ''
  ) {
    super(`The sound cannot be read (${code}${detail === '' ? '' : `: ${detail}`}).`);
  }
}
