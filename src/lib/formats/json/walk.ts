/**
 * A walk through a JSON document as it streams: containers on the way are entered, items are built whole, the rest is
 * passed over. One item stands in memory at a time.
 */
import { ITEM_CAPS } from '../caps.ts';
import type { JsonHandler, JsonTokenizerOptions } from './tokenizer.ts';
import { JsonTokenizer } from './tokenizer.ts';
import { JsonNumber, JsonObject, type JsonValue } from './value.ts';

/** Keys and indices from the root; valid during the call only. */
export type JsonPath = readonly (string | number)[];

export interface JsonItem {
  /** Byte offset of the value's first byte. */
  readonly offset: number;
  /** Strings with bytes that are no UTF-8, half characters, keys that stand twice: fields may not be what was meant. */
  readonly flaws: number;
  /** True where the item was larger than the caps and not all of it was kept. */
  readonly isCut: boolean;
}

export interface JsonVisitor {
  /** 'walk': go in, `value` is called for each scalar inside. 'build': give it whole. 'skip': pass over. */
  open(path: JsonPath, isArray: boolean): 'walk' | 'build' | 'skip';
  /** A scalar inside a walked container, or a container that was built. */
  value(path: JsonPath, value: JsonValue, item: JsonItem): void;
  /** A walked container ends. */
  close(path: JsonPath): void;
}

/** A look before the reading, for what must be known first. */
export interface SurveyVisitor extends JsonVisitor {
  /** True once it knows enough: the rest of the document is not looked at. */
  readonly isDone: boolean;
}

export interface WalkCounts {
  notUtf8: number;
  halves: number;
  cut: number;
  twice: number;
}

export class JsonWalk implements JsonHandler {
  readonly #visitor: JsonVisitor;
  readonly #tokenizer: JsonTokenizer;
  readonly #path: (string | number)[] = [];
  /** Of each walked container: true for an array. */
  readonly #walked: boolean[] = [];
  /** Containers of the item being built, outermost first. */
  #building: (JsonObject | JsonValue[])[] = [];
  #keys: string[] = [];
  #skipping = 0;
  /** Depth inside containers of an item that are dropped because the item is over its caps. */
  #dropping = 0;
  #offset = 0;
  #values = 0;
  #characters = 0;
  #isCut = false;
  #twice = 0;
  #itemStart = { flaws: 0, twice: 0 };

  constructor(visitor: JsonVisitor, options: JsonTokenizerOptions = {}) {
    this.#visitor = visitor;
    this.#tokenizer = new JsonTokenizer(this, options);
  }

  /** @throws JsonFault */
  write(chunk: Uint8Array): void {
    this.#tokenizer.write(chunk);
  }

  /** @throws JsonFault */
  end(): void {
    this.#tokenizer.end();
  }

  get counts(): WalkCounts {
    return { ...this.#tokenizer.flaws, twice: this.#twice };
  }

  /** The item in which the document broke off: where it stands and what was read of it. Null between items. */
  get unfinished(): { readonly path: JsonPath; readonly offset: number; readonly value: JsonValue } | null {
    const [outermost] = this.#building;
    return outermost === undefined ? null : { path: [...this.#path], offset: this.#offset, value: outermost };
  }

  open(isArray: boolean, offset: number): void {
    if (this.#skipping > 0) {
      this.#skipping++;
      return;
    }
    if (this.#building.length > 0) {
      if (this.#dropping > 0 || !this.#hasRoom(0)) {
        this.#dropping++;
        return;
      }
      const inner = isArray ? [] : new JsonObject();
      this.#put(inner);
      this.#building.push(inner);
      this.#keys.push('');
      return;
    }
    this.#step();
    const how = this.#visitor.open(this.#path, isArray);
    if (how === 'walk') {
      this.#walked.push(isArray);
      this.#path.push(isArray ? -1 : '');
    } else if (how === 'skip') this.#skipping = 1;
    else {
      this.#begin(offset);
      this.#building.push(isArray ? [] : new JsonObject());
      this.#keys.push('');
    }
  }

  close(): void {
    if (this.#skipping > 0) {
      this.#skipping--;
      return;
    }
    if (this.#dropping > 0) {
      this.#dropping--;
      return;
    }
    if (this.#building.length > 0) {
      const built = this.#building.pop() as JsonObject | JsonValue[];
      this.#keys.pop();
      if (this.#building.length === 0) this.#give(built);
      return;
    }
    this.#path.pop();
    this.#walked.pop();
    this.#visitor.close(this.#path);
  }

  key(text: string): void {
    if (this.#skipping > 0 || this.#dropping > 0) return;
    if (this.#building.length > 0) this.#keys[this.#keys.length - 1] = text;
    else this.#path[this.#path.length - 1] = text;
  }

  string(text: string, offset: number): void {
    this.#scalar(text, text.length, offset);
  }

  number(text: string, offset: number): void {
    this.#scalar(new JsonNumber(text), text.length, offset);
  }

  literal(value: boolean | null, offset: number): void {
    this.#scalar(value, 0, offset);
  }

  #scalar(value: JsonValue, characters: number, offset: number): void {
    if (this.#skipping > 0 || this.#dropping > 0) return;
    if (this.#building.length > 0) {
      if (this.#hasRoom(characters)) this.#put(value);
      return;
    }
    this.#step();
    this.#begin(offset);
    this.#give(value);
  }

  /** The next element of a walked array. */
  #step(): void {
    const last = this.#path.length - 1;
    if (last >= 0 && this.#walked[last] === true) this.#path[last] = (this.#path[last] as number) + 1;
  }

  #begin(offset: number): void {
    this.#offset = offset;
    this.#values = 0;
    this.#characters = 0;
    this.#isCut = false;
    this.#itemStart = { flaws: this.#flaws(), twice: this.#twice };
  }

  #flaws(): number {
    const { notUtf8, halves, cut } = this.#tokenizer.flaws;
    return notUtf8 + halves + cut;
  }

  #give(value: JsonValue): void {
    const flaws = this.#flaws() - this.#itemStart.flaws + this.#twice - this.#itemStart.twice;
    this.#visitor.value(this.#path, value, { offset: this.#offset, flaws, isCut: this.#isCut });
  }

  #hasRoom(characters: number): boolean {
    this.#values++;
    this.#characters += characters;
    if (this.#values <= ITEM_CAPS.values && this.#characters <= ITEM_CAPS.characters) return true;
    this.#isCut = true;
    return false;
  }

  #put(value: JsonValue): void {
    const at = this.#building.length - 1;
    const container = this.#building[at] as JsonObject | JsonValue[];
    if (container instanceof JsonObject) {
      if (!container.set(this.#keys[at] as string, value)) this.#twice++;
    } else container.push(value);
  }
}
