import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { XmlTag } from './tag.ts';
import type { XmlHandler } from './events.ts';
import { XML_CAPS } from '../caps.ts';
import { XmlTokenizer } from './tokenizer.ts';

type Event = readonly ['open', string, Record<string, string>] | readonly ['close', string] | readonly ['text', string];

/** Runs of text as one, so that the two parsers may cut them differently. */
function merged(events: Event[]): Event[] {
  const out: Event[] = [];
  for (const event of events) {
    const last = out.at(-1);
    if (event[0] === 'text' && last?.[0] === 'text') out[out.length - 1] = ['text', last[1] + event[1]];
    else if (event[0] !== 'text' || event[1] !== '') out.push(event);
  }
  return out;
}

class Collector implements XmlHandler {
  readonly events: Event[] = [];
  readonly places: [number, number][] = [];
  readonly sizes: number[] = [];
  readonly tokenizer: XmlTokenizer;
  readonly #starts: number[] = [];
  constructor() {
    this.tokenizer = new XmlTokenizer(this);
    this.tokenizer.wantText = true;
  }
  classify(): number {
    return 0;
  }
  open(tag: XmlTag, offset: number): void {
    const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
    for (let i = 0; i < tag.count; i++) attributes[tag.name(i)] = tag.value(i);
    this.events.push(['open', this.tokenizer.names.textOf(tag.nameId), { ...attributes }]);
    this.sizes.push(tag.valueBytes('data'));
    this.#starts.push(offset);
  }
  close(nameId: number, endOffset: number): void {
    this.events.push(['close', this.tokenizer.names.textOf(nameId)]);
    this.places.push([this.#starts.pop() as number, endOffset]);
  }
  text(text: string): void {
    this.events.push(['text', text]);
  }
}

const encode = (text: string) => new TextEncoder().encode(text);

function ours(bytes: Uint8Array, sizes: readonly number[]): Collector {
  const collector = new Collector();
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    collector.tokenizer.write(bytes.slice(at, at + size));
    at += size;
  }
  collector.tokenizer.end();
  return collector;
}

function theirs(text: string): Event[] {
  const events: Event[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => events.push(['open', tag.name, { ...(tag.attributes as Record<string, string>) }]));
  parser.on('closetag', (tag) => events.push(['close', tag.name]));
  parser.on('text', (piece) => events.push(['text', piece]));
  parser.on('cdata', (piece) => events.push(['text', piece]));
  parser.write(text).close();
  // saxes gives the white space behind the root as text too.
  return merged(events).filter((event, i, all) => event[0] !== 'text' || (i > 0 && i < all.length - 1));
}

const legal = (s: string) => s.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
const anyText = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\r\n', 'a\rb', ']]', ' \t\n ', '😀', 'ș')
  )
  .map(legal);
const escaped = anyText.map((s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'));
const reference = fc.oneof(
  fc.constantFrom('&lt;', '&gt;', '&amp;', '&apos;', '&quot;', '&#10;', '&#x1F600;', '&#233;', '&#xE9;')
);
const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
const attributes = fc
  .uniqueArray(
    fc.tuple(
      name.filter((n) => !n.toLowerCase().startsWith('xml')),
      fc.oneof(escaped, reference),
      fc.boolean()
    ),
    { selector: ([n]) => n, maxLength: 4 }
  )
  .map((list) => list.map(([n, v, single]) => (single ? ` ${n} = '${v.replace(/'/g, '&apos;')}'` : `\n${n}="${v}"`)).join(''));
const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  content: fc
    .array(
      fc.oneof(
        { maxDepth: 4 },
        escaped,
        reference,
        anyText.map((s) => `<![CDATA[${s.replace(/]]>/g, '')}]]>`),
        anyText.map((s) => `<!--${s.replace(/-/g, '')}-->`),
        anyText.map((s) => `<?pi ${s.replace(/\?>/g, '')}?>`),
        tie('element')
      ),
      { maxLength: 5 }
    )
    .map((parts) => parts.join('')),
  element: fc
    .tuple(name, attributes, fc.option(tie('content'), { depthSize: 'small' }))
    .map(([n, a, c]) => (c === null ? `<${n}${a} />` : `<${n}${a}>${c}</${n} >`))
}));
const documents = fc
  .tuple(
    fc.constantFrom('', '<?xml version="1.0" encoding="UTF-8"?>\n', '\ufeff', '<!DOCTYPE smses SYSTEM "x>y.dtd">'),
    element,
    fc.constantFrom('', '\n', '<!-- end -->')
  )
  .map((parts) => parts.join(''));
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });

