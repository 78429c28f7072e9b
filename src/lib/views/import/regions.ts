/** Countries to choose from, by their names in the language of the page; the assumed one first. */
import { REGIONS } from '$lib/formats/regions.ts';
import { getLocale } from '$lib/paraglide/runtime.js';

export interface RegionChoice {
  /** ISO 3166 alpha-2. */
  readonly region: string;
  readonly name: string;
}

export function regionChoices(assumed: string): RegionChoice[] {
  const locale = getLocale() === 'fr' ? 'fr-FR' : 'en-GB';
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  const order = new Intl.Collator(locale);
  const choices = REGIONS.map((region) => ({ region, name: names.of(region) ?? region }));
  choices.sort((a, b) => Number(b.region === assumed) - Number(a.region === assumed) || order.compare(a.name, b.name));
  return choices;
}
