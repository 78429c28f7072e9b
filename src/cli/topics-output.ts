/** topics.json: each topic with its words, people and quoted messages. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import { topicsView } from '../lib/pipeline/topics.ts';
import { CertifiedLog } from '../lib/records/certified-log.ts';
import type { Translations } from '../lib/pipeline/translations.ts';
import { machineText } from './machine-text.ts';

const SEED = 1;
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** @returns how many topics there are. */
export async function writeTopics(store: EvidenceStore, translations: Translations, out: string | null): Promise<number> {
  const ids = Uint32Array.from({ length: store.messages.length }, (_, i) => i);
  const { view } = await topicsView(store, { translations, certified: new CertifiedLog() }, ids, SEED);
  const topics = view.topics.map((topic) => ({
    ...topic,
    quotes: topic.quotes.map((id) => ({
      id,
      body: store.messages.body.at(id),
      translation: translations.textOf(id),
      machine: machineText(translations, id)
    }))
  }));
  // Typed arrays would be written as objects; a window is one entry here.
  const plane = Array.from(view.plane.x, (x, i) => ({
    x: rounded(x),
    y: rounded(view.plane.y[i] as number),
    topic: view.plane.topic[i],
    message: view.plane.message[i]
  }));
  if (out !== null) await writeFile(join(out, 'topics.json'), JSON.stringify({ ...view, topics, plane }, null, 2) + '\n');
  return topics.length;
}
