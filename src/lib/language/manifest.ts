/** What stands in a model's manifest.json: the whole list of its files, so that any other byte is refused. */

interface ModelFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256Hex: string;
}

export interface ModelManifest {
  readonly id: string;
  readonly version: string;
  readonly kind: 'translation' | 'language-identification';
  readonly title: string;
  /** Source languages (ISO 639-3) it is offered for: those above the card's threshold. */
  readonly languages: readonly string[];
  readonly targetLanguage: string | null;
  readonly licence: string;
  readonly attribution: string;
  /** What it was made from and by which script. */
  readonly revision: string;
  /** First and one past the last token id that stands for a single byte: letters outside the vocabulary. */
  readonly byteTokens?: readonly [number, number];
  /** Marks the model was trained to carry over in place of numbers and names, in the order in which a line gets them. */
  readonly placeholders?: readonly string[];
  readonly files: readonly ModelFile[];
}

/**
 * The text whose SHA-256 names a model: one line a file, sorted by path, so that it depends on nothing but the files.
 * Every machine line and the translation memory are keyed by that hash.
 */
function modelFingerprint(manifest: ModelManifest): string {
  const files = [...manifest.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return files.map((f) => `${f.sha256Hex}  ${f.path}\n`).join('');
}

/** SHA-256 of `modelFingerprint`, in hex. */
export async function modelSha256Hex(manifest: ModelManifest): Promise<string> {
  return sha256Hex(new TextEncoder().encode(modelFingerprint(manifest)));
}

/**
 * Checks one file's bytes against the manifest.
 * @throws Error naming the file when it is not listed, has another size or another hash
 */
export async function verifyModelFile(manifest: ModelManifest, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const listed = manifest.files.find((f) => f.path === path);
  if (listed === undefined) throw new Error(`${manifest.id}: ${path} is not listed in the manifest`);
  if (bytes.length !== listed.sizeBytes) {
    throw new Error(`${manifest.id}: ${path} has ${bytes.length} bytes, the manifest says ${listed.sizeBytes}`);
  }
  if ((await sha256Hex(bytes)) !== listed.sha256Hex) throw new Error(`${manifest.id}: ${path} is not the listed file`);
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}
