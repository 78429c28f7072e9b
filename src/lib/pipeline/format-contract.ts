/** Which formats there are, asked of whoever holds the readers: the page does not load them. */
export interface FormatApi {
  /** Ids, in the order of the registry. */
  formats(): Promise<readonly string[]>;
}
