import { expect, it } from 'vitest';
import { escapeTwice } from './escape-twice.ts';

type Press = Parameters<ReturnType<typeof escapeTwice>>[0];

const escape = (timeStamp: number, other: Partial<Press> = {}): Press => ({
  key: 'Escape',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  timeStamp,
  ...other
});

it.each<[string, Press[], boolean[]]>([
  ['two in a row are one', [escape(1000), escape(1200)], [false, true]],
  ['two at leisure are not', [escape(1000), escape(1401)], [false, false]],
  ['the later of three may pair where the first two do not', [escape(0), escape(900), escape(1100)], [false, false, true]],
  ['a third begins anew', [escape(0), escape(100), escape(200), escape(300)], [false, true, false, true]],
  ['another key between them ends it', [escape(0), escape(100, { key: 'j' }), escape(200)], [false, false, false]],
  [
    'a key that is held down counts once',
    [escape(0), escape(50, { repeat: true }), escape(90, { repeat: true })],
    [false, false, false]
  ],
  ['the end of a character that is written is none', [escape(0, { isComposing: true }), escape(100)], [false, false]],
  ['Ctrl Esc is another key', [escape(0), escape(100, { ctrlKey: true })], [false, false]]
])('%s', (_, presses, expected) => {
  expect(presses.map(escapeTwice())).toEqual(expected);
});
