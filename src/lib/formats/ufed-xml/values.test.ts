import { describe, expect, it } from 'vitest';
import { base64Text } from './values.ts';

describe('base64Text', () => {
  it('reads the words of a text that holds a stray control character', () => {
    expect(base64Text(btoa('Gez\u0007'))).toBe('Gez\u0007');
  });

  it('leaves bytes that are no text, and what is no base64, as they are', () => {
    expect(base64Text(btoa('\u0001\u0002'))).toBe(btoa('\u0001\u0002'));
    expect(base64Text('/////w==')).toBe('/////w==');
    expect(base64Text('not base64!')).toBe('not base64!');
  });
});
