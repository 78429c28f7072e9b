/**
 * The part of bergamot-translator 0.4.9 that we use: Marian in WebAssembly with Emscripten's bindings. The package's own
 * downloader and worker are left out; its module gets bytes and gives text, and knows no address.
 */
import { ownTable } from '../../evidence/own-table.ts';
import { ModelFault } from '../model-fault.ts';

interface Owned {
  delete(): void;
}

interface AlignedMemory extends Owned {
  getByteArrayView(): Int8Array;
}

interface List<Item> extends Owned {
  push_back(item: Item): void;
}

interface ResponseOptions {
  readonly alignment: boolean;
  readonly html: boolean;
  readonly qualityScores: boolean;
}

interface Responses extends Owned {
  get(index: number): Owned & { getTranslatedText(): string };
}

interface BlockingService extends Owned {
  translate(model: Owned, texts: List<string>, options: List<ResponseOptions>): Responses;
}

/** What the glue script hangs on the object it is given. */
interface BergamotModule {
  readonly AlignedMemory: new (sizeBytes: number, alignment: number) => AlignedMemory;
  readonly AlignedMemoryList: new () => List<AlignedMemory>;
  readonly TranslationModel: new (
    config: string,
    model: AlignedMemory,
    shortlist: AlignedMemory,
    vocabularies: List<AlignedMemory>,
    quality: null
  ) => Owned;
  readonly BlockingService: new (options: { cacheSize: number }) => BlockingService;
  readonly VectorString: new () => List<string>;
  readonly VectorResponseOptions: new () => List<ResponseOptions>;
}

/** The Emscripten script as a function of the object that it reads its hooks from and hangs its exports on. */
export type BergamotGlue = (module: object) => void;

/** Where the parts of the runtime come from: our own origin in a browser, the package's folder in Node. */
export interface BergamotParts {
  readonly glue: () => Promise<BergamotGlue>;
  readonly wasm: () => Promise<WebAssembly.Module>;
}

export interface MarianFiles {
  readonly model: Uint8Array;
  /** One for both sides, or the source's and the target's. */
  readonly vocabularies: readonly Uint8Array[];
  readonly shortlist: Uint8Array | null;
}

/** Kernels of the WASM file under the names it imports; Firefox puts faster ones there, nobody else has them. */
const KERNELS: Readonly<Record<string, string>> = ownTable({
  int8_prepare_a: 'int8PrepareAFallback',
  int8_prepare_b: 'int8PrepareBFallback',
  int8_prepare_b_from_transposed: 'int8PrepareBFromTransposedFallback',
  int8_prepare_b_from_quantized_transposed: 'int8PrepareBFromQuantizedTransposedFallback',
  int8_prepare_bias: 'int8PrepareBiasFallback',
  int8_multiply_and_add_bias: 'int8MultiplyAndAddBiasFallback',
  int8_select_columns_of_b: 'int8SelectColumnsOfBFallback'
});

/** Byte boundaries that the kernels ask for. */
const ALIGNMENT = { model: 256, other: 64 } as const;

/**
 * One life of the runtime with one model. Marian stops the whole module where it finds a fault: after a throw this object
 * is of no more use, nor is the worker that holds it.
 */
export class BergamotRuntime {
  readonly #module: BergamotModule;
  readonly #said: string[];
  readonly #service: BlockingService;
  #model: Owned | null = null;
  #failed: ModelFault | null = null;

  private constructor(module: BergamotModule, said: string[]) {
    this.#module = module;
    this.#said = said;
    // No cache: lines are remembered by our own memory, and a line's text must not hang on what came before it.
    this.#service = new module.BlockingService({ cacheSize: 0 });
  }

  /** @throws ModelFault when the WASM file does not start */
  static async start(parts: BergamotParts): Promise<BergamotRuntime> {
    const [glue, wasm] = await Promise.all([parts.glue(), parts.wasm()]);
    const said: string[] = [];
    try {
      return new BergamotRuntime(await instantiate(glue, wasm, said), said);
    } catch (error) {
      throw new ModelFault('run-failed', reasonOf(said, error));
    }
  }

