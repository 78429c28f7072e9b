/** The models that ship with this build, read from the app's own address. */
import type { ModelManifest } from '../language/manifest.ts';
import type { EmbeddedModel } from './engines.ts';

/** @throws Error when the list of models is not in this build. */
export async function embeddedModels(): Promise<EmbeddedModel[]> {
  const index = await fetch('/models/index.json');
  if (!index.ok) throw new Error(`/models/index.json: ${index.status}`);
  const { packs } = (await index.json()) as { packs: readonly { name: string; hasCard: boolean }[] };
  return Promise.all(
    packs.map(async ({ name, hasCard }) => {
      const manifest = (await (await fetch(`/models/${name}/manifest.json`)).json()) as ModelManifest;
      return { manifest, card: hasCard ? await (await fetch(`/models/${name}/card.md`)).text() : '' };
    })
  );
}
