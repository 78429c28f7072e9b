/** The time of a row: one column or a date and a time of day; written, Unix or spreadsheet form. */
import type { EvidenceTime } from '../../evidence/records.ts';
import { placeStamp, placeUnix, NO_TIME } from '../time/evidence-time.ts';
import { DAY_MS } from '../time/civil.ts';
import { dateOrderOf, parseStamp, type DateOrder } from '../time/stamp.ts';
import type { ZoneClock } from '../time/zone-clock.ts';
import { cleanCell } from './cells.ts';
import type { Recipe } from './recipe.ts';
import type { RowView } from './table.ts';

/** Days from 1899-12-30, where Excel counts from, to 1970-01-01. */
const EXCEL_EPOCH_DAYS = 25_569;

export type TimeProblem = 'unreadable' | 'date-only' | 'other-order' | null;

export class RowTime {
  readonly #format: Recipe['timeFormat'];
  readonly #order: DateOrder | null;
  readonly #clock: ZoneClock | null;
  /** What was wrong with the last row's time. */
  problem: TimeProblem = null;
  /** True where the last row's time has no offset. */
  isZoneless = false;

  constructor(format: Recipe['timeFormat'], order: DateOrder | null, clock: ZoneClock | null) {
    this.#format = format;
    this.#order = order;
    this.#clock = clock;
  }

  read(view: RowView): EvidenceTime {
    this.problem = null;
    this.isZoneless = false;
    const raw = view.has('time')
      ? view.raw('time')
      : [view.raw('date'), view.raw('clock')].filter((cell) => cell.trim() !== '').join(' ');
    const text = cleanCell(raw).trim();
    if (text === '') return raw === '' ? NO_TIME : { raw, utcMs: null, basis: 'unknown' };
    if (this.#format === 'unix') {
      const time = placeUnix(text);
      if (time.utcMs === null) this.problem = 'unreadable';
      return { ...time, raw };
    }
    if (this.#format === 'excel' && /^\d{5}(?:[.,]\d+)?$/.test(text)) {
      this.isZoneless = true;
      const localMs = Math.round((Number(text.replace(',', '.')) - EXCEL_EPOCH_DAYS) * (DAY_MS / 1000)) * 1000;
      return placeStamp(raw, { localMs, offset_min: null, hasTime: true }, this.#clock);
    }
    const own = dateOrderOf(text);
    if (own !== null && own !== 'open' && this.#order !== null && own !== 'ymd' && own !== this.#order && !isSameEitherWay(text))
      this.problem = 'other-order';
    const stamp = this.problem === null ? parseStamp(text, this.#order ?? undefined) : null;
    if (stamp === null) this.problem ??= 'unreadable';
    else if (!stamp.hasTime) this.problem = 'date-only';
    // A bare date is no moment: midnight would be made up.
    if (stamp === null || !stamp.hasTime) return { raw, utcMs: null, basis: 'unknown' };
    this.isZoneless = stamp.offset_min === null;
    return placeStamp(raw, stamp, this.#clock);
  }
}

/** 05/05/2024, or a name of a month, reads the same in both orders. */
function isSameEitherWay(text: string): boolean {
  const m = /^\D*(\d{1,2})[./-](\d{1,2})[./-]/.exec(text);
  return m === null || m[1] === undefined || Number(m[1]) === Number(m[2]);
}
