/** What a file would give: recognised format, questions, first rows. Writes nothing. */
import { emptySum, SourceError, told, type Finding } from '../evidence/findings.ts';
import type { AccountRef, EvidenceTime } from '../evidence/records.ts';
import type { EvidenceSink } from '../evidence/sink.ts';
import type { Format, ReadOptions, SourceInput } from '../formats/contract.ts';
import { formatById } from '../formats/registry.ts';
import { recognise } from '../formats/recognise.ts';
import type { ImportPreview, PreviewRow, SourcePart } from './contract.ts';
import { openPart } from './drop-desk.ts';
import { regionFact } from './region-fact.ts';

const PREVIEW_ROWS = 20;

/** The same of a part of what was dropped. A container that no longer gives it is a finding. */
export async function previewPart(
  file: Blob,
  name: string,
  options: ReadOptions,
  formatId: string | null,
  part?: SourcePart
): Promise<ImportPreview> {
  const { signal } = new AbortController();
  try {
    return await preview(await openPart(file, name, part, signal, options.password), options, formatId, signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const finding = asFailure(error, name);
    const nothing = { confidence: 0, alternatives: [], facts: [], questions: [], rows: [] };
    return { name, sizeBytes: file.size, formatId: null, formatLabel: '', ...nothing, finding };
  }
}

/**
 * @param formatId the officer's own choice of format, or null to recognise it.
 */
export async function preview(
  input: SourceInput,
  options: ReadOptions,
  formatId: string | null,
  signal: AbortSignal
): Promise<ImportPreview> {
  const base = { name: input.name, sizeBytes: input.sizeBytes };
  const { recognised, finding } = await recognise(input, signal);
  const format = formatId === null ? (recognised?.format ?? null) : (formatById(formatId) ?? null);
  const alternatives = (recognised?.alternatives ?? []).map((other) => ({
    formatId: other.format.id,
    label: other.format.label,
    confidence: other.confidence
  }));
  if (format === null) {
    return { ...base, formatId: null, formatLabel: '', confidence: 0, alternatives, facts: [], questions: [], rows: [], finding };
  }
  const confidence = recognised?.format === format ? recognised.confidence : 0;
  const known = { ...base, formatId: format.id, formatLabel: format.label, confidence, alternatives };
  try {
    const probe = await format.probe(input, options, signal);
    const first = await firstRows(format, input, options, signal);
    // A question that is still open explains a failed preview better than the failure does.
    const isAsking = probe.questions.some((question) => question.kind === 'dateOrder' || question.kind === 'password');
    const facts = [...probe.facts, regionFact(options)];
    return { ...known, questions: probe.questions, facts, rows: first.rows, finding: isAsking ? null : first.finding };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { ...known, facts: [], questions: [], rows: [], finding: asFailure(error, input.name) };
  }
}

async function firstRows(
  format: Format,
  input: SourceInput,
  options: ReadOptions,
  signal: AbortSignal
): Promise<{ rows: PreviewRow[]; finding: Finding | null }> {
  const enough = new AbortController();
  const sink = new PreviewSink(() => enough.abort());
  try {
    await format.read(input, options, sink, AbortSignal.any([signal, enough.signal]));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SourceError) return { rows: sink.rows, finding: asFailure(error, input.name) };
    if (!enough.signal.aborted) throw error;
  }
  return { rows: sink.rows, finding: null };
}

function asFailure(error: SourceError, file: string): Finding {
  return { code: error.code, severity: 'failure', ...told(error.sentence), file, place: error.place };
}

const nameOf = (ref: AccountRef | null | undefined): string =>
  ref === null || ref === undefined ? '' : (ref.name ?? ref.rawIdentifier);

/** Keeps the first rows as text and asks to stop. */
class PreviewSink implements EvidenceSink {
  readonly rows: PreviewRow[] = [];
  readonly sum = emptySum();
  readonly #full: () => void;

  constructor(full: () => void) {
    this.#full = full;
  }

  #row(kind: string, time: EvidenceTime | null, from: string, to: string, text: string): void {
    if (this.rows.length >= PREVIEW_ROWS) return;
    this.rows.push({ kind, timeRaw: time?.raw ?? '', utcMs: time?.utcMs ?? null, from, to, text: text.slice(0, 500) });
    if (this.rows.length === PREVIEW_ROWS) this.#full();
  }

  seen(): void {}
  message(r: Parameters<EvidenceSink['message']>[0]): void {
    const to = r.to.length > 0 ? r.to.map(nameOf).join(', ') : (r.thread.name ?? '');
    this.#row('message', r.time, nameOf(r.from), to, r.body);
  }
  call(r: Parameters<EvidenceSink['call']>[0]): void {
    this.#row(
      'call',
      r.time,
      nameOf(r.from),
      r.to.map(nameOf).join(', '),
      r.duration_s === null ? r.outcome : `${r.outcome}, ${r.duration_s} s`
    );
  }
  contact(r: Parameters<EvidenceSink['contact']>[0]): void {
    this.#row('contact', null, r.name, r.accounts.map((a) => a.rawIdentifier).join(', '), r.organisation ?? '');
  }
  account(r: Parameters<EvidenceSink['account']>[0]): void {
    this.#row('account', null, nameOf(r.account), '', r.account.rawIdentifier);
  }
  location(r: Parameters<EvidenceSink['location']>[0]): void {
    this.#row('location', r.time, '', '', r.label);
  }
  generic(r: Parameters<EvidenceSink['generic']>[0]): void {
    this.#row(r.type, r.time, '', '', r.fields.map(([name, value]) => `${name}: ${value}`).join('; '));
  }
  device(): void {}
  membership(): void {}
  refuse(): void {}
  note(): void {}
  fold(): void {}
  progress(): void {}
}