  /**
   * Copies the files into the module's memory and makes a model of them.
   * @param config Marian's options as YAML
   * @throws ModelFault with Marian's own words
   */
  load(config: string, files: MarianFiles): void {
    this.#guarded('not-a-model', () => {
      const { AlignedMemoryList, TranslationModel } = this.#module;
      const vocabularies = new AlignedMemoryList();
      for (const bytes of files.vocabularies) vocabularies.push_back(this.#copied(bytes, ALIGNMENT.other));
      const model = this.#copied(files.model, ALIGNMENT.model);
      // An empty one means none.
      const shortlist = this.#copied(files.shortlist ?? new Uint8Array(), ALIGNMENT.other);
      this.#model = new TranslationModel(config, model, shortlist, vocabularies, null);
      // Marian builds the graph at the first line: here, so that a fault shows on opening.
      this.#run('a');
    });
  }

  /**
   * One line in a batch of its own.
   * @param html with &, < and > escaped
   * @returns markup with scores: see scored-text.ts
   */
  translate(html: string): string {
    return this.#guarded('run-failed', () => this.#run(html));
  }

  dispose(): void {
    if (this.#failed !== null) return;
    this.#model?.delete();
    this.#model = null;
    this.#service.delete();
  }

  #run(html: string): string {
    const { VectorString, VectorResponseOptions } = this.#module;
    if (this.#model === null) throw new Error('no model was loaded');
    const texts = new VectorString();
    const options = new VectorResponseOptions();
    texts.push_back(html);
    options.push_back({ alignment: false, html: true, qualityScores: true });
    const responses = this.#service.translate(this.#model, texts, options);
    const response = responses.get(0);
    const text = response.getTranslatedText();
    for (const owned of [response, responses, texts, options]) owned.delete();
    return text;
  }

  #copied(bytes: Uint8Array, alignment: number): AlignedMemory {
    const memory = new this.#module.AlignedMemory(bytes.length, alignment);
    memory.getByteArrayView().set(bytes);
    return memory;
  }

  #guarded<Result>(code: 'not-a-model' | 'run-failed', work: () => Result): Result {
    if (this.#failed !== null) throw this.#failed;
    this.#said.length = 0;
    try {
      return work();
    } catch (error) {
      this.#failed = new ModelFault(code, reasonOf(this.#said, error));
      throw this.#failed;
    }
  }
}

function instantiate(glue: BergamotGlue, wasm: WebAssembly.Module, said: string[]): Promise<BergamotModule> {
  return new Promise((resolve, reject) => {
    const keep = (line: string): void => {
      if (said.length < 20) said.push(line);
    };
    const hooks = {
      // What Marian says goes into faults, never into the console: it may quote a line.
      print: keep,
      printErr: keep,
      onAbort: reject,
      onRuntimeInitialized: () => resolve(hooks as unknown as BergamotModule),
      instantiateWasm: (imports: WebAssembly.Imports, accept: (instance: WebAssembly.Instance) => void) => {
        let exported: WebAssembly.Exports = {};
        const kernel =
          (name: string) =>
          (...args: number[]): unknown =>
            (exported[name] as (...numbers: number[]) => unknown)(...args);
        const kernels = Object.fromEntries(Object.entries(KERNELS).map(([wanted, name]) => [wanted, kernel(name)]));
        WebAssembly.instantiate(wasm, { ...imports, wasm_gemm: kernels }).then((instance) => {
          exported = instance.exports;
          accept(instance);
        }, reject);
        return {};
      }
    };
    glue(hooks);
  });
}

/** Marian's own complaint where it made one; its first line says what, the others where. */
function reasonOf(said: readonly string[], error: unknown): string {
  const complaint = said.map((line) => /\bError: (?!Aborted from)(.+)/u.exec(line)?.[1]).find((reason) => reason !== undefined);
  if (complaint !== undefined) return complaint;
  // C++ throws the address of its exception, which tells nobody anything.
  return error instanceof Error ? error.message : 'stopped inside';
}
