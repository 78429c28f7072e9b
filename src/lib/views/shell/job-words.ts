/** A job in words: what, how far, how fast, how long still. */
import { STOPPED_OFTEN } from '$lib/case/imports.svelte.ts';
import type { Job } from '$lib/case/jobs.svelte.ts';
import { m } from '$lib/paraglide/messages.js';
import { isRefusalCode, refusalWords } from '../models/refusal-words.ts';
import { forecastWords } from './forecast-words.ts';
import { formatBytes, formatCount, formatNumber, formatSpan } from '$lib/ui/format.ts';

export function jobTitle(job: Job): string {
  if (job.kind === 'transcription') return m.jobs_transcription();
  if (job.kind === 'backup') return m.jobs_backup();
  return job.kind === 'import' ? m.jobs_import({ name: job.subject }) : m.jobs_translation();
}

export function jobState(job: Job): string {
  const words = {
    running: m.jobs_running,
    paused: m.jobs_paused,
    done: m.jobs_done,
    cancelled: m.jobs_cancelled,
    failed: m.jobs_failed
  };
  return words[job.state]();
}

/** '1,204 of 5,331 lines · 48 a second · 2 min left' */
export function jobLine(job: Job): string {
  const { done, total, rate, left_s } = job.progress;
  if (total === 0) {
    const outlook = job.forecast === null ? [] : [forecastWords(job.forecast)];
    return [job.state === 'paused' ? pauseWords(job) : m.jobs_starting(), ...outlook].join(' · ');
  }
  const show = job.kind === 'import' ? formatBytes : formatCount;
  const parts: string[] = [m.jobs_of({ done: show(done), total: show(total) })];
  if (job.state === 'paused') parts.push(pauseWords(job));
  else {
    if (rate !== null && rate > 0) {
      const shown = formatNumber(rate, rate < 10 ? 1 : 0);
      parts.push(job.kind === 'import' ? m.jobs_items_rate({ rate: shown }) : m.jobs_lines_rate({ rate: shown }));
    }
    if (left_s !== null) parts.push(m.jobs_left({ span: formatSpan(left_s) }));
  }
  return parts.join(' · ');
}

function pauseWords(job: Job): string {
  return job.pausedFor === 'battery' ? m.jobs_paused_battery() : m.jobs_paused();
}

/** Why a job failed. A model's fault comes as its code and detail, and is said in words. */
export function jobFailure(job: Job): string {
  if (job.message === STOPPED_OFTEN) return m.jobs_stopped_often();
  const [, code = '', detail = ''] = /^([a-z-]+): (.*)$/s.exec(job.message) ?? [];
  return isRefusalCode(code) ? m.models_trouble({ reason: refusalWords(code, detail) }) : job.message;
}
