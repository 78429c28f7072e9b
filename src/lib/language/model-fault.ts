/** What a model can do wrong, as stable codes: views have the words. */
export type ModelFaultCode =
  /** Files are there but the runtime makes no model of them. `detail` names the file. */
  | 'not-a-model'
  /** config.json or the tokenizer's files do not say what is needed. `detail` names what. */
  | 'config'
  /** A graph asks for an input that our search does not know. */
  | 'unknown-input'
  /** A graph lacks an output that the search needs. */
  | 'output-missing'
  /** It answered with a token outside its vocabulary. */
  | 'token-outside'
  /** Its probabilities are no numbers. */
  | 'not-a-number'
  /** The runtime stopped in the middle of a line. */
  | 'run-failed';

export class ModelFault extends Error {
  override readonly name = 'ModelFault';
  constructor(
    readonly code: ModelFaultCode,
    readonly detail: string
  ) {
    super(`The model failed (${code}${detail === '' ? '' : `: ${detail}`}).`);
  }
}
