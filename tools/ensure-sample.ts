/** Makes the sample case for the build where it is missing; an existing one is left as it is. */
import { existsSync, mkdirSync } from 'node:fs';
import { AS_WRITTEN } from './sample/exchange.ts';
import { writeSample } from './sample/write.ts';

const out = 'static/sample';
if (existsSync(`${out}/manifest.json`)) console.log(`sample: ${out} is there`);
else {
  mkdirSync(out, { recursive: true });
  const { manifest } = await writeSample({ scale: 6000, seed: 1, out, exchange: AS_WRITTEN });
  console.log(`sample: ${manifest.files.length} files written to ${out}`);
}
