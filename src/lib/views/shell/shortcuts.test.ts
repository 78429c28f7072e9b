import { expect, it } from 'vitest';
import { pressed } from './shortcuts.ts';

const keys = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

it('names keys the same on every keyboard', () => {
  expect(pressed({ ...keys, key: 'g' })).toBe('g');
  expect(pressed({ ...keys, key: 'G', shiftKey: true })).toBe('G');
  expect(pressed({ ...keys, key: '?', shiftKey: true })).toBe('?');
  expect(pressed({ ...keys, key: 'k', ctrlKey: true })).toBe('mod+k');
  expect(pressed({ ...keys, key: 'k', metaKey: true })).toBe('mod+k');
  expect(pressed({ ...keys, key: 'L', ctrlKey: true, shiftKey: true })).toBe('mod+shift+l');
  expect(pressed({ ...keys, key: 'Escape' })).toBe('Escape');
});
