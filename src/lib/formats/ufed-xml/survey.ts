/** A first look at a report without keeping anything: what it is, and what must be asked before reading it. */
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { AccountRef } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import type { DateOrder } from '../time/stamp.ts';
import { XmlFault } from '../xml/events.ts';
import { utf8Chunks } from '../xml/utf8-source.ts';
import { ReportContext } from './context.ts';
import { ReportHandler } from './report-handler.ts';

/** Enough to meet every part of a small report and the first chats of a large one. */
const SURVEY_BYTES = 8 * 2 ** 20;

export interface Survey {
  readonly facts: readonly Sentence[];
  /** Order of day and month that the report shows by itself; undefined where it shows none. */
  readonly order: DateOrder | undefined;
  readonly openDates: readonly string[];
  readonly timesWithoutZone: number;
  readonly ownerCandidates: readonly AccountRef[];
  readonly ownerIsKnown: boolean;
}

class SurveySink implements EvidenceSink {
  readonly partners = new Map<string, { ref: AccountRef; times: number }>();
  seen(): void {}
  message(record: Parameters<EvidenceSink['message']>[0]): void {
    for (const ref of record.thread.members) {
      const held = this.partners.get(ref.identifier);
      if (held === undefined) this.partners.set(ref.identifier, { ref, times: 1 });
      else held.times++;
    }
  }
  call(): void {}
  contact(): void {}
  account(): void {}
  location(): void {}
  generic(): void {}
  device(): void {}
  membership(): void {}
  refuse(): void {}
  note(): void {}
  fold(): void {}
  progress(): void {}
}

/** Reads the first `SURVEY_BYTES`; damage ends the look and is left for the reading itself to report. */
export async function surveyReport(
  chunks: AsyncIterable<Uint8Array>,
  path: string,
  options: ReadOptions,
  signal: AbortSignal
): Promise<Survey> {
  const sink = new SurveySink();
  const context = new ReportContext(sink, path, { ...options, zone: null }, undefined);
  const handler = new ReportHandler(context);
  let bytes = 0;
  try {
    for await (const chunk of utf8Chunks(chunks, () => undefined)) {
      signal.throwIfAborted();
      handler.tokenizer.write(chunk);
      bytes += chunk.length;
      if (bytes >= SURVEY_BYTES) break;
    }
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
  }
  handler.breakOff('only-looked-at');
  const facts: Sentence[] = [];
  const project = handler.project;
  if (project !== null) {
    const version = project.get('reportVersion');
    const extraction = project.get('extractionType');
    facts.push(version === undefined ? sentence('report-head-unversioned') : sentence('report-head', { version }));
    if (extraction !== undefined) facts.push(sentence('report-extraction-type', { type: extraction }));
  } else if (handler.isFragment) facts.push(sentence('report-part'));
  if (handler.extractions.length > 0)
    facts.push(
      sentence('report-extractions', { count: handler.extractions.length, names: handler.extractions.slice(0, 3).join('; ') })
    );
  if (context.ownNumbers.length > 0) facts.push(sentence('report-own-numbers', { numbers: context.ownNumbers.slice(0, 4) }));
  const counts = [...handler.typeCounts].sort((a, b) => b[1] - a[1]).slice(0, 6);
  if (counts.length > 0)
    facts.push(
      sentence('report-first-items', { size: Math.ceil(bytes / 2 ** 20), items: counts.map(([type, n]) => `${n} ${type}`) })
    );
  const { dmy, mdy, open, examples } = context.orders;
  return {
    facts,
    order: dmy > 0 && mdy === 0 ? 'dmy' : mdy > 0 && dmy === 0 ? 'mdy' : undefined,
    openDates: open > 0 ? examples : [],
    timesWithoutZone: context.timesWithoutZone,
    ownerCandidates: [...sink.partners.values()]
      .sort((a, b) => b.times - a.times)
      .slice(0, 5)
      .map(({ ref }) => ref),
    ownerIsKnown: context.ownerIsMarked || context.ownNumbers.length > 0
  };
}
