import { describe, expect, it } from 'vitest';
import { responseHeaders } from '../vault/headers.ts';
import { findHoles, type ClosureScope } from './closure.ts';

const closed: ClosureScope = {
  crossOriginIsolated: true,
  mayLocate: false,
  headers: async () => new Headers(responseHeaders()),
  isDevelopment: false
};

describe('the self-test at the start', () => {
  it('finds no hole where every header came', async () => {
    expect(await findHoles(closed)).toEqual([]);
    expect(await findHoles({ ...closed, mayLocate: null })).toEqual([]);
  });

  it.each(Object.keys(responseHeaders()))('names %s where it is missing or another', async (header) => {
    const without = new Headers(responseHeaders());
    without.delete(header);
    expect(await findHoles({ ...closed, headers: async () => without })).toEqual([{ header }]);
    without.set(header, 'default-src *');
    expect(await findHoles({ ...closed, headers: async () => without })).toEqual([{ header }]);
  });

  it('refuses a page that is not isolated, also while developing, and one whose headers nobody can look at', async () => {
    expect(await findHoles({ ...closed, crossOriginIsolated: false })).toEqual(['isolation']);
    expect(await findHoles({ ...closed, crossOriginIsolated: false, isDevelopment: true })).toEqual(['isolation']);
    expect(await findHoles({ ...closed, mayLocate: true })).toEqual(['permissions']);
    expect(await findHoles({ ...closed, headers: () => Promise.reject(new TypeError('gone')) })).toEqual(['unreachable']);
  });
});
