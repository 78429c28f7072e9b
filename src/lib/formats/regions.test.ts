import { getCountries } from 'libphonenumber-js/max';
import { expect, it } from 'vitest';
import { ASSUMED_REGION } from '../evidence/assumptions.ts';
import { REGIONS } from './regions.ts';

it('are those that numbers can be read by, the assumed one among them', () => {
  expect(REGIONS).toEqual(getCountries().sort());
  expect(REGIONS).toContain(ASSUMED_REGION);
});
