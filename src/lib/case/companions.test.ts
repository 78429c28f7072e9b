import { describe, expect, it } from 'vitest';
import { withCompanions } from './companions.ts';

const file = (name: string) => ({ name, file: new Blob([name]) });
const shape = (names: readonly string[]) =>
  withCompanions(names.map(file)).map(({ name, beside }) => [name, (beside ?? []).map((one) => one.name)]);

describe('withCompanions', () => {
  it('puts logs and journals beside their database and leaves the rest alone', () => {
    expect(shape(['x/msgstore.db-wal', 'x/msgstore.db', 'x/msgstore.db-shm', 'y/msgstore.db-wal', 'a.txt'])).toEqual([
      ['x/msgstore.db', ['x/msgstore.db-wal']],
      ['y/msgstore.db-wal', []],
      ['a.txt', []]
    ]);
    expect(shape(['mmssms.db', 'mmssms.db-journal'])).toEqual([['mmssms.db', ['mmssms.db-journal']]]);
    expect(shape(['out/_lava_data.json', 'out/_lava_artifacts.db', '_lava_data.json'])).toEqual([
      ['out/_lava_artifacts.db', ['out/_lava_data.json']],
      ['_lava_data.json', []]
    ]);
    expect(shape(['only-wal'])).toEqual([['only-wal', []]]);
  });
});
