/** One calculation at a time: a later one ends the one before. */
export class LatestRun {
  #current: AbortController | null = null;

  /** The signal of a new run. */
  begin(): AbortSignal {
    this.stop('A later question took its place.');
    return (this.#current = new AbortController()).signal;
  }

  stop(reason: string): void {
    this.#current?.abort(new DOMException(reason, 'AbortError'));
  }
}
