/**
 * Runs held-out lines through a model's engine, for models/train/score.py and for choosing quality thresholds:
 *   xzcat test_strict.tsv.xz | npx tsx models/train/translate-lines.ts MODELS_ROOT MODEL_ID fra,spa > out.tsv
 * In: language, source, English and, where lines belong together, their conversation and writer, by whose longer lines
 * short ones are told (src/lib/language/usual.ts); a line is read behind the one before it there (before.ts), or behind what
 * two further columns hold, a message and its writer. Out: language, source, English, output, mean log probability, flags,
 * and what was about as likely to the model with other persons.
 * Standard error says how fast that was, loading left out. `--bare` gives every line to the model as it is; without it lines go the way they go in the product: identified, split,
 * masked, put back, flagged.
 */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { WriterLines } from '../../src/lib/pipeline/conversation-samples.ts';
import type { MessageBefore } from '../../src/lib/pipeline/language-contract.ts';
import { UsualLanguages } from '../../src/lib/pipeline/usual-languages.ts';
import { loadTransformersEngine } from '../../src/lib/language/engine-transformers.ts';
import { openTranslator, readManifest } from '../../src/lib/language/open.ts';

const [modelsRoot = '', id = '', languages = '', mode = ''] = process.argv.slice(2);
const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(`${modelsRoot}/${path}`));
const wanted = new Set(languages.split(','));
const rows = (await text(process.stdin))
  .split('\n')
  .map((line) => line.split('\t'))
  .filter(([language = '']) => wanted.has(language));
const signal = new AbortController().signal;

interface Output {
  readonly text: string | null;
  readonly meanLogProb: number;
  readonly flags: number;
  readonly otherReading?: string;
}

async function bare(lines: readonly string[]): Promise<Output[]> {
  const { manifest } = await readManifest(read, id);
  const engine = await loadTransformersEngine({ modelsRoot, manifest, threads: 1 });
  const outputs = await timed(lines.length, () => engine.translate(lines, signal));
  return outputs.map((out) => ({ ...out, flags: 0 }));
}

/** A column's values numbered in the order of first sight; a row without one stands alone. */
function numbersOf(column: number): Uint32Array {
  const names = rows.map((row, i) => row[column] ?? `row ${i}`);
  const numbers = new Map([...new Set(names)].map((name, i) => [name, i]));
  return Uint32Array.from(names, (name) => numbers.get(name) as number);
}

/** Longer lines of each writer, by conversation. */
function samples(threads: Uint32Array, writers: Uint32Array): Map<number, WriterLines> {
  const found = new Map<number, WriterLines>();
  rows.forEach(([, source = ''], i) => {
    const lines = found.get(threads[i] as number) ?? new WriterLines();
    lines.add(writers[i] as number, Buffer.byteLength(source), () => source);
    found.set(threads[i] as number, lines);
  });
  return found;
}

/** What stands before each row: its own columns' message, else the row before in its conversation. */
function befores(threads: Uint32Array, writers: Uint32Array): (MessageBefore | null)[] {
  const last = new Map<number, MessageBefore>();
  const numberOf = new Map(rows.map((row, i) => [row[4], writers[i] as number]));
  return rows.map(([, text = '', , , , told, teller], i) => {
    if (told !== undefined) return told === '' ? null : { text: told, writer: numberOf.get(teller) ?? rows.length };
    const before = last.get(threads[i] as number) ?? null;
    last.set(threads[i] as number, { text, writer: writers[i] as number });
    return before;
  });
}

async function whole(lines: readonly string[]): Promise<readonly Output[]> {
  const translator = await openTranslator({ read, modelsRoot, threads: 1, translationModel: id });
  const [threads, writers] = [numbersOf(3), numbersOf(4)];
  const found = samples(threads, writers);
  const usual = await new UsualLanguages().lines(
    { ids: Uint32Array.from(lines.keys()), texts: [...lines], threads, writers, befores: befores(threads, writers) },
    {
      conversationSamples: async (asked) =>
        asked.map((thread) => ({ thread, writers: found.get(thread)?.writers ?? [] })),
      usualLanguages: async (conversations) => translator.usualLanguages(conversations)
    }
  );
  return timed(lines.length, () => translator.translate(usual, { signal }));
}

async function timed<R>(count: number, work: () => Promise<R>): Promise<R> {
  const from = performance.now();
  const result = await work();
  const seconds = (performance.now() - from) / 1000;
  console.error(`${count} lines in ${seconds.toFixed(1)} s on one thread, ${(count / seconds).toFixed(0)} lines/s (${mode === '--bare' ? 'bare' : 'product'})`);
  return result;
}

const outputs = await (mode === '--bare' ? bare : whole)(rows.map(([, source = '']) => source));
rows.forEach(([language, source, english], i) => {
  const out = outputs[i];
  const columns = [language, source, english, out?.text ?? source, out?.meanLogProb.toFixed(4), out?.flags, out?.otherReading ?? ''];
  process.stdout.write(`${columns.join('\t')}\n`);
});
