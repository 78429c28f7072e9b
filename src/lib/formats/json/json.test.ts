import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain, readWhole } from '../../../../tests/fixtures/json-read.ts';
import { JsonFault } from './fault.ts';
import { shapeOf } from './shape.ts';
import { ITEM_CAPS, JSON_CAPS } from '../caps.ts';
import { JsonNumber, JsonObject, jsonText, type JsonValue } from './value.ts';
import { JsonWalk, type JsonItem } from './walk.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function faultOf(bytes: Uint8Array | string): JsonFault | null {
  try {
    readWhole(typeof bytes === 'string' ? utf8(bytes) : bytes);
    return null;
  } catch (error) {
    if (error instanceof JsonFault) return error;
    throw error;
  }
}

describe('JSON: values', () => {
  it('reads what JSON.parse reads, in pieces of any size', () => {
    const value = fc
      .jsonValue({ maxDepth: 4, stringUnit: 'grapheme' })
      .filter((one) => !JSON.stringify(one).includes('__proto__'));
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 9 }), fc.boolean(), (one, piece, escaped) => {
        let text = JSON.stringify(one, null, 1);
        if (escaped) text = text.replace(/[^\n -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
        if (/\\ud[89a-f]/i.test(JSON.stringify(one))) return;
        expect(plain(readWhole(utf8(text), piece).value)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 }
    );
  });

  it('keeps the digits of numbers that a double cannot hold', () => {
    for (const digits of ['9007199254740993', '-1E400', '1.000000000000000005', '123456789012345678901234567890']) {
      const { value } = readWhole(utf8(`[${digits}]`));
      expect(value).toEqual([new JsonNumber(digits)]);
    }
  });

  it('takes __proto__ for a key like any other', () => {
    const { value } = readWhole(utf8('{"__proto__": {"polluted": true}, "constructor": 1}'));
    expect((value as JsonObject).object('__proto__')?.isTrue('polluted')).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('reads the last of two equal keys and keeps the first', () => {
    const { value, walk } = readWhole(utf8('{"a": 1, "a": 2}'));
    expect((value as JsonObject).text('a')).toBe('2');
    expect((value as JsonObject).replaced).toEqual([['a', new JsonNumber('1')]]);
    expect(walk.counts.twice).toBe(1);
  });

  it('keeps half characters as written, joins whole ones, and counts what is no UTF-8', () => {
    const { value, walk } = readWhole(utf8('["\\ud83d\\ude00", "\\ud83d x", "\\ude00\\ud83d", "\\u0000"]'));
    expect(value).toEqual(['😀', '\\ud83d x', '\\ude00\\ud83d', '\0']);
    expect(walk.counts.halves).toBe(3);
    const spoilt = readWhole(Uint8Array.of(0x5b, 0x22, 0x61, 0xff, 0xc3, 0x22, 0x5d));
    expect(spoilt.value).toEqual(['a\ufffd\ufffd']);
    expect(spoilt.walk.counts.notUtf8).toBe(1);
    expect(readWhole(utf8('["\ufffd"]')).walk.counts.notUtf8).toBe(0);
  });

  it('passes a mark at the beginning by', () => {
    expect(readWhole(utf8('\ufeff[1]'), 1).value).toEqual([new JsonNumber('1')]);
  });
});

describe('JSON: what is none', () => {
  it.each<[string, string, JsonFault['kind'], number]>([
    ['nothing', '', 'cut', 0],
    ['an open list', '[1, 2', 'cut', 5],
    ['half a word', '[tru', 'cut', 1],
    ['an open text', '["abc', 'cut', 5],
    ['a comma at the end', '[1,]', 'damaged', 3],
    ['a bare word', '[NaN]', 'damaged', 1],
    ['Infinity', '[-Infinity]', 'damaged', 1],
    ['a leading zero', '[012]', 'damaged', 1],
    ['a control character', '["a\nb"]', 'damaged', 3],
    ['an unknown escape', '["a\\x41"]', 'damaged', 3],
    ['something behind the end', '{} {}', 'damaged', 3],
    ['single quotes', "{'a': 1}", 'damaged', 1],
    ['a comment', '[1 /* x */]', 'damaged', 3]
  ])('refuses %s with its place', (_what, text, kind, offset) => {
    const fault = faultOf(text);
    expect(fault?.kind).toBe(kind);
    expect(fault?.offset).toBe(offset);
  });

  it('refuses depth that could only be an attack, and takes what is below', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(faultOf(nested(JSON_CAPS.depth))).toBeNull();
    expect(faultOf(nested(JSON_CAPS.depth + 1))?.kind).toBe('depth');
    expect(faultOf('[{"a":'.repeat(100_000))?.kind).toBe('depth');
  });

  it('passes over the end of a text without end, and goes on behind it', () => {
    const long = utf8(`["${'é\\"'.repeat(JSON_CAPS.stringBytes / 4 + 10)}", 7]`);
    const { value, walk } = readWhole(long, 1 << 20);
    const [text, next] = value as JsonValue[];
    expect((text as string).length).toBeGreaterThan(JSON_CAPS.stringBytes / 2 - 10);
    expect((text as string).length).toBeLessThanOrEqual(JSON_CAPS.stringBytes);
    expect(/^(?:é")*é?$/.test(text as string)).toBe(true);
    expect(next).toEqual(new JsonNumber('7'));
    expect(walk.counts.cut).toBe(1);
  });
});

describe('JSON: walks', () => {
  const given: { path: string; value: unknown; item: JsonItem }[] = [];
  const walkOf = (options = {}): JsonWalk =>
    new JsonWalk(
      {
        open: (path) => (path.length === 2 && path[0] === 'messages' ? 'build' : path[0] === 'skipped' ? 'skip' : 'walk'),
        value: (path, value, item) => given.push({ path: path.join('.'), value: plain(value), item }),
        close: () => undefined
      },
      options
    );

  it('builds items where it is told, gives scalars on the way, and tells their places', () => {
    given.length = 0;
    const text = '{"name": "x", "skipped": [[1], {"a": 2}], "messages": [{"id": 1}, 5, {"id": {"deep": [true]}}], "last": null}';
    const walk = walkOf();
    walk.write(utf8(text));
    walk.end();
    expect(given.map(({ path, value }) => [path, value])).toEqual([
      ['name', 'x'],
      ['messages.0', { id: 1 }],
      ['messages.1', 5],
      ['messages.2', { id: { deep: [true] } }],
      ['last', null]
    ]);
    for (const { item, path } of given)
      if (path === 'messages.2') expect(text.slice(item.offset, item.offset + 7)).toBe('{"id": ');
  });

  it('says in which item the document broke off', () => {
    const walk = walkOf();
    walk.write(utf8('{"messages": [{"id": 1}, {"id": 2, "text": "ab'));
    expect(() => walk.end()).toThrow(JsonFault);
    expect(walk.unfinished?.path).toEqual(['messages', 1]);
    expect(walk.unfinished?.offset).toBe(25);
    expect(jsonText(walk.unfinished?.value ?? null)).toBe('{"id":2}');
  });

  it('takes one object a line where told', () => {
    given.length = 0;
    const walk = new JsonWalk(
      {
        open: () => 'build',
        value: (_p, value, item) => given.push({ path: '', value: plain(value), item }),
        close: () => undefined
      },
      { manyRoots: true }
    );
    walk.write(utf8('{"a":1}\n{"a":2}\n\n'));
    walk.end();
    expect(given.map(({ value }) => value)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('cuts an item with more values than any export writes, and keeps the next', () => {
    given.length = 0;
    const walk = walkOf();
    walk.write(utf8(`{"messages": [{"a": [${'1,'.repeat(ITEM_CAPS.values)}[2]]}, {"id": 2}]}`));
    walk.end();
    expect(given[0]?.item.isCut).toBe(true);
    expect(given[1]).toMatchObject({ value: { id: 2 }, item: { isCut: false } });
  });
});

describe('JSON: shapes', () => {
  it('tells paths from a cut head', () => {
    const shape = shapeOf(utf8('{"ana": [{"From": "x", "n": 1}], "b": {"c": [{"d": tr'));
    expect(shape?.has('ana[].From')).toBe(true);
    expect(shape?.first('*[].From')).toBe('x');
    expect(shape?.has('b.c[].d')).toBe(false);
    expect(shape?.topKeys).toEqual(['ana', 'b']);
    expect(shape?.isBroken).toBe(false);
    expect(shapeOf(utf8('{"a" 1}'))?.isBroken).toBe(true);
    expect(shapeOf(utf8('<a/>'))).toBeNull();
  });
});
