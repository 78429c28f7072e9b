/** Findings that come a thousand times, told once each with their number and first place. */
import type { FindingCode, Severity } from '../evidence/findings.ts';
import type { SourcePlace } from '../evidence/records.ts';
import type { EvidenceSink } from '../evidence/sink.ts';

interface Count {
  code: FindingCode;
  severity: Severity;
  /** What is counted, as the start of a sentence: 'Times that could not be read; their text is kept'. */
  what: string;
  times: number;
  first: SourcePlace | null;
}

export class FindingTally {
  readonly #counts = new Map<string, Count>();

  add(code: FindingCode, severity: Severity, what: string, place: SourcePlace | null, times = 1): void {
    if (times === 0) return;
    const key = `${code} ${what}`;
    const held = this.#counts.get(key);
    if (held === undefined) this.#counts.set(key, { code, severity, what, times, first: place });
    else held.times += times;
  }

  /** Writes each kind as one note: "Times that could not be read; their text is kept: 3." Empties the tally. */
  flush(sink: EvidenceSink): void {
    for (const { code, severity, what, times, first } of this.#counts.values()) {
      sink.note({ code, severity, message: `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${times}.`, place: first });
    }
    this.#counts.clear();
  }
}
