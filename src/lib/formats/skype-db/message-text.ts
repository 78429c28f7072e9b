/** The text of a Skype message, which its database keeps as a scrap of XML: tags are marks of style, links and quotes. */
import { ownTable } from '../../evidence/own-table.ts';

const ENTITIES: Readonly<Record<string, string>> = ownTable({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' });

/** Plain text: tags dropped, references resolved, lines kept. Nothing of it is ever shown as markup. */
export function messageText(xml: string): string {
  // Of a text message sent as SMS only its own words, and not the numbers and prices around them.
  const chunks = [...xml.matchAll(/<chunk\b[^<>]*>([^<]*)<\/chunk>/g)].map(([, text = '']) => text);
  const scrap = chunks.length > 0 ? chunks.join('') : xml.replace(/<br\s*\/?>/gi, '\n').replace(/<[^<>]*>/g, '');
  return scrap.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }
  );
}
