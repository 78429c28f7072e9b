import { describe, expect, it } from 'vitest';
import type { ReadOptions } from './contract.ts';
import { ServiceAccounts } from './service-accounts.ts';

const accounts = (owner: ReadOptions['owner'] = null): ServiceAccounts =>
  new ServiceAccounts('signal', { zone: null, region: 'GB', owner }, 'a.zip');

describe('ServiceAccounts', () => {
  it('gives one object per id and name, with the number once it is known', () => {
    const some = accounts();
    expect(some.byId('u1', 'Ana')).toBe(some.byId('u1', 'Ana'));
    expect(some.byId('u1', 'Ana').e164).toBeUndefined();
    expect(some.byId('u1', 'Ana', 'u1', '00447700900011').e164).toBe('+447700900011');
    expect(some.byId('u1', 'Ana').e164).toBe('+447700900011');
  });

  it('scopes shown names by owner or file, and reads names that are numbers as numbers', () => {
    expect(accounts().byName('Ana').identifier).toBe('name:a.zip/Ana');
    expect(accounts({ identifier: '07700900010', name: 'Dan' }).byName('Ana').identifier).toBe('name:+447700900010/Ana');
    expect(accounts().byName('+44 7700 900011')).toMatchObject({ identifier: '+447700900011', e164: '+447700900011' });
  });

  it('knows the owner by name, by id or by number, and directions only then', () => {
    expect(accounts().directionOf(accounts().byName('Ana'))).toBe('unknown');
    const named = accounts({ identifier: '', name: 'Dan' });
    const [dan, ana] = [named.byName('Dan'), named.byName('Ana')];
    expect([named.directionOf(dan), named.directionOf(ana)]).toEqual(['outgoing', 'incoming']);
    const numbered = accounts({ identifier: '+44 7700 900010', name: '' });
    expect(numbered.directionOf(numbered.byNumber('447700900010'))).toBe('outgoing');
  });

  it('offers the busiest first', () => {
    const some = accounts();
    const [ana, dan] = [some.byName('Ana'), some.byName('Dan')];
    for (const ref of [ana, dan, dan]) some.wrote(ref);
    expect(some.busiest()).toEqual([dan, ana]);
  });
});