describe('XmlTokenizer against saxes', () => {
  it('gives the same events for any document, however its bytes are cut', () => {
    fc.assert(
      fc.property(documents, cuts, (text, sizes) => {
        expect(merged(ours(encode(text), sizes).events)).toEqual(theirs(text));
      }),
      { numRuns: 600 }
    );
  });

  it('reads what saxes reads of damaged documents in the same way', () => {
    let read = 0;
    fc.assert(
      fc.property(
        documents,
        fc.nat(),
        fc.constantFrom('', '<', '>', '&', '"', "'", '/', ']', '-', ' ', 'a', '\u0001', '<a>', '</a>'),
        cuts,
        (text, where, put, sizes) => {
          const at = text.length === 0 ? 0 : where % text.length;
          const damaged = text.slice(0, at) + put + text.slice(at + 1);
          let expected: Event[];
          try {
            expected = theirs(damaged);
          } catch {
            // Where saxes refuses, ours may be milder, but it ends, and with its own error if any.
            try {
              ours(encode(damaged), sizes);
            } catch (error) {
              expect((error as Error).name).toBe('XmlFault');
            }
            return;
          }
          if (!damaged.isWellFormed()) return;
          read++;
          expect(merged(ours(encode(damaged), sizes).events)).toEqual(expected);
        }
      ),
      { numRuns: 1500 }
    );
    expect(read).toBeGreaterThan(100);
  });
});

describe('XmlTokenizer', () => {
  const one = (text: string | Uint8Array) => ours(typeof text === 'string' ? encode(text) : text, [5]);

  it('tells the byte place of every element', () => {
    const text = '<?xml version="1.0"?><a><ș b="1"/><c>é</c></a>';
    const bytes = encode(text);
    const cut = (start: number, end: number) => new TextDecoder().decode(bytes.slice(start, end));
    expect(one(text).places.map(([start, end]) => cut(start, end))).toEqual(['<ș b="1"/>', '<c>é</c>', text.slice(21)]);
  });

  it('joins characters that are written as two surrogate references', () => {
    expect(one('<a b="&#55357;&#56832;">&#55357;&#56832; &#xD83D;&#xDE00;</a>').events.slice(0, 2)).toEqual([
      ['open', 'a', { b: '😀' }],
      ['text', '😀 😀']
    ]);
  });

  it('keeps loose ampersands, forbidden characters and bytes that are no UTF-8, and counts them', () => {
    const damaged = new Uint8Array([...encode('<a>fish & chips &nbsp; &#0;&#55357;x \u0001'), 0xff, ...encode('</a>')]);
    const collector = one(damaged);
    expect(collector.events[1]).toEqual(['text', 'fish & chips &nbsp; \0\ufffdx \u0001\ufffd']);
    expect(collector.tokenizer.faults).toEqual({ notUtf8: 1, looseAmpersands: 2, illegalReferences: 2 });
  });

  it.each([
    ['<a><b></a>', 'damaged'],
    ['<a b=1></a>', 'damaged'],
    ['<a b="<"></a>', 'damaged'],
    ['<a></a><b/>', 'damaged'],
    ['x<a/>', 'damaged'],
    ['</a>', 'damaged'],
    ['<a', 'cut'],
    ['<a>text', 'cut'],
    ['<a><!-- no end', 'cut'],
    ['<a><![CDATA[no end', 'cut'],
    ['', 'cut'],
    ['   ', 'cut'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'dtd']
  ])('refuses %j as %s', (text, kind) => {
    expect(() => one(text)).toThrow(expect.objectContaining({ name: 'XmlFault', kind }));
  });

  it('stops at 10,000 levels', () => {
    expect(() => one('<a>'.repeat(XML_CAPS.depth) + '</a>'.repeat(XML_CAPS.depth))).not.toThrow();
    expect(() => one('<a>'.repeat(XML_CAPS.depth + 1))).toThrow(expect.objectContaining({ kind: 'depth' }));
  });

  it('gives long texts in pieces and loses nothing of them', () => {
    const long = 'ș😀\r\n&amp;x'.repeat(60_000);
    const collector = ours(encode(`<a>${long}<![CDATA[${long}]]></a>`), [65_536, 1]);
    expect(merged(collector.events)[1]).toEqual(['text', 'ș😀\n&x'.repeat(60_000) + 'ș😀\n&amp;x'.repeat(60_000)]);
    expect(collector.events.length).toBeGreaterThan(4);
  });

  it('leaves out the middle of a giant attribute, tells its size, and keeps the places behind it', () => {
    const data = 'QUJD'.repeat(1_500_000);
    const text = `<r><part ct="image/jpeg" data="${data}" text="after"/><c/></r>`;
    const collector = ours(encode(text), [65_536]);
    expect(collector.sizes[1]).toBe(data.length);
    const part = collector.events[1];
    expect(part?.[0] === 'open' && part[2]['text']).toBe('after');
    const [start, end] = collector.places[1] as [number, number];
    expect(text.slice(start, end)).toBe('<c/>');
  });

  it('gives no text where none is wanted', () => {
    const collector = new Collector();
    collector.tokenizer.wantText = false;
    collector.tokenizer.write(encode('<a>x<![CDATA[y]]></a>'));
    collector.tokenizer.end();
    expect(collector.events).toEqual([
      ['open', 'a', {}],
      ['close', 'a']
    ]);
  });
});

