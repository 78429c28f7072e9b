/**
 * Builds a model pack on a connected machine, to be carried to the devices that read evidence:
 *   npm run models:fetch                              lists the packs
 *   npm run models:fetch -- ID --revision COMMIT [--out packs] [--accept-non-commercial]
 */
import { parseArgs } from 'node:util';
import { fetchPack } from './fetch-pack.ts';
import { RECIPES } from './recipes.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    revision: { type: 'string' },
    out: { type: 'string', default: 'packs' },
    host: { type: 'string', default: 'https://huggingface.co' },
    'accept-non-commercial': { type: 'boolean', default: false }
  }
});

const NON_COMMERCIAL = `
****************************************************************************
*  NON-COMMERCIAL LICENCE. This model may not be used for money. Whether   *
*  police use counts as such is a question for your force's lawyers.       *
*  The app shows this beside the model for as long as it is installed.     *
*  Add --accept-non-commercial to fetch it all the same.                   *
****************************************************************************`;

const recipe = RECIPES.find(({ id }) => id === positionals[0]);
if (recipe === undefined) {
  if (positionals[0] !== undefined) console.error(`There is no recipe ${positionals[0]}.`);
  for (const { id, languages, licence, isNonCommercial } of RECIPES) {
    console.log(`${id.padEnd(28)}${languages.join(' ').padEnd(56)}${licence}${isNonCommercial ? '  ** NON-COMMERCIAL **' : ''}`);
  }
  process.exit(positionals[0] === undefined ? 0 : 2);
}
if (recipe.isNonCommercial) console.error(NON_COMMERCIAL);
if (recipe.isNonCommercial && !values['accept-non-commercial']) process.exit(2);
const revision = values.revision ?? recipe.revision;
if (revision === null) {
  console.error(`No commit is pinned for ${recipe.repository} yet: look at it there and give --revision COMMIT.`);
  process.exit(2);
}
try {
  await fetchPack(recipe, { host: values.host, revision, out: values.out, say: (line) => console.log(line) });
  console.log(`\n${values.out}/${recipe.id} is a pack: zip it or carry the folder, and drop it on Models.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
