/**
 * Compiles the kernels in AssemblyScript into TypeScript modules that hold their bytes:
 *   npm run kernels
 * A worker then needs no further file, and a test compiles them again and compares the bytes.
 */
import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const root = new URL('../', import.meta.url).pathname;

interface Kernel {
  readonly source: string;
  readonly target: string;
  readonly name: string;
}

export const KERNELS: readonly Kernel[] = [
  {
    source: 'src/lib/analysis/topics/kernel/assembly/nearest.ts',
    target: 'src/lib/analysis/topics/kernel/nearest-wasm.ts',
    name: 'NEAREST_WASM'
  }
];

/** The module that stands for a kernel. @throws Error with the compiler's words */
export async function compiled({ source, name }: Kernel): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'skein-kernel-'));
  try {
    const file = join(folder, 'kernel.wasm');
    const flags = [
      '--runtime',
      'stub',
      '--importMemory',
      '--initialMemory',
      '1',
      '--enable',
      'simd',
      '-O3',
      '--noAssert',
      '--converge'
    ];
    const { error, stderr } = await asc.main([source, '--baseDir', root, ...flags, '-o', file]);
    if (error !== null) throw new Error(`${source}: ${stderr.toString()}`);
    const text = (await readFile(file)).toString('base64');
    return `/** ${source} as WebAssembly, base64; made by \`npm run kernels\`. */\nexport const ${name} =\n  '${text}';\n`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const kernel of KERNELS) await writeFile(join(root, kernel.target), await compiled(kernel));
}
