/**
 * Which of day, month and year comes first, decided over a whole file and never guessed.
 *
 * [Note: Date order] 03/04/2024 reads two ways, and a wrong reading moves evidence by months. Each order is
 * charged one fault for every stamp that is no date under it and for every step back in time, since exports
 * are written in order. An order is taken when every other one has more than three times its faults. Where
 * day-first and month-first still both fit, the officer is asked.
 *
 * With two-digit years a year-first reading can be as free of faults as a year-last one (12/03/24 to 28/03/24
 * is also the 24th of March in 2012 to 2028). Phones do not write short years first, so year-first is dropped
 * where the first part takes more values than the last; otherwise it is one of the answers. Year-day-month is
 * written by no phone and is taken only where it alone fits.
 */
import type { DateOrder } from './stamp.ts';
import { daysFromCivil, daysInMonth, fullYear } from './civil.ts';

/** The orders a text may be in; 'ydm' occurs in no phone's own export and is never offered as an answer. */
export type WideDateOrder = DateOrder | 'ydm';
const WIDE_ORDERS: readonly WideDateOrder[] = ['dmy', 'mdy', 'ymd', 'ydm'];

export type DateOrderDecision =
  | { readonly order: WideDateOrder; readonly how: 'only-possible' | 'in-sequence' | 'same-either-way' }
  | { readonly order: null; readonly options: readonly DateOrder[]; readonly examples: readonly string[] };

/** Three numbers of a date as they stand, with the digit counts that tell a year from a day. */
export interface DateTriple {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly aDigits: number;
  readonly bDigits: number;
  readonly cDigits: number;
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The date under one order, or null where it is none. Years need two or four digits, days and months one or two. */
export function dateUnder(order: WideDateOrder, t: DateTriple): CivilDate | null {
  const yearFirst = order === 'ymd' || order === 'ydm';
  const yearDigits = yearFirst ? t.aDigits : t.cDigits;
  if ((yearDigits !== 2 && yearDigits !== 4) || t.bDigits > 2 || (yearFirst ? t.cDigits : t.aDigits) > 2) return null;
  const year = fullYear(yearFirst ? t.a : t.c, yearDigits);
  const month = order === 'mdy' ? t.a : order === 'ydm' ? t.c : t.b;
  const day = order === 'dmy' ? t.a : order === 'ymd' ? t.c : t.b;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return { year, month, day };
}

interface OrderTally {
  impossible: number;
  back: number;
  forward: number;
  previous: number;
}

export interface DateOrderOptions {
  /** Years before this are no date of this kind of file (WhatsApp: 2009). */
  readonly earliestYear: number;
  /** 'ascending' for chat exports; 'either' for tables, which may stand newest first. */
  readonly sequence: 'ascending' | 'either';
}

/** Distinct values of a part, modulo a hundred: enough for two-digit parts. */
class SmallSet {
  readonly #seen = new Uint8Array(100);
  count = 0;
  add(value: number): void {
    const slot = value % 100;
    this.count += 1 - (this.#seen[slot] as number);
    this.#seen[slot] = 1;
  }
}

export class DateOrderTally {
  readonly #options: DateOrderOptions;
  readonly #tallies = new Map<WideDateOrder, OrderTally>(
    WIDE_ORDERS.map((order) => [order, { impossible: 0, back: 0, forward: 0, previous: NaN }])
  );
  readonly #firsts = new SmallSet();
  readonly #thirds = new SmallSet();
  readonly #examples: string[] = [];
  #readingsDiffer = false;
  #count = 0;

  constructor(options: DateOrderOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds the next stamp of the file. `raw` is kept for the question's examples. */
  add(triple: DateTriple, raw: string): void {
    this.#count++;
    this.#firsts.add(triple.a);
    this.#thirds.add(triple.c);
    if (triple.a !== triple.b) this.#readingsDiffer = true;
    let readings = 0;
    for (const [order, tally] of this.#tallies) {
      const date = dateUnder(order, triple);
      if (date === null || date.year < this.#options.earliestYear) {
        tally.impossible++;
        continue;
      }
      readings++;
      const day = daysFromCivil(date.year, date.month, date.day);
      // A day's slack: messages around midnight can stand in the order of arrival.
      if (day < tally.previous - 1) tally.back++;
      else if (day > tally.previous + 1) tally.forward++;
      tally.previous = day;
    }
    if (readings > 1 && triple.a !== triple.b && this.#examples.length < 2 && !this.#examples.includes(raw))
      this.#examples.push(raw);
  }

  /** The order of the file; null in `order` means: ask. Null as a whole where no stamp was added. */
  decide(): DateOrderDecision | null {
    if (this.#count === 0) return null;
    const ranked = [...this.#tallies].map(([order, tally]) => ({
      order,
      faults: this.#faults(tally),
      impossible: tally.impossible
    }));
    ranked.sort((x, y) => x.faults - y.faults);
    const best = ranked[0] as (typeof ranked)[number];
    let tied = ranked.filter((one) => one.faults <= 3 * best.faults);
    if (tied.some((one) => one.order === 'ymd')) tied = tied.filter((one) => one.order !== 'ydm');
    if (tied.length > 1) tied = this.#withoutWrongEnd(tied);
    const how = ranked.every((one) => tied.includes(one) || one.impossible > 3 * best.faults) ? 'only-possible' : 'in-sequence';
    const [first, second] = tied;
    if (first !== undefined && second === undefined) return { order: first.order, how };
    if (!this.#readingsDiffer && tied.every((one) => one.order === 'dmy' || one.order === 'mdy'))
      return { order: 'dmy', how: 'same-either-way' };
    const options = tied.map((one) => one.order).filter((order): order is DateOrder => order !== 'ydm');
    return {
      order: null,
      options: options.sort((x, y) => WIDE_ORDERS.indexOf(x) - WIDE_ORDERS.indexOf(y)),
      examples: this.#examples
    };
  }

  #faults(tally: OrderTally): number {
    return tally.impossible + (this.#options.sequence === 'ascending' ? tally.back : Math.min(tally.back, tally.forward));
  }

  /** Where year-first and year-last tie, drops year-first if the first part varies more than a year would. */
  #withoutWrongEnd<T extends { readonly order: WideDateOrder }>(tied: readonly T[]): T[] {
    const yearLast = tied.filter((one) => one.order === 'dmy' || one.order === 'mdy');
    return yearLast.length > 0 && this.#firsts.count > this.#thirds.count ? yearLast : [...tied];
  }
}
