/** The six word banks by language. */
import type { Bank, Language } from './bank.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { pt } from './pt.ts';
import { ro } from './ro.ts';

export const BANKS: Readonly<Record<Language, Bank>> = { ro, es, pt, fr, it, en };
