/** The language of the interface. Changing it draws the page anew without loading it: the open case stays open. */
import { createContext } from 'svelte';
import { getLocale, setLocale } from '$lib/paraglide/runtime.js';

export type Locale = 'en' | 'fr';

export class LocaleState {
  #value = $state<Locale>(getLocale());

  constructor() {
    document.documentElement.lang = this.#value;
  }

  get value(): Locale {
    return this.#value;
  }

  choose(locale: Locale): void {
    void setLocale(locale, { reload: false });
    document.documentElement.lang = locale;
    this.#value = locale;
  }
}

export const [locale, setLocaleContext] = createContext<LocaleState>();
