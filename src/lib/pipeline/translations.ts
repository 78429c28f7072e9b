/** What language found out about each message, beside the evidence and never in it. Row number = MessageId. */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { Column, Dictionary, TextColumn } from '../evidence/columns.ts';
import { NONE } from '../evidence/ids.ts';
import { QualityFlag, type ModelName } from '../language/contract.ts';
import type { TranslationInput } from './contract.ts';

export type TranslationState = 'done' | 'waiting' | 'not-needed' | 'no-model';

/** One machine line of a message. */
export interface LineVersion {
  /** Null where the run found nothing to translate or had no model. */
  readonly text: string | null;
  readonly model: ModelName | null;
  readonly flags: number;
  /** What the model was about as ready to say, with other persons; null where nothing was. */
  readonly otherReading: string | null;
  /** What the line would have been by itself, where it was read behind the message before and came out otherwise; else null. */
  readonly byItself: string | null;
  readonly meanLogProb: number;
  /** Device's clock when it was stored; NaN for lines of cases from before it was kept. */
  readonly madeAtMs: number;
  readonly isShown: boolean;
}

/**
 * [Note: Versions] Machine lines are appended and none is ever taken away. Shown is the newest line that has text: a
 * person asked for it last. A later run that found nothing (another model, a language it does not have) hides no text.
 */
export class Translations {
  /** Language number of each message; 0 is "not looked at yet". */
  readonly language = new Column(Uint8Array);
  readonly languages = new Dictionary();
  readonly #entryOf = new Column(Uint32Array);
  readonly #message = new Column(Uint32Array);
  readonly #text = new TextColumn();
  readonly #hasText = new Column(Uint8Array);
  readonly #flags = new Column(Uint32Array);
  /** Empty where there is none. */
  readonly #other = new TextColumn();
  readonly #byItself = new TextColumn();
  readonly #logProb = new Column(Float64Array);
  readonly #model = new Column(Uint8Array);
  readonly #madeAt = new Column(Float64Array);
  /** The message's line before this one, or NONE. */
  readonly #before = new Column(Uint32Array);
  /** Newest line of each message, shown or not. */
  readonly #newestOf = new Column(Uint32Array);
  readonly #models = new Dictionary();
  #lookedAt = 0;

  constructor() {
    this.languages.number('');
  }

  /** Messages that nothing was found out about yet. */
  get waiting(): number {
    return this.language.length - this.#lookedAt;
  }

  /** Lines that were written, older versions included. */
  get length(): number {
    return this.#message.length;
  }

  get sizeBytes(): number {
    const texts = this.#text.sizeBytes + this.#other.sizeBytes + this.#byItself.sizeBytes;
    return texts + this.language.sizeBytes + this.#entryOf.sizeBytes + this.#logProb.sizeBytes;
  }

  /** Makes room for messages up to `count`. */
  extend(count: number): void {
    while (this.language.length < count) {
      this.language.push(0);
      this.#entryOf.push(NONE);
      this.#newestOf.push(NONE);
    }
  }

  /** @param madeAtMs the device's clock, milliseconds since 1970 */
  put(lines: readonly TranslationInput[], madeAtMs: number): void {
    for (const { messageId, language, text, flags, otherReading = '', byItself = '', meanLogProb, model } of lines) {
      const entry = this.#message.length;
      this.#message.push(messageId);
      this.#text.push(text ?? '');
      this.#hasText.push(text === null ? 0 : 1);
      this.#flags.push(flags);
      this.#other.push(otherReading);
      this.#byItself.push(byItself);
      this.#logProb.push(meanLogProb);
      this.#model.push(this.#models.number(model === null ? '' : `${model.id}\n${model.sha256Hex}`));
      this.#madeAt.push(madeAtMs);
      this.#link(messageId, entry, language);
    }
  }

  /** Makes `entry` its message's newest line, and the one shown where it may be: see [Note: Versions]. */
  #link(message: number, entry: number, language: string): void {
    if (!this.isLookedAt(message)) this.#lookedAt++;
    this.#before.push(this.#newestOf.at(message));
    this.#newestOf.set(message, entry);
    const shown = this.#entryOf.at(message);
    if (shown !== NONE && this.#hasText.at(shown) === 1 && this.#hasText.at(entry) === 0) return;
    this.#entryOf.set(message, entry);
    this.language.set(message, this.languages.number(language));
  }

