import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { graphml } from './graphml.ts';

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
}

/** Reads the document with an independent XML parser. */
function read(xml: string): { elements: Element[] } {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    const element = { name: tag.name, attributes: { ...tag.attributes }, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    const element = open[open.length - 1];
    if (element !== undefined) element.text += text;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return { elements };
}

test('names of any kind come back as they went in', () => {
  const labels = ['"Ștefan" <boss> & Co', 'two\nlines\ttab\rreturn', '😀', ''];
  const xml = [
    ...graphml({
      nodes: 4,
      nodeColumns: [
        { name: 'label', type: 'string', values: labels },
        { name: 'rank', type: 'double', values: Float64Array.of(0.25, 1e-300, Infinity, NaN) }
      ],
      source: Uint32Array.of(0, 1),
      target: Uint32Array.of(2, 3),
      edgeColumns: [{ name: 'messages', type: 'int', values: Uint32Array.of(7, 4_000_000_000) }]
    })
  ].join('');
  const { elements } = read(xml);
  const data = (key: string): string[] =>
    elements.filter((e) => e.name === 'data' && e.attributes['key'] === key).map((e) => e.text);
  expect(data('v0')).toEqual(labels);
  expect(data('v1')).toEqual(['0.25', '1e-300', 'INF', 'NaN']);
  expect(data('e0')).toEqual(['7', '4000000000']);
  expect(elements.filter((e) => e.name === 'edge').map((e) => [e.attributes['source'], e.attributes['target']])).toEqual([
    ['n0', 'n2'],
    ['n1', 'n3']
  ]);
});

test('what XML cannot hold becomes the replacement character', () => {
  const values = ['a\u0000b', 'lone \uD83D here', '\uFFFF'];
  const xml = [
    ...graphml({
      nodes: 3,
      nodeColumns: [{ name: 'label', type: 'string', values }],
      source: new Uint32Array(0),
      target: new Uint32Array(0),
      edgeColumns: []
    })
  ].join('');
  expect(
    read(xml)
      .elements.filter((e) => e.name === 'data')
      .map((e) => e.text)
  ).toEqual(['a\uFFFDb', 'lone \uFFFD here', '\uFFFD']);
});

test('a large network comes in pieces', () => {
  const nodes = 20_000;
  const pieces = [
    ...graphml({ nodes, nodeColumns: [], source: new Uint32Array(0), target: new Uint32Array(0), edgeColumns: [] })
  ];
  expect(pieces.length).toBeGreaterThan(3);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
  expect(read(pieces.join('')).elements.filter((e) => e.name === 'node').length).toBe(nodes);
});
