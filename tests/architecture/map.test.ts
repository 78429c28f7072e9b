import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { layerMap } from '../../tools/map.ts';

it('the map in src/lib/README.md is what npm run map draws', async () => {
  expect(readFileSync('src/lib/README.md', 'utf8')).toContain(await layerMap());
});
