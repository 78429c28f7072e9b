/** What language found out about each message, beside the evidence and never in it. Row number = MessageId. */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { Column, Dictionary, TextColumn } from '../evidence/columns.ts';
import { NONE } from '../evidence/ids.ts';
import { QualityFlag } from '../language/contract.ts';
import type { TranslationInput } from './contract.ts';

export type TranslationState = 'done' | 'waiting' | 'not-needed' | 'no-model';

/** Machine lines are appended; a later line for the same message is the one shown, earlier ones stay. */
export class Translations {
  /** Language number of each message; 0 is "not looked at yet". */
  readonly language = new Column(Uint8Array);
  readonly languages = new Dictionary();
  readonly #entryOf = new Column(Uint32Array);
  readonly #message = new Column(Uint32Array);
  readonly #text = new TextColumn();
  readonly #hasText = new Column(Uint8Array);
  readonly #flags = new Column(Uint16Array);
  readonly #logProb = new Column(Float64Array);
  readonly #model = new Column(Uint8Array);
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
    return this.#text.sizeBytes + this.language.sizeBytes + this.#entryOf.sizeBytes + this.#logProb.sizeBytes;
  }

  /** Makes room for messages up to `count`. */
  extend(count: number): void {
    while (this.language.length < count) {
      this.language.push(0);
      this.#entryOf.push(NONE);
    }
  }

  put(modelId: string, modelSha256Hex: string, lines: readonly TranslationInput[]): void {
    const model = this.#models.number(`${modelId}\n${modelSha256Hex}`);
    for (const line of lines) {
      if (!this.isLookedAt(line.messageId)) this.#lookedAt++;
      this.#entryOf.set(line.messageId, this.#message.length);
      this.language.set(line.messageId, this.languages.number(line.language));
      this.#message.push(line.messageId);
      this.#text.push(line.text ?? '');
      this.#hasText.push(line.text === null ? 0 : 1);
      this.#flags.push(line.flags);
      this.#logProb.push(line.meanLogProb);
      this.#model.push(model);
    }
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

  flagsOf(message: number): number {
    const entry = this.#entryOf.at(message);
    return entry === NONE ? 0 : this.#flags.at(entry);
  }

  logProbOf(message: number): number {
    const entry = this.#entryOf.at(message);
    return entry === NONE ? Number.NaN : this.#logProb.at(entry);
  }

  modelOf(message: number): { id: string; sha256Hex: string } | null {
    const entry = this.#entryOf.at(message);
    if (entry === NONE || this.#hasText.at(entry) === 0) return null;
    const [id = '', sha256Hex = ''] = this.#models.at(this.#model.at(entry)).split('\n');
    return { id, sha256Hex };
  }

  /** Every machine text that the message was given, oldest first. Looks through all lines: for one message at a time. */
  versionsOf(message: number): { text: string; modelId: string; modelSha256Hex: string; flags: number }[] {
    const versions: { text: string; modelId: string; modelSha256Hex: string; flags: number }[] = [];
    const of = this.#message.view();
    for (let entry = of.indexOf(message); entry >= 0; entry = of.indexOf(message, entry + 1)) {
      if (this.#hasText.at(entry) === 0) continue;
      const [modelId = '', modelSha256Hex = ''] = this.#models.at(this.#model.at(entry)).split('\n');
      versions.push({ text: this.#text.at(entry), modelId, modelSha256Hex, flags: this.#flags.at(entry) });
    }
    return versions;
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
    const arrays = {
      message: this.#message.view(from, to),
      language: this.#message.view(from, to).map((message) => this.language.at(message)),
      textLengths: lengths,
      textBytes: bytes,
      hasText: this.#hasText.view(from, to),
      flags: this.#flags.view(from, to),
      logProb: this.#logProb.view(from, to),
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
    this.#message.append(messages);
    this.#text.unpack(array('textLengths') as Uint32Array, array('textBytes') as Uint8Array);
    this.#hasText.append(array('hasText'));
    this.#flags.append(array('flags'));
    this.#logProb.append(array('logProb'));
    for (let i = 0; i < messages.length; i++) {
      const message = messages[i] as number;
      this.extend(message + 1);
      if (!this.isLookedAt(message)) this.#lookedAt++;
      this.#entryOf.set(message, base + i);
      this.language.set(message, this.languages.number(languages[language[i] as number] ?? ''));
      this.#model.push(this.#models.number(models[modelNumber[i] as number] ?? ''));
    }
  }
}
