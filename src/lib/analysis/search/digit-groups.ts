/** Rows of digit groups in one text, and the numbers that end with the newest group. See [Note: Numbers]. */
import { isNumberGap, isThousandsGap, NUMBER_DIGITS, NUMBER_GROUPS } from './number-forms.ts';

export interface DigitGroup {
  /** ASCII digits of the group. */
  readonly digits: string;
  /** UTF-16 range in the text. */
  readonly from: number;
  readonly to: number;
}

/** Digits after which the next group may begin another number. */
const LIKELY_WHOLE = 9;

export class DigitGroups {
  #row: (DigitGroup & { readonly mayBegin: boolean })[] = [];
  /** Whether the row begins as a number does, with + or 0; a number then cannot begin at its second group. */
  #isAnchored = false;
  #digits = 0;
  #thousands: DigitGroup[] = [];
  #end = 0;

  clear(): void {
    if (this.#row.length > 0) this.#row = [];
    if (this.#thousands.length > 0) this.#thousands = [];
  }

  /**
   * Takes the next group and calls `found` for every number and every amount with thousands marks that ends with
   * it: all their digits joined, leading zeros kept, and the place where the first group begins.
   */
  add(text: string, group: DigitGroup, found: (digits: string, from: number, isAmount: boolean) => void): void {
    this.#amounts(text, group, found);
    if (this.#row.length > 0 && !isNumberGap(text, this.#end, group.from)) this.#row = [];
    this.#end = group.to;
    // "+44 (0)7700": the zero tells the caller what to dial at home, it is no digit of the number.
    const isBracketed = text.charCodeAt(group.from - 1) === 0x28 && text.charCodeAt(group.to) === 0x29;
    if (isBracketed && group.digits === '0' && this.#row.length > 0) return;
    if (this.#row.length === 0) {
      this.#digits = 0;
      this.#isAnchored = group.digits.startsWith('0') || text.charCodeAt(group.from - 1) === 0x2b;
    }
    this.#row.push({ ...group, mayBegin: this.#row.length === 0 || !this.#isAnchored || this.#digits >= LIKELY_WHOLE });
    this.#digits += group.digits.length;
    if (this.#row.length > NUMBER_GROUPS) this.#row.shift();
    let digits = '';
    for (let i = this.#row.length - 1; i >= 0; i--) {
      const first = this.#row[i] as DigitGroup & { readonly mayBegin: boolean };
      digits = first.digits + digits;
      if (digits.length > NUMBER_DIGITS.most) return;
      if (!first.mayBegin) continue;
      // A row that begins with zeros alone is the number that begins after them.
      if (digits.length >= NUMBER_DIGITS.fewest && !/^0+$/.test(first.digits)) found(digits, first.from, false);
    }
  }

  #amounts(text: string, group: DigitGroup, found: (digits: string, from: number, isAmount: boolean) => void): void {
    const row = this.#thousands;
    const last = row[row.length - 1];
    if (last === undefined || group.digits.length !== 3 || !isThousandsGap(text, last.to, group.from)) {
      this.#thousands = group.digits.length <= 3 ? [group] : [];
      return;
    }
    row.push(group);
    if (row.length > NUMBER_GROUPS) row.shift();
    let digits = group.digits;
    for (let i = row.length - 2; i >= 0; i--) {
      const first = row[i] as DigitGroup;
      digits = first.digits + digits;
      found(digits, first.from, true);
    }
  }
}
