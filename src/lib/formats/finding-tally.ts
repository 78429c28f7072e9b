/** Findings that come a thousand times, told once each with their number and first place. */
import { told, type FindingCode, type Severity } from '../evidence/findings.ts';
import type { SourcePlace } from '../evidence/records.ts';
import type { EvidenceSink } from '../evidence/sink.ts';
import type { CATALOGUE } from '../evidence/wording/catalogue.ts';
import type { SentenceCode, SentenceValue } from '../evidence/wording/sentence.ts';

/** Codes of sentences that tell how often something was seen. */
type TallySentence = {
  [C in SentenceCode]: (typeof CATALOGUE)[C]['en'] extends `${string}: {times}.` ? C : never;
}[SentenceCode];

interface Count {
  code: FindingCode;
  severity: Severity;
  /** What is counted: a sentence that takes the number as `times`. */
  what: TallySentence;
  values: Readonly<Record<string, SentenceValue>>;
  times: number;
  first: SourcePlace | null;
}

export class FindingTally {
  readonly #counts = new Map<string, Count>();

  /** @param values what the sentence takes beside the number. */
  add(
    code: FindingCode,
    severity: Severity,
    what: TallySentence,
    place: SourcePlace | null,
    times = 1,
    values: Readonly<Record<string, SentenceValue>> = {}
  ): void {
    if (times === 0) return;
    const key = `${code} ${what} ${Object.values(values).join(' ')}`;
    const held = this.#counts.get(key);
    if (held === undefined) this.#counts.set(key, { code, severity, what, values, times, first: place });
    else held.times += times;
  }

  /** Writes each kind as one note: "Times that could not be read; their text is kept: 3." Empties the tally. */
  flush(sink: Pick<EvidenceSink, 'note'>): void {
    for (const { code, severity, what, values, times, first } of this.#counts.values()) {
      sink.note({ code, severity, ...told({ code: what, values: { ...values, times } }), place: first });
    }
    this.#counts.clear();
  }
}
