/** The contract of sentence encoders: a text in, a vector of length 1 out. */
export interface SentenceEncoder {
  readonly id: string;
  readonly modelSha256Hex: string;
  /** Numbers in a vector. */
  readonly dims: number;
  /**
   * The vector of a text, the same whatever was encoded before or beside it. All zeros for a text without any token.
   * @throws ModelFault; rejects with the signal's reason on abort, between two pieces
   */
  embed(text: string, signal: AbortSignal): Promise<Float32Array<ArrayBuffer>>;
  dispose(): Promise<void>;
}
