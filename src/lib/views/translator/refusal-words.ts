/** Why a returned row was not taken, in words. */
import type { Refusal, ReturnedStatus } from '$lib/pipeline/translator-contract.ts';
import { m } from '$lib/paraglide/messages.js';

const REFUSALS: Readonly<Record<Refusal, () => string>> = {
  'reference-unreadable': m.translator_refused_reference,
  'request-unknown': m.translator_refused_request,
  'line-unknown': m.translator_refused_line,
  'line-double': m.translator_refused_double,
  'check-disagrees': m.translator_refused_check,
  'original-edited': m.translator_refused_original,
  formula: m.translator_refused_formula,
  'partly-translated': m.translator_refused_partly,
  'machine-edited': m.translator_refused_machine
};

export const refusalWords = (refusal: Refusal): string => REFUSALS[refusal]();

const STATUSES: Readonly<Record<ReturnedStatus, () => string>> = {
  new: m.translator_status_new,
  changed: m.translator_status_changed,
  same: m.translator_status_same,
  empty: m.translator_status_empty,
  missing: m.translator_status_missing,
  refused: m.translator_status_refused
};

export const statusWords = (status: ReturnedStatus): string => STATUSES[status]();
export const STATUS_ORDER = ['refused', 'changed', 'new', 'missing', 'empty', 'same'] as const;
