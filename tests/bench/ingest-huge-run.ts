/** One import of one huge UFDR, its memory watched, in a process of its own: `ingest-huge-run.ts FILE` prints JSON. */
import { diskBlob } from '../../src/cli/disk-blob.ts';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { ZipContainer } from '../../src/lib/formats/container/zip.ts';
import { ufedXml } from '../../src/lib/formats/ufed-xml/index.ts';
import { ingest } from '../../src/lib/pipeline/ingest.ts';
import { cpu_ms } from './measure.ts';
import { watchMemory } from './own-process.ts';

export interface HugeRun {
  readonly messages: number;
  readonly xmlBytes: number;
  readonly wall_ms: number;
  readonly cpu_ms: number;
  readonly peakBytes: number;
  readonly storeBytes: number;
}

const { signal } = new AbortController();

async function measure(path: string): Promise<HugeRun> {
  const blob = await diskBlob(path);
  const input = { name: path, sizeBytes: blob.size, blob };
  const options = { zone: 'Europe/London', region: 'GB', owner: null };
  const store = new EvidenceStore();
  const memory = watchMemory();
  const [began, cpu] = [performance.now(), cpu_ms()];
  const { sum, failure } = await ingest(store, { input, format: ufedXml, options, facts: [], nowMs: 0 }, () => {}, signal);
  const [wall, spent] = [performance.now() - began, cpu_ms() - cpu];
  const peakBytes = memory.stop();
  if (failure !== null || sum.seen !== sum.kept + sum.folded + sum.refused) throw new Error(failure?.message ?? 'the sum is off');
  const zip = await ZipContainer.open(input, { signal });
  const report = zip.find((name) => name === 'report.xml');
  await zip.close();
  return {
    messages: sum.byKind.message.kept,
    xmlBytes: report?.sizeBytes ?? 0,
    wall_ms: wall,
    cpu_ms: spent,
    peakBytes,
    storeBytes: store.sizeBytes().reduce((bytes, part) => bytes + part.bytes, 0)
  };
}

console.log(JSON.stringify(await measure(process.argv[2] ?? '')));
