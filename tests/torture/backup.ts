/** A case file of a hundred thousand messages comes back with the same root, and every damage of it is named at its place. */
import { blocksSince, emptyMark } from '../../src/lib/evidence/blocks.ts';
import type { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { SavedCase } from '../../src/lib/pipeline/saved-case.ts';
import { ContentRoot, readCase, type PlainBlock } from '../../src/lib/vault/backup/case-content.ts';
import { readDoor, RefusedFile } from '../../src/lib/vault/backup/layout.ts';
import { OpenedFile } from '../../src/lib/vault/backup/seal-file.ts';
import { sessionOf } from '../bench/case-at-scale.ts';
import { damages, sealedFile } from '../fixtures/case-file-damages.ts';

/** As tests/torture/index.ts runs it. */
interface Run {
  readonly short: boolean;
  readonly seed: number;
  readonly report: (words: string) => void;
}

const DAMAGES = 200;
const KEY = new Uint8Array(32).fill(9);

const blocksOf = (store: EvidenceStore): PlainBlock[] =>
  [...blocksSince(store, emptyMark())].map(({ kind, bytes }) => ({ kind, bytes: new Uint8Array(bytes) }));

async function rootOf(blocks: readonly PlainBlock[]): Promise<string> {
  const root = new ContentRoot();
  for (const block of blocks) await root.add(block);
  return (await root.sum()).root;
}

async function read(file: Blob, block: (block: PlainBlock) => void = () => {}): Promise<void> {
  const opened = await OpenedFile.open(file, await readDoor(file), KEY);
  await readCase(opened, { manifest: async () => {}, checkpoint: async () => {}, block: async (one) => block(one) });
}

export const series = {
  name: 'backup',
  tries: DAMAGES + 1,
  figure: '100,000 messages: same root after restore; 200 damages refused with the place',
  async run({ short, seed, report }: Run): Promise<{ tried: number; failures: string[]; words: string }> {
    const failures: string[] = [];
    const messages = short ? 10_000 : 100_000;
    const { store } = await sessionOf(messages);
    const blocks = blocksOf(store);
    const { file, root } = await sealedFile(blocks, KEY);
    report(`${store.messages.length} messages in a file of ${(file.size / 1e6).toFixed(1)} MB`);
    const saved = new SavedCase();
    await read(file, ({ kind, bytes }) => saved.add(kind, bytes));
    // Of the restored case's own columns, packed anew: the root is of what came back, and not of what was in the file.
    if ((await rootOf(blocksOf(saved.finish().store))) !== root) failures.push('the restored case has another root');

    const count = short ? 35 : DAMAGES;
    for await (const { name, file: damaged, part, chunk } of damages(file, seed, count)) {
      try {
        await read(damaged);
        failures.push(`not found: ${name}`);
      } catch (error) {
        const fault = error instanceof RefusedFile ? error.fault : null;
        const isNamed = fault?.code === 'damaged' && fault.part === part && fault.chunk === chunk;
        if (!isNamed) failures.push(`another place: ${name}: ${JSON.stringify(fault)}`);
      }
    }
    const size = `${(file.size / 1e6).toFixed(1)} MB`;
    return { tried: count + 1, failures, words: `${store.messages.length} messages (${size}), ${count} damages of seven kinds` };
  }
};
