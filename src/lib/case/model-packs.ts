/** The model packs of this build, read from the app's own address. */

export interface ModelManifest {
  readonly id: string;
  readonly version: string;
  readonly kind: string;
  readonly title: string;
  /** ISO 639-3 codes. */
  readonly languages: readonly string[];
  readonly licence: string;
  readonly attribution?: string;
  readonly revision?: string;
  readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly sha256Hex: string }[];
}

export interface ModelPack {
  readonly manifest: ModelManifest;
  /** The model card as written, '' where there is none. */
  readonly card: string;
}

/** @throws Error when the list of packs is not in this build. */
export async function modelPacks(): Promise<ModelPack[]> {
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
