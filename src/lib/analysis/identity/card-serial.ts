/**
 * Serial numbers of cards (ICCID, ITU-T E.118): 19 or 20 digits that begin with 89, some tools with a filling F behind
 * them. They count as written: where one tool leaves the check digit out and another does not, one card has two lanes,
 * because no rule tells the two forms apart in every country.
 */
const SERIAL_NAME = /\biccid\d?\b|\bsim serial\b|\bicc[ -]?id\b/iu;
const SERIAL = /(?<!\d)89(?:[ -]?\d){17,18}(?=f?(?!\w))/giu;

/** @returns the serial numbers that a named text of a file holds, each once */
export function cardSerialsOfFact(name: string, value: string): string[] {
  if (!SERIAL_NAME.test(name.replaceAll('_', ' '))) return [];
  return [...new Set((value.match(SERIAL) ?? []).map((run) => run.replace(/\D/gu, '')))];
}
