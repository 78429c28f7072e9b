/** A model's tables of examples, each read when the first line in its language comes. */
import type { LanguageCode } from '../contract.ts';
import type { ModelManifest } from '../manifest.ts';
import { Examples, type ExampleShape } from './mix.ts';
import { readExamples } from './table.ts';
import { readTrust } from './trust.ts';

/** Below a model's folder. */
export const EXAMPLES_FOLDER = 'examples/';
const TRUST_FILE = `${EXAMPLES_FOLDER}trust.json`;

export class ExampleShelf {
  readonly #opened = new Map<string, Promise<Examples>>();

  /** @param read bytes of a file of the model, checked against its manifest */
  constructor(
    private readonly manifest: Pick<ModelManifest, 'files'>,
    private readonly shape: ExampleShape,
    private readonly read: (path: string) => Promise<Uint8Array<ArrayBuffer>>
  ) {}

  /**
   * Those of a language; undefined where the model has none.
   * @param sizes what the model has: tokens, and numbers in a state
   * @throws Error naming the file that is no table or is not of this model
   */
  async of(
    language: LanguageCode | undefined,
    sizes: { readonly vocabulary: number; readonly width: number }
  ): Promise<Examples | undefined> {
    const path = `${EXAMPLES_FOLDER}${language}.bin`;
    if (!this.manifest.files.some((file) => file.path === path)) return undefined;
    let opened = this.#opened.get(path);
    if (opened === undefined) {
      opened = Promise.all([this.read(path), this.read(TRUST_FILE)]).then(([bytes, trust]) => {
        const table = readExamples(path, bytes, sizes.vocabulary);
        if (table.width !== sizes.width) throw new Error(`${path} is of another model: its states have ${table.width} numbers`);
        return new Examples(table, this.shape, readTrust(TRUST_FILE, trust, this.shape.nearest));
      });
      this.#opened.set(path, opened);
      // A table that could not be read is tried anew when asked for again.
      opened.catch(() => this.#opened.delete(path));
    }
    return opened;
  }
}
