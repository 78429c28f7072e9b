/** What the exporter promises of the shipped graphs, read out of their bytes: see models/train/onnx_graph.py. */
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ModelManifest } from '../../../src/lib/language/manifest.ts';
import { graphPaths } from '../../../src/lib/language/packs/schema.ts';
import { allConstants, allNodes, readOnnx } from '../../fixtures/packs/onnx-read.ts';
import { Graph } from '../../fixtures/packs/onnx.ts';

const folder = new URL('../../../models/romance-en/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as ModelManifest;
const runtime = manifest.runtime as NonNullable<ModelManifest['runtime']>;
const config = JSON.parse(readFileSync(new URL('config.json', folder), 'utf8')) as {
  vocab_size: number;
  d_model: number;
  decoder_layers: number;
};
const pathsFor = (device: 'wasm' | 'webgpu'): string[] => graphPaths(runtime, device);
const graphs = pathsFor('wasm').map((path) => readOnnx(new Uint8Array(readFileSync(new URL(path, folder)))));
const [, decoder] = graphs;
const MOST_BYTES = 25 * 1_000_000;
/** A language's examples are read when the first line in it comes, and not before. */
const MOST_BYTES_OF_EXAMPLES = 12 * 1_000_000;

describe('the reader of graphs', () => {
  it('finds the nodes, branches and constants that were written', () => {
    const branch = new Graph('inner');
    branch.node('Identity', ['x']);
    branch.constant('float32', [2], new Float32Array(2), 'b');
    const graph = new Graph('outer');
    graph.constant('int8', [300, 2], new Int8Array(600), 'a');
    graph.node('If', ['c'], { then_branch: branch, axis: 1 });
    const read = readOnnx(graph.model());
    expect(allNodes(read).map(({ operator, inputs }) => [operator, inputs])).toEqual([
      ['If', ['c']],
      ['Identity', ['x']]
    ]);
    expect(allConstants(read).map(({ name, dims }) => [name, dims])).toEqual([
      ['a', [300, 2]],
      ['b', [2]]
    ]);
  });
});

describe('the shipped graphs', () => {
  it('hold the embedding once, for both sides and for both devices', () => {
    const tables = graphs
      .flatMap(allConstants)
      .filter(({ dims }) => dims.reduce((n, dim) => n * dim, 1) >= config.vocab_size * config.d_model);
    expect(tables.map(({ dims }) => [...dims].sort((a, b) => b - a))).toEqual([[config.vocab_size, config.d_model]]);
    expect(pathsFor('webgpu')).toEqual(pathsFor('wasm'));
  });

  it('compute the keys of cross-attention in the first step alone', () => {
    const choices = decoder?.nodes.filter(({ operator }) => operator === 'If') ?? [];
    expect(choices.length).toBe(1);
    const [choice] = choices;
    const later = choice?.branches.get('then_branch');
    const first = choice?.branches.get('else_branch');
    expect(new Set(later?.nodes.map(({ operator }) => operator))).toEqual(new Set(['Identity']));
    // Each layer's keys and values come out of the choice, and the first step works for them.
    expect(choice?.outputs.filter((name) => /^cross\.\d+\.encoder\.(?:key|value)$/.test(name)).length).toBe(2 * config.decoder_layers);
    expect(first?.nodes.some(({ operator }) => operator === 'MatMul')).toBe(true);
    // Outside of it nothing multiplies what the encoder said.
    expect(decoder?.nodes.filter(({ operator, inputs }) => operator === 'MatMul' && inputs.includes('encoder_hidden_states'))).toEqual([]);
  });

  it('quantise no activation, so that a line does not depend on its neighbours', () => {
    const operators = new Set(graphs.flatMap(allNodes).map(({ operator }) => operator));
    expect([...operators].filter((one) => /Quantize|Integer|QLinear/.test(one) && one !== 'DequantizeLinear')).toEqual([]);
  });

  it.each(['wasm', 'webgpu'] as const)('are at most 25 MB with all that the model needs but its examples (%s)', (device) => {
    const others = manifest.files.map(({ path }) => path).filter((path) => !/^(?:onnx|examples)\//.test(path));
    const size = [...others, ...pathsFor(device)].reduce((sum, path) => sum + statSync(new URL(path, folder)).size, 0);
    expect(size).toBeLessThanOrEqual(MOST_BYTES);
    for (const path of pathsFor(device)) expect(manifest.files.map((file) => file.path)).toContain(path);
  });

  it('have a table of examples for each language, and one trust in them', () => {
    const files = manifest.files.filter(({ path }) => path.startsWith('examples/'));
    const tables = files.filter(({ path }) => path.endsWith('.bin'));
    expect(files.length).toBe(tables.length + 1);
    expect(files.at(-1)?.path).toBe('examples/trust.json');
    expect(tables.map(({ path }) => path)).toEqual(manifest.languages.map((language) => `examples/${language}.bin`));
    for (const { path, sizeBytes } of tables) expect(sizeBytes, path).toBeLessThanOrEqual(MOST_BYTES_OF_EXAMPLES);
  });
});
