import { describe, expect, it } from 'vitest';
import { BUILD_ID } from '$lib/evidence/build-id.ts';
import { annex } from './csv.ts';

describe('an annex', () => {
  it('says of every row which build wrote it', () => {
    expect(annex(['term', 'messages'], [['salut', 3]])).toBe(
      `\ufeff"term","messages","skein_build"\r\n"salut",3,"${BUILD_ID}"\r\n`
    );
  });
});