describe('rows of tags that come again', () => {
  /** Wants the text of `v` alone, as a reader of a report does, so that what stands between is read in stretches. */
  class OfInterest extends Collector {
    constructor() {
      super();
      this.tokenizer.wantText = false;
    }
    override open(tag: XmlTag, offset: number): void {
      super.open(tag, offset);
      if (this.tokenizer.names.textOf(tag.nameId) === 'v') this.tokenizer.wantText = true;
    }
    override close(nameId: number, endOffset: number): void {
      super.close(nameId, endOffset);
      this.tokenizer.wantText = false;
    }
  }

  /** Events, places and the end: what was read, and where and how it stopped. */
  function outcome(bytes: Uint8Array, sizes: readonly number[]): unknown {
    const collector = new OfInterest();
    let stop: unknown = null;
    try {
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = Math.max(1, sizes[i % sizes.length] ?? 1);
        collector.tokenizer.write(bytes.slice(at, at + size));
        at += size;
      }
      collector.tokenizer.end();
    } catch (error) {
      const { kind, offset } = error as { kind: string; offset: number };
      stop = [kind, offset];
    }
    return [merged(collector.events), collector.places, stop];
  }

  const value = fc.constantFrom('<![CDATA[da]]>', 'nu', '<![CDATA[]]>', '<!-- x -->', '<e/>', 'a&amp;b', '');
  const field = fc
    .tuple(fc.constantFrom('A', 'B', 'C', 'ș'), fc.constantFrom('v', 'w'), value)
    .map(([n, tag, inner]) => `<f name="${n}"><${tag}>${inner}</${tag}></f>\n`);
  const row = fc
    .tuple(fc.nat({ max: 9999 }), fc.array(fc.oneof(field, fc.constant('<f name="A"><e /></f>\n')), { maxLength: 5 }))
    .map(([id, fields]) => [id, fields.join('')] as const);
  /** A few kinds of rows in any order, each with a number of its own, many times. */
  const rows = fc
    .tuple(fc.array(row, { minLength: 1, maxLength: 3 }), fc.array(fc.nat({ max: 2 }), { minLength: 15, maxLength: 30 }))
    .map(([kinds, order]) =>
      order.map((k, i) => `<m id="${(kinds[k % kinds.length]?.[0] ?? 0) + i}">\n${kinds[k % kinds.length]?.[1] ?? ''}</m>\n`)
    );
  // Pieces of one byte never hold two tags, so nothing is ever read as a stretch.
  const ONE_BYTE = [1];

  it('are read as they are read one tag at a time', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }), (list, sizes) => {
        const bytes = encode(`<r>${list.join('')}</r>`);
        expect(outcome(bytes, sizes)).toEqual(outcome(bytes, ONE_BYTE));
      }),
      { numRuns: 60 }
    );
  });

  it('stop at the same byte where one of them is damaged', () => {
    let stopped = 0;
    fc.assert(
      fc.property(rows, fc.nat(), fc.constantFrom('<', '>', '"', '/', 'x', '', '</f>', '<v>', '</m>'), (list, where, put) => {
        const text = `<r>${list.join('')}</r>`;
        const at = Math.floor(text.length / 2) + (where % Math.ceil(text.length / 2));
        const bytes = encode(text.slice(0, at) + put + text.slice(at + 1));
        const alone = outcome(bytes, ONE_BYTE) as [unknown, unknown, unknown];
        if (alone[2] !== null) stopped++;
        expect(outcome(bytes, [bytes.length])).toEqual(alone);
      }),
      { numRuns: 60 }
    );
    expect(stopped).toBeGreaterThan(10);
  });
});