  /** Every line of a message, newest first. */
  versionsOf(message: number): LineVersion[] {
    const versions: LineVersion[] = [];
    for (let entry = this.#newestOf.at(message); entry !== NONE; entry = this.#before.at(entry)) {
      versions.push({
        text: this.#hasText.at(entry) === 1 ? this.#text.at(entry) : null,
        model: this.#modelAt(entry),
        flags: this.#flags.at(entry),
        otherReading: textOrNull(this.#other, entry),
        byItself: textOrNull(this.#byItself, entry),
        meanLogProb: this.#logProb.at(entry),
        madeAtMs: this.#madeAt.at(entry),
        isShown: entry === this.#entryOf.at(message)
      });
    }
    return versions;
  }

  /** The line of a message that says `text`: the shown one where it does, else the newest that does; null where none did. */
  versionSaying(message: number, text: string): LineVersion | null {
    const saying = this.versionsOf(message).filter((version) => version.text === text);
    return saying.find(({ isShown }) => isShown) ?? saying[0] ?? null;
  }

  /** True where the message has a line with text in which the model had a part. */
  hasLineBy(message: number, modelSha256Hex: string): boolean {
    for (let entry = this.#newestOf.at(message); entry !== NONE; entry = this.#before.at(entry)) {
      if (this.#hasText.at(entry) === 1 && this.#modelAt(entry)?.sha256Hex.includes(modelSha256Hex) === true) return true;
    }
    return false;
  }

  isLookedAt(message: number): boolean {
    return this.#entryOf.at(message) !== NONE;
  }

  languageOf(message: number): string {
    return this.languages.at(this.language.at(message));
  }

  /** Machine English of a message, or null. */
  textOf(message: number): string | null {
    const entry = this.#entryOf.at(message);
    return entry === NONE || this.#hasText.at(entry) === 0 ? null : this.#text.at(entry);
  }

  /** The same as UTF-8, without a copy. */
  bytesOf(message: number): Uint8Array | null {
    const entry = this.#entryOf.at(message);
    return entry === NONE || this.#hasText.at(entry) === 0 ? null : this.#text.bytesAt(entry);
  }

  flagsOf(message: number): number {
    const entry = this.#entryOf.at(message);
    return entry === NONE ? 0 : this.#flags.at(entry);
  }

  /** What the model was about as ready to say, with other persons; null where nothing was. */
  otherReadingOf(message: number): string | null {
    const entry = this.#entryOf.at(message);
    return entry === NONE ? null : textOrNull(this.#other, entry);
  }

  /** What the line would have been without the message before; null where that is the line. */
  byItselfOf(message: number): string | null {
    const entry = this.#entryOf.at(message);
    return entry === NONE ? null : textOrNull(this.#byItself, entry);
  }

  logProbOf(message: number): number {
    const entry = this.#entryOf.at(message);
    return entry === NONE ? Number.NaN : this.#logProb.at(entry);
  }

  modelOf(message: number): ModelName | null {
    const entry = this.#entryOf.at(message);
    return entry === NONE ? null : this.#modelAt(entry);
  }

  /** Number of the model whose line is shown, for `modelNamed`; null where no machine text is. */
  shownModel(message: number): number | null {
    const entry = this.#entryOf.at(message);
    return entry === NONE || this.#hasText.at(entry) === 0 ? null : this.#model.at(entry);
  }

  /** Name of a model by its number; empty where the line's maker was not kept. */
  modelNamed(number: number): ModelName {
    const [id = '', sha256Hex = ''] = this.#models.at(number).split('\n');
    return { id, sha256Hex };
  }

  #modelAt(entry: number): ModelName | null {
    if (this.#hasText.at(entry) === 0) return null;
    const name = this.modelNamed(this.#model.at(entry));
    return name.id === '' ? null : name;
  }

  stateOf(message: number): TranslationState {
    const entry = this.#entryOf.at(message);
    if (entry === NONE) return 'waiting';
    if (this.#hasText.at(entry) === 1) return 'done';
    return (this.#flags.at(entry) & QualityFlag.noModel) === 0 ? 'not-needed' : 'no-model';
  }

  /** Entries from `from` on as one block for the vault. */
  pack(from: number): Uint8Array {
    const to = this.#message.length;
    const { lengths, bytes } = this.#text.pack(from, to);
    const other = this.#other.pack(from, to);
    const own = this.#byItself.pack(from, to);
    const arrays = {
      message: this.#message.view(from, to),
      language: this.#message.view(from, to).map((message) => this.language.at(message)),
      textLengths: lengths,
      textBytes: bytes,
      hasText: this.#hasText.view(from, to),
      flags: this.#flags.view(from, to),
      otherLengths: other.lengths,
      otherBytes: other.bytes,
      byItselfLengths: own.lengths,
      byItselfBytes: own.bytes,
      logProb: this.#logProb.view(from, to),
      madeAt: this.#madeAt.view(from, to),
      model: this.#model.view(from, to)
    };
    return packBlock('translations', arrays, { languages: this.languages.values(), models: this.#models.values() });
  }

  /** Appends a block that `pack` wrote. */
  unpack(block: Uint8Array): void {
    const { arrays, json } = unpackBlock(block);
    const { languages, models } = json as { languages: string[]; models: string[] };
    const array = (name: string): ArrayLike<number> => arrays[name] ?? new Uint8Array();
    const messages = array('message');
    const language = array('language');
    const modelNumber = array('model');
    const base = this.#message.length;
    const madeAt = arrays['madeAt'] ?? new Float64Array(messages.length).fill(Number.NaN);
    this.#message.append(messages);
    this.#text.unpack(array('textLengths') as Uint32Array, array('textBytes') as Uint8Array);
    this.#hasText.append(array('hasText'));
    this.#flags.append(array('flags'));
    // Blocks from before a text was kept hold none of it.
    const kept = (column: TextColumn, name: string): void => {
      const lengths = arrays[`${name}Lengths`] ?? new Uint32Array(messages.length);
      column.unpack(lengths as Uint32Array, array(`${name}Bytes`) as Uint8Array);
    };
    kept(this.#other, 'other');
    kept(this.#byItself, 'byItself');
    this.#logProb.append(array('logProb'));
    this.#madeAt.append(madeAt);
    for (let i = 0; i < messages.length; i++) {
      const message = messages[i] as number;
      this.extend(message + 1);
      this.#link(message, base + i, languages[language[i] as number] ?? '');
      this.#model.push(this.#models.number(models[modelNumber[i] as number] ?? ''));
    }
  }
}

function textOrNull(column: TextColumn, entry: number): string | null {
  const text = column.at(entry);
  return text === '' ? null : text;
}
