/**
 * Values of JSON as evidence needs them: numbers keep their digits (an id over 2^53 must survive), and objects are
 * no JavaScript objects, so that a key named __proto__ is a key like any other.
 */

/** A number by its own characters. */
export class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Keys in the order of the file. Of a key that stands twice the last value is read, as other programs do. */
export class JsonObject {
  readonly values = new Map<string, JsonValue>();
  /** Earlier values of keys that stand more than once. */
  readonly replaced: (readonly [key: string, value: JsonValue])[] = [];

  set(key: string, value: JsonValue): boolean {
    const before = this.values.get(key);
    const isNew = before === undefined;
    if (!isNew) this.replaced.push([key, before]);
    this.values.set(key, value);
    return isNew;
  }

  get(key: string): JsonValue | undefined {
    return this.values.get(key);
  }

  /** Text of a string or number; '' for anything else and for what is not there. */
  text(key: string): string {
    return textOf(this.values.get(key));
  }

  object(key: string): JsonObject | null {
    const value = this.values.get(key);
    return value instanceof JsonObject ? value : null;
  }

  list(key: string): readonly JsonValue[] {
    const value = this.values.get(key);
    return Array.isArray(value) ? value : NONE;
  }

  /** True for `true` alone. */
  isTrue(key: string): boolean {
    return this.values.get(key) === true;
  }

  /** A count (whole, not negative, exact in a double), or null. */
  count(key: string): number | null {
    const text = this.text(key);
    return /^\d{1,15}$/.test(text) ? Number(text) : null;
  }
}

export type JsonValue = null | boolean | string | JsonNumber | JsonObject | JsonValue[];

const NONE: readonly JsonValue[] = [];

export function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  return value instanceof JsonNumber ? value.text : '';
}

/** The value as JSON again, for a person who looks at a refused item. Cut at `most` characters. */
export function jsonText(value: JsonValue, most = 500): string {
  const parts: string[] = [];
  let length = 0;
  const put = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  const write = (one: JsonValue): void => {
    if (length > most) return;
    if (one instanceof JsonNumber) put(one.text);
    else if (one instanceof JsonObject) {
      put('{');
      let first = true;
      for (const [key, inner] of one.values) {
        if (length > most) return;
        put(`${first ? '' : ','}${JSON.stringify(key)}:`);
        first = false;
        write(inner);
      }
      put('}');
    } else if (Array.isArray(one)) {
      put('[');
      one.forEach((inner, i) => {
        if (length > most) return;
        if (i > 0) put(',');
        write(inner);
      });
      put(']');
    } else put(typeof one === 'string' ? JSON.stringify(one.slice(0, most)) : String(one));
  };
  write(value);
  return parts.join('').slice(0, most);
}
