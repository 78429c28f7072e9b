/** The JSON reader against JSONTestSuite: y_ must be read, n_ refused, i_ must not crash; and what either becomes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { JsonFault } from '../../src/lib/formats/json/fault.ts';
import { JsonNumber, JsonObject, type JsonValue } from '../../src/lib/formats/json/value.ts';
import { plain, readWhole } from '../fixtures/json-read.ts';

const SUITE = new URL('../../../shared/samples/hostile_json/nst+JSONTestSuite/', import.meta.url).pathname;
const isHere = existsSync(SUITE);
if (!isHere) console.log('skipped: ../shared/samples/hostile_json is not there');
const names = isHere ? readdirSync(join(SUITE, 'test_parsing')) : [];

function outcome(name: string, folder = 'test_parsing'): { readonly value: JsonValue } | { readonly fault: JsonFault } {
  const bytes = new Uint8Array(readFileSync(join(SUITE, folder, name)));
  const results = [bytes.length, 1, 3].map((piece) => {
    try {
      return { value: readWhole(bytes, piece).value };
    } catch (error) {
      if (error instanceof JsonFault) return { fault: error };
      throw error;
    }
  });
  // Pieces of any size give the same.
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
  return results[0]!;
}

describe.skipIf(!isHere)('JSONTestSuite', () => {
  it.each(names.filter((name) => name.startsWith('y_')))('%s', (name) => {
    const result = outcome(name);
    expect('value' in result).toBe(true);
    if ('value' in result)
      expect(plain(result.value)).toEqual(JSON.parse(readFileSync(join(SUITE, 'test_parsing', name), 'utf8')));
  });

  it.each(names.filter((name) => name.startsWith('n_')))('%s', (name) => {
    const result = outcome(name);
    expect('fault' in result).toBe(true);
    if ('fault' in result) expect(result.fault.offset).toBeGreaterThanOrEqual(0);
  });

  it.each(names.filter((name) => name.startsWith('i_')))('%s', (name) => {
    outcome(name);
  });
});

describe.skipIf(!isHere)('JSONTestSuite: what values become', () => {
  it('keeps every digit', () => {
    for (const name of readdirSync(join(SUITE, 'test_transform')).filter((one) => one.startsWith('number_'))) {
      const result = outcome(name, 'test_transform');
      const digits = name.slice('number_'.length, -'.json'.length).replace('1e-999', '1E-999').replace('1e6', '1E6');
      expect('value' in result && result.value).toEqual([new JsonNumber(digits)]);
    }
  });

  it('reads the last of equal keys and keeps the other', () => {
    const result = outcome('object_same_key_different_values.json', 'test_transform');
    if (!('value' in result) || !(result.value instanceof JsonObject)) throw new Error('no object');
    expect(result.value.text('a')).toBe('2');
    expect(result.value.replaced).toEqual([['a', new JsonNumber('1')]]);
  });
});
