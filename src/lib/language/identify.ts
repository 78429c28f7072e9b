/**
 * Which language a segment is in: script first, then naive Bayes over hashed character n-grams, and "und" when it
 * cannot tell. The answer routes translation and nothing else.
 */
import type { LanguageCode } from './contract.ts';
import { BUCKETS, gramsOf, wordsOf } from './ngrams.ts';
import { answerOfScript, tellingText, type TableScript } from './scripts.ts';

/** models/langid/config.json. */
export interface LanguageTableConfig {
  readonly classes: readonly LanguageClass[];
  /** Natural-log units of one int8 step. */
  readonly step: number;
  /** Least lead of the best class over the second, in natural-log units over the whole text. */
  readonly leastLead: number;
  /** Texts of fewer letters need their class's `leastLeadShort`. */
  readonly shortLetters: number;
}

interface LanguageClass {
  readonly language: LanguageCode;
  readonly script: TableScript;
  /** Least mean score over chance per gram, natural-log units: below it the text is not of this language. */
  readonly leastFamiliarity: number;
  /** Least lead for a word or two: rare languages must be surer, or they catch what is short. */
  readonly leastLeadShort: number;
}

export interface LanguageAnswer {
  /** ISO 639-3, 'und' when it cannot tell, 'zxx' when there are no words. */
  readonly language: LanguageCode;
  /** The best guess, also where `language` is 'und'; equal to `language` otherwise. */
  readonly guess: LanguageCode;
  /** Languages that the guess does not lead clearly, best first, the guess itself included. */
  readonly contenders: readonly LanguageCode[];
  /** Lead of the guess over the second, natural-log units; Infinity where the script alone decides. */
  readonly lead: number;
  /** Mean score of the guess over chance per gram, natural-log units; Infinity where the script alone decides. */
  readonly familiarity: number;
}

/**
 * What a class gains where its language is what goes on around the text, natural-log units. [Note: What goes on around]
 * Of 1,500 lines by hand that the table has not met, those of one or two words were named rightly in 64 % and wrongly in
 * 8 % by their letters alone; with 20 for the language of their conversation in 88 and 1 %; of three or four words 92 and 3,
 * then 98 and 0 %. A line in another language than its conversation's loses: 64, then 54 % named rightly, 92, then 88 %, and
 * of five to eight words 99, then 98 %. With 10 both are about half as large; since four lines in five have to be in a
 * language for it to count as the usual one, the gain is the greater. English between foreign lines stays what it was.
 */
const AROUND = 20;

export class LanguageIdentifier {
  readonly #table: Int8Array;
  readonly #config: LanguageTableConfig;
  readonly #classesOf = new Map<TableScript, readonly number[]>();

  /**
   * @param table int8 [buckets x classes], log P(gram | class) over chance in `step` units
   * @throws Error when the table's size does not fit the config
   */
  constructor(config: LanguageTableConfig, table: Int8Array) {
    if (table.length !== BUCKETS * config.classes.length) {
      throw new Error(`language table has ${table.length} cells, ${BUCKETS * config.classes.length} expected`);
    }
    this.#config = config;
    this.#table = table;
    config.classes.forEach(({ script }, i) => this.#classesOf.set(script, [...(this.#classesOf.get(script) ?? []), i]));
  }

  /** Languages it can name by the table. */
  get languages(): LanguageCode[] {
    return this.#config.classes.map((c) => c.language);
  }

  /** @param around language of what stands around the text, in its line or its conversation, where that is known */
  identify(line: string, around?: LanguageCode): LanguageAnswer {
    const text = tellingText(line);
    const script = answerOfScript(text);
    if (script.kind === 'no-words') return certain('zxx');
    if (script.kind === 'language') return certain(script.language);
    const grams = gramsOf(text);
    const scores = this.#scores(grams);
    const favoured = around === undefined ? -1 : this.#config.classes.findIndex(({ language }) => language === around);
    const gain = Math.round(AROUND / this.#config.step);
    if (favoured >= 0) scores[favoured] = (scores[favoured] as number) + gain;
    let best = -1;
    let second = -1;
    for (const c of this.#classesOf.get(script.script) ?? []) {
      const score = scores[c] as number;
      if (best < 0 || score > (scores[best] as number)) [second, best] = [best, c];
      else if (second < 0 || score > (scores[second] as number)) second = c;
    }
    if (best < 0 || grams.length === 0) return certain('und');
    const top = (scores[best] as number) * this.#config.step;
    const lead = second < 0 ? Number.POSITIVE_INFINITY : top - (scores[second] as number) * this.#config.step;
    // Whether it looks like the language at all is a matter of its own letters.
    const familiarity = (top - (best === favoured ? gain * this.#config.step : 0)) / grams.length;
    const { language: guess, leastFamiliarity, leastLeadShort } = this.#config.classes[best] as LanguageClass;
    const leastLead = this.#isShort(text) ? leastLeadShort : this.#config.leastLead;
    const isSure = lead >= leastLead && familiarity >= leastFamiliarity;
    const contenders = isSure
      ? [guess]
      : this.#contenders(scores, script.script, (scores[best] as number) - leastLead / this.#config.step);
    return { language: isSure ? guess : 'und', guess, contenders, lead, familiarity };
  }

  /** Score of every class over chance, natural-log units, in the order of the config; zeros for what has no letters. */
  scoresOf(word: string): Float64Array {
    return Float64Array.from(this.#scores(gramsOf(tellingText(word))), (score) => score * this.#config.step);
  }

  #isShort(text: string): boolean {
    return wordsOf(text).reduce((n, word) => n + word.length, 0) < this.#config.shortLetters;
  }

  #contenders(scores: Int32Array, script: TableScript, least: number): LanguageCode[] {
    const close = (this.#classesOf.get(script) ?? []).filter((c) => (scores[c] as number) >= least);
    close.sort((a, b) => (scores[b] as number) - (scores[a] as number));
    return close.map((c) => this.#config.classes[c]?.language ?? 'und');
  }

  #scores(grams: readonly number[]): Int32Array {
    const width = this.#config.classes.length;
    const scores = new Int32Array(width);
    for (const gram of grams) {
      const from = gram * width;
      for (let c = 0; c < width; c++) scores[c] = (scores[c] as number) + (this.#table[from + c] as number);
    }
    return scores;
  }
}

function certain(language: LanguageCode): LanguageAnswer {
  const sure = Number.POSITIVE_INFINITY;
  return { language, guess: language, contenders: [language], lead: sure, familiarity: sure };
}
