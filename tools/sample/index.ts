/**
 * Makes the sample case: `npm run sample -- [--scale 6000] [--out static/sample] [--seed 1]
 * [--rotate N]`. `--rotate` exchanges names and languages between people (see exchange.ts).
 */
import { parseArgs } from 'node:util';
import { AS_WRITTEN, rotated } from './exchange.ts';
import { writeSample } from './write.ts';

export { writeSample, type Manifest, type SampleOptions } from './write.ts';
export { writeUfdr, writeUfedReport, type BareReport } from './ufdr.ts';
export type { Truth } from './truth.ts';

const USAGE = 'usage: sample [--scale N] [--out DIR] [--seed S] [--rotate N]';

function wholeNumber(name: string, text: string, least: number): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < least) throw new Error(`--${name} must be a whole number of at least ${least}`);
  return n;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: '6000' },
      out: { type: 'string', default: 'static/sample' },
      seed: { type: 'string', default: '1' },
      rotate: { type: 'string', default: '0' }
    }
  });
  const shift = wholeNumber('rotate', values.rotate, 0);
  const started = performance.now();
  const { manifest, truth } = await writeSample({
    scale: wholeNumber('scale', values.scale, 100),
    seed: wholeNumber('seed', values.seed, 0),
    out: values.out,
    exchange: shift === 0 ? AS_WRITTEN : rotated(shift)
  });
  const records = Object.values(truth.files).reduce((sum, f) => sum + f.messages, 0);
  for (const f of manifest.files) console.log(`${f.name}\t${f.bytes} bytes\t${truth.files[f.name]?.messages ?? 0} messages`);
  console.log(
    `${records} message records, ${truth.planted.length} planted, in ${values.out}, ${((performance.now() - started) / 1000).toFixed(1)} s`
  );
}

if (process.argv[1]?.endsWith('index.ts') === true && process.argv[1].includes('sample')) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    console.error(USAGE);
    process.exitCode = 2;
  });
}
