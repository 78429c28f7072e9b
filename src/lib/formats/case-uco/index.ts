/** CASE/UCO: investigations as a JSON-LD graph, which several tools write to hand evidence on. */
import { SourceError } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe, SourceQuestion } from '../contract.ts';
import { CountingSink } from '../counting-sink.ts';
import { FindingTally } from '../finding-tally.ts';
import { blobChunks } from '../text/decode.ts';
import { ItemTimes } from '../time/item-times.ts';
import { MOST_BYTES, readGraph, type Graph, type Json } from './graph.ts';
import { GraphRecords } from './graph-records.ts';

/** @throws SourceError 'empty-file', 'too-large', 'damaged-json'. */
async function graphOf(input: SourceInput, signal: AbortSignal): Promise<Graph> {
  const file = input.name;
  if (input.sizeBytes === 0) throw new SourceError('empty-file', sentence('file-empty', { file }), file);
  if (input.sizeBytes > MOST_BYTES)
    throw new SourceError('too-large', sentence('case-too-large', { file, most: MOST_BYTES }), file);
  const decoder = new TextDecoder('utf-8');
  let text = '';
  for await (const chunk of blobChunks(input.blob, signal)) {
    signal.throwIfAborted();
    text += decoder.decode(chunk, { stream: true });
  }
  text += decoder.decode();
  try {
    return readGraph(JSON.parse(text) as Json);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    throw new SourceError('damaged-json', sentence('case-no-json', { file }), file);
  }
}

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const graph = await graphOf(input, signal);
  const sink = new CountingSink();
  const times = new ItemTimes(options, new FindingTally());
  const records = new GraphRecords(graph, sink, times, options);
  records.read();
  const questions: SourceQuestion[] = [];
  if (options.zone === null && times.zoneless > 0)
    questions.push({ kind: 'zone', reason: sentence('case-ask-zone'), assumed: 'UTC' });
  if (options.owner === null && sink.kinds.some(([kind]) => kind === 'message' || kind === 'call'))
    questions.push({ kind: 'owner', reason: sentence('case-ask-owner'), candidates: records.busiest() });
  return { questions, facts: [sentence('case-nodes', { nodes: graph.elements.length })] };
}

async function read(
  input: SourceInput,
  options: ReadOptions,
  sink: Parameters<Format['read']>[2],
  signal: AbortSignal
): Promise<void> {
  const graph = await graphOf(input, signal);
  const tally = new FindingTally();
  new GraphRecords(graph, sink, new ItemTimes(options, tally), options).read();
  tally.flush(sink);
  sink.progress(input.sizeBytes);
}

function sniff(head: SniffHead): number {
  const text = new TextDecoder('latin1').decode(head.bytes).replace(/^\u00ef\u00bb\u00bf/, '');
  if (!/^\s*[[{]/.test(text) || !/"@(?:context|graph|id)"/.test(text)) return 0;
  if (/unifiedcyberontology\.org|caseontology\.org/.test(text)) return 0.96;
  return /"(?:uco-)?observable:|"@type"\s*:\s*"(?:uco|case)-/.test(text) ? 0.9 : 0;
}

export const caseUco: Format = { id: 'case-uco', version: 1, label: 'CASE/UCO graph (JSON-LD)', sniff, probe, read };
