/** Lines to cards: unfolding in all its kinds, cards in cards, and cards that never end. */
import { CARD_CAPS } from '../caps.ts';
import { headOfLine, readProperty, type CardProperty } from './property.ts';

export interface Card {
  /** Byte offset of its BEGIN line. */
  readonly offset: number;
  readonly properties: CardProperty[];
  /** Had no END of its own. */
  isUnended: boolean;
}

export interface CardCounts {
  /** Lines that belong to no card or are no property. */
  loose: number;
  unended: number;
  oddCharsets: number;
}

export class CardGiant extends Error {
  override readonly name = 'CardGiant';
  readonly offset: number;
  constructor(offset: number) {
    super('a property without an end');
    this.offset = offset;
  }
}

export class CardReader {
  readonly counts: CardCounts = { loose: 0, unended: 0, oddCharsets: 0 };
  readonly #done: (card: Card) => void;
  /** Called once for each BEGIN. */
  readonly #begun: () => void;
  readonly #open: Card[] = [];
  /** The property being unfolded, in pieces. */
  #pieces: string[] = [];
  #length = 0;
  #offset = 0;
  #isQuotedPrintable = false;
  #isBase64 = false;
  /** An AGENT line announces a card inside this one. */
  #expectsInner = false;

  constructor(begun: () => void, done: (card: Card) => void) {
    this.#begun = begun;
    this.#done = done;
  }

  /** Cards in which the file has come to its end, outermost first. */
  get open(): readonly Card[] {
    return this.#open;
  }

  /** One line without its end, one character a byte. @throws CardGiant */
  line(text: string, offset: number): void {
    const isInside = this.#pieces.length > 0;
    // A soft line end of quoted-printable comes before folding: what follows it belongs to the text, blanks and all.
    if (isInside && this.#isQuotedPrintable && this.#endsSoftly()) {
      const last = this.#pieces.length - 1;
      this.#pieces[last] = (this.#pieces[last] as string).slice(0, -1);
      return this.#add(text);
    }
    const first = text.charCodeAt(0);
    if (isInside && (first === 32 || first === 9)) return this.#add(text.slice(1));
    // Some programs do not indent the lines of a picture; none of these has a colon.
    if (this.#isBase64 && text !== '' && /^[A-Za-z0-9+/=]+$/.test(text)) return this.#add(text);
    this.#flush();
    if (text.trim() === '') return;
    const head = headOfLine(text);
    if (head === null) {
      this.counts.loose++;
      return;
    }
    this.#isQuotedPrintable = head.isQuotedPrintable;
    this.#isBase64 = head.isBase64;
    this.#offset = offset;
    this.#add(text);
    // These two are whole in themselves: a line that seems to go on with them is one of the card.
    if (/^\s*(?:BEGIN|END)\s*:\s*VCARD\s*$/i.test(text)) this.#flush();
  }

  /** The last property; cards that are still open stay so. */
  end(): void {
    this.#flush();
  }

  #endsSoftly(): boolean {
    return (this.#pieces.at(-1) as string).endsWith('=');
  }

  #add(piece: string): void {
    this.#length += piece.length;
    if (this.#length > CARD_CAPS.propertyBytes) throw new CardGiant(this.#offset);
    this.#pieces.push(piece);
  }

  #flush(): void {
    if (this.#pieces.length === 0) return;
    const line = this.#pieces.join('');
    this.#pieces = [];
    this.#length = 0;
    this.#isBase64 = false;
    this.#isQuotedPrintable = false;
    const property = readProperty(line);
    if (property === null) {
      this.counts.loose++;
      return;
    }
    if (property.hasOddCharset) this.counts.oddCharsets++;
    if (property.name === 'BEGIN' && /^vcard$/i.test(property.content.trim())) return this.#begin();
    const card = this.#open.at(-1);
    if (card === undefined) this.counts.loose++;
    else if (property.name === 'END' && /^vcard$/i.test(property.content.trim())) {
      this.#open.pop();
      this.#done(card);
    } else {
      this.#expectsInner = property.name === 'AGENT' && property.content.trim() === '';
      if (card.properties.length < CARD_CAPS.properties) card.properties.push(property);
      else this.counts.loose++;
    }
  }

  #begin(): void {
    const isInner = this.#expectsInner && this.#open.length < CARD_CAPS.depth;
    this.#expectsInner = false;
    if (!isInner)
      // Whatever is open was never closed: what it holds is kept.
      while (this.#open.length > 0) {
        const card = this.#open.pop() as Card;
        card.isUnended = true;
        this.counts.unended++;
        this.#done(card);
      }
    this.#begun();
    this.#open.push({ offset: this.#offset, properties: [], isUnended: false });
  }
}
