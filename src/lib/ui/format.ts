/** Numbers, sizes, spans and times as the reader's language writes them. The language is the page's. */

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function language(): string {
  return document.documentElement.lang === 'fr' ? 'fr-FR' : 'en-GB';
}

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${language()}${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.NumberFormat(language(), options);
  formats.set(key, made);
  return made as Intl.NumberFormat;
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${language()}${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language(), options);
  formats.set(key, made);
  return made as Intl.DateTimeFormat;
}

/** '412,880' or '412 880'. */
export function formatCount(value: number): string {
  return numberFormat({ maximumFractionDigits: 0 }).format(value);
}

/** A measured value with at most `digits` after the point. */
export function formatNumber(value: number, digits = 1): string {
  return numberFormat({ maximumFractionDigits: digits }).format(value);
}

/** '94.2%', from a share between 0 and 1. */
export function formatShare(value: number, digits = 0): string {
  return numberFormat({ style: 'percent', maximumFractionDigits: digits }).format(value);
}

const STEPS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Decimal sizes as file managers of phones and forensic tools count: 1 kB is 1,000 bytes. */
export function formatBytes(bytes: number): string {
  const step = Math.min(STEPS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return numberFormat({
    style: 'unit',
    unit: STEPS[step] as string,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0
  }).format(value);
}

/** Time left or spent: '45 s', '3 min', '1 h 20 min'. */
export function formatSpan(seconds: number): string {
  const unit = (value: number, name: string): string =>
    numberFormat({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 }).format(value);
  if (seconds < 90) return unit(Math.max(1, Math.round(seconds)), 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return unit(minutes, 'minute');
  const rest = minutes % 60;
  return rest === 0 ? unit(minutes / 60, 'hour') : `${unit(Math.floor(minutes / 60), 'hour')} ${unit(rest, 'minute')}`;
}

/** A moment on this device's own clock, for what happened in Skein itself. */
export function formatLocal(epochMs: number): string {
  return dateFormat({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23'
  }).format(epochMs);
}
