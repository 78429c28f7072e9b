import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/language/romance-en.json' with { type: 'json' };
import { startTranslateWorker, type TranslateWorker } from './translate.ts';

const sources = new Set(golden.lines.map(({ source }) => source));
const withoutHints = (source: string): string => source.replace(/\ue006[^\ue007]*\ue007/gu, '');
/** Without those that are how the model reads another of them. */
const written = golden.lines.filter(({ source }) => source === withoutHints(source) || !sources.has(withoutHints(source)));
const lines = written.map(({ source }, id) => ({ id, text: source }));

describe('the translation worker in a browser', () => {
  let worker: TranslateWorker;
  beforeAll(async () => {
    worker = await startTranslateWorker();
  });
  afterAll(() => worker.end());

  it('says which languages it has, and with each line which model made it', async () => {
    const { lines: made } = await worker.translate([{ id: 1, text: 'unde ești acum?' }]);
    expect(made[0]?.model?.id).toBe('romance-en');
    expect(made[0]?.model?.sha256Hex).toMatch(/^[0-9a-f]{64}$/);
    expect(worker.languages).toEqual(['fra', 'ita', 'por', 'ron', 'spa']);
  });

  it('gives in WebAssembly what PyTorch gives, or the other output of its beam that the words of the source speak for', async () => {
    const { lines: translated, unique } = await worker.translate(lines);
    expect(unique).toBeGreaterThan(0);
    const plain = written.map((line, id) => ({ line, id })).filter(({ line }) => !/[.!?] \S|\d/.test(line.source));
    const byModel = plain.filter(({ id }) => translated[id]?.model?.id === 'romance-en');
    expect(byModel.length).toBeGreaterThan(20);
    for (const { line, id } of byModel) expect(translated[id]?.text, line.source).toBe(line.inProduct);
    expect(byModel.some(({ line }) => line.chosen === line.text)).toBe(true);
  });

  it('stops when asked and works on', async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 4000 }, (_, id) => ({
      id,
      text: `te rog vino la mine cu numarul tau ${'a'.repeat(id % 40)} ${id}`
    }));
    const running = worker.translate(many, stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(running).rejects.toThrow('enough');
    const again = await worker.translate([{ id: 1, text: 'unde ești acum?' }]);
    expect(again.lines[0]?.language).toBe('ron');
  });

  it('rejects an open call when it is ended', async () => {
    const other = await startTranslateWorker();
    const open = other.translate(lines);
    other.end();
    await expect(open).rejects.toThrow('ended');
  });
});
