/** The text of an e-mail that has HTML alone. The HTML itself is never shown, and is kept as written. */
import { withoutEntities } from '../text/entities.ts';

const BLOCKS = /<\/?(?:p|div|br|tr|li|ul|ol|table|h[1-6]|blockquote|hr|pre)\b[^<>]*>/gi;

/**
 * Words of the HTML, line ends where its blocks end. No attempt at its looks. A tag ends before the next one begins: looked for
 * beyond that, a letter of nothing but '<' would be read a million times over.
 */
export function textOfHtml(html: string): string {
  const bare = html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style|head|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/[\r\n\t ]+/g, ' ')
    .replace(BLOCKS, '\n')
    .replace(/<[^<>]*>/g, '');
  return withoutEntities(bare)
    .split('\n')
    .map((line) => line.trim())
    .filter((line, i, lines) => line !== '' || (i > 0 && lines[i - 1] !== ''))
    .join('\n')
    .trim();
}
