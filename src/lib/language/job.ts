/** A distinct piece on its way through an engine, and the engine as some pieces of a chunk use it. */
import { QualityFlag, type EngineOutput, type LanguageCode, type Lead, type TranslationEngine } from './contract.ts';
import { mask, unmask, type Masked, type MaskingWay } from './mask.ts';
import { normalForm } from './memory.ts';
import type { PlannedPart } from './plan.ts';
import { flagsOf, unsureness, type QualitySources } from './quality.ts';

/** A model as some pieces of a chunk use it. */
export interface Voice {
  readonly engine: TranslationEngine;
  /** Set where the model has to be told; the same words in another language are then another piece. */
  readonly language: LanguageCode | undefined;
  /** How tokens are kept from the model, in the order in which it is tried. */
  readonly ways: readonly MaskingWay[];
  /** How its lines are judged. */
  readonly quality: QualitySources;
  readonly jobs: Map<string, Job>;
}

/** One piece on its way through the engine. */
export interface Job {
  readonly source: string;
  readonly language: LanguageCode;
  /** Words that go through the engine in another way as well: more work, and no more text. */
  readonly isAgain: boolean;
  /** What was said before it, where the engine is told. */
  readonly lead: Lead | null;
  masked: Masked;
  /** What the engine gets; the key of the memory. */
  normal: string;
  way: number;
  result: JobResult | null;
}

export interface JobResult {
  readonly text: string;
  /** Another reading, with its tokens put back: see [Note: Another reading] in persons.ts. */
  readonly other: string | null;
  readonly flags: number;
  readonly logProb: number;
  readonly tokens: number;
  /** `unsureness`; 0 where there is none. */
  readonly unsure: number;
  /** From the model's phrase book, and not from the model. */
  readonly isPhrase: boolean;
}

/** A text that goes through an engine, by itself or behind what was said before it. */
export type JobText = Pick<PlannedPart, 'text' | 'language'> & { readonly lead?: Lead };

/** One text may stand in two languages; the engine sees it once, the rules twice. */
export const jobKey = ({ text, language, lead }: JobText): string =>
  [language, text, ...(lead === undefined ? [] : [lead.source, lead.english])].join('\n');

export function addJob({ jobs, quality }: Voice, part: JobText, isAgain = false): void {
  if (jobs.has(jobKey(part))) return;
  const { text: source, language, lead = null } = part;
  const masked = { text: source, tokens: [], standIns: [], written: [] };
  const english = lead === null ? (quality.phrases?.find(language, normalForm(source)) ?? null) : null;
  const result =
    english === null ? null : { text: english, other: null, flags: 0, logProb: 0, tokens: 0, unsure: 0, isPhrase: true };
  jobs.set(jobKey(part), { source, language, isAgain, lead, masked, normal: '', way: -1, result });
}

export function resultOf({ quality }: Voice, job: Job, text: string, raw: EngineOutput): JobResult {
  const other = raw.otherReading === undefined ? null : unmask(raw.otherReading, job.masked);
  const flags = flagsOf(job.normal, raw, job.language, quality) | (other === null ? 0 : QualityFlag.personsUnsure);
  const unsure = unsureness(raw, quality.thresholds) ?? 0;
  return { text, other, flags, logProb: raw.meanLogProb, tokens: raw.tokens + 1, unsure, isPhrase: false };
}

/** Of a text behind what was said before that lost its tokens in every way: by itself it is better. */
export const WORSE_THAN_ALONE: JobResult = {
  text: '',
  other: null,
  flags: QualityFlag.tokensLost | QualityFlag.cut,
  logProb: Number.NEGATIVE_INFINITY,
  tokens: 1,
  unsure: 0,
  isPhrase: false
};

/** Moves a job on to the next way that can serve it; false when none is left. */
export function nextWay(job: Job, ways: readonly MaskingWay[]): boolean {
  for (let at = job.way + 1; at < ways.length; at++) {
    const masked = mask(job.source, ways[at] as MaskingWay);
    if (masked === null) continue;
    job.way = at;
    job.masked = masked;
    job.normal = normalForm(masked.text);
    return true;
  }
  job.way = ways.length;
  return false;
}
