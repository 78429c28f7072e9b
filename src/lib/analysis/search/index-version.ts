/**
 * What an index on disk was made by: one made by other rules would miss words, so it is built anew. The number is raised
 * by hand with any change of what tokens, folds or number forms come of a text, and of the layout of a segment; a test
 * holds the tokens of fixed texts to it. Folding also follows the engine's own Unicode data, which an update of the
 * browser changes under us: the units of characters that each property has in the first two planes are counted, and every version
 * of Unicode so far moved at least one of these counts.
 */
const RULES = 1;

const PROPERTIES = ['L', 'M', 'Nd', 'Cn'] as const;
const PLANES_END = 0x20000;

let known: string | null = null;

/** Name of the rules by which this program, in this engine, makes an index. */
export function indexVersion(): string {
  if (known !== null) return known;
  // Through a decoder: a string that grows letter by letter takes a tenth of a second here.
  const units = new Uint16Array(2 * PLANES_END);
  let n = 0;
  for (let code = 0; code < PLANES_END; code++) {
    // Halves of a pair have no properties, and would pair up.
    if (code >= 0xd800 && code <= 0xdfff) continue;
    if (code > 0xffff) units[n++] = 0xd800 + ((code - 0x10000) >> 10);
    units[n++] = code > 0xffff ? 0xdc00 + (code & 0x3ff) : code;
  }
  const all = new TextDecoder('utf-16le').decode(units.subarray(0, n));
  const counts = PROPERTIES.map((name) => all.length - all.replace(new RegExp(`\\p{${name}}+`, 'gu'), '').length);
  known = `${RULES}:${counts.join('.')}`;
  return known;
}
