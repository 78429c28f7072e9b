/**
 * The list of what is in Marian's binary model file, version 1, checked before the file is handed to native code: version
 * and count, one header an item (lengths of name, shape and data, and the type; eight bytes each), all names, all shapes,
 * padding, all data. Source: src/common/binary.cpp of browsermt/marian-dev.
 */
import { ModelFault } from '../model-fault.ts';

export interface MarianItem {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
  readonly sizeBytes: number;
}

/** What Marian is told about the weights: eight bits with multipliers from the file, with its own, or none. */
export type GemmPrecision = 'float32' | 'int8shiftAll' | 'int8shiftAlphaAll';

const HEADER_BYTES = 32;
/** Big models have some hundreds of items. */
const MOST_ITEMS = 1 << 14;
const MOST_NAME_BYTES = 1 << 10;
const MOST_DIMENSIONS = 8;
/** Marian's numbers for the types that the WASM build reads. */
const TYPE = { int8: 0x0101, float32: 0x0404, intgemm8: 0x4101 } as const;
const BYTES_OF = new Map<number, number>([
  [TYPE.int8, 1],
  [TYPE.float32, 4],
  [TYPE.intgemm8, 1]
]);

/**
 * @param path for the fault
 * @throws ModelFault when the file is not whole or holds what the runtime does not read
 */
export function readMarianItems(bytes: Uint8Array, path: string): MarianItem[] {
  const refuse = (why: string): never => {
    throw new ModelFault('not-a-model', `${path}: ${why}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const ask = (count: number): void => {
    if (at + count > bytes.length) refuse('it ends too early');
  };
  const u64 = (): number => {
    ask(8);
    const value = Number(view.getBigUint64(at, true));
    at += 8;
    return value;
  };
  if (u64() !== 1) refuse('it is not a binary Marian model of version 1');
  const count = u64();
  if (count === 0 || count > MOST_ITEMS) refuse(`${count} items`);
  ask(count * HEADER_BYTES);
  const heads = Array.from({ length: count }, () => ({ name: u64(), type: u64(), shape: u64(), data: u64() }));
  const names = heads.map(({ name }) => {
    if (name === 0 || name > MOST_NAME_BYTES) refuse('a name without end');
    ask(name);
    at += name;
    return new TextDecoder().decode(bytes.subarray(at - name, at - 1));
  });
  const shapes = heads.map(({ shape }) => {
    if (shape > MOST_DIMENSIONS) refuse('a shape without end');
    ask(shape * 4);
    return Array.from({ length: shape }, () => {
      at += 4;
      return view.getInt32(at - 4, true);
    });
  });
  at += u64();
  const items = heads.map(({ type, data }, i): MarianItem => {
    const [name = '', shape = []] = [names[i], shapes[i]];
    const width = BYTES_OF.get(type) ?? refuse(`${name} is of type ${type.toString(16)}, which this runtime does not read`);
    // Behind the numbers of an eight-bit matrix stands its multiplier.
    const least = shape.reduce((product, size) => product * size, width) + (type === TYPE.intgemm8 ? 4 : 0);
    if (shape.some((size) => size < 1) || data < least) refuse(`${name} is smaller than its shape`);
    return { name, type, shape, sizeBytes: data };
  });
  const needed = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, at);
  if (needed > bytes.length) refuse('it ends too early');
  if (!items.some(({ name }) => name === 'special:model.yml')) refuse('it does not say how it is built');
  return items;
}

/** How the weights were made says how they have to be multiplied. */
export function precisionOf(items: readonly MarianItem[]): GemmPrecision {
  if (!items.some(({ type }) => type === TYPE.intgemm8)) return 'float32';
  return items.some(({ name }) => name.endsWith('_QuantMultA')) ? 'int8shiftAlphaAll' : 'int8shiftAll';
}

/** Rows of the source's and the target's embeddings; null where the file has none by Marian's names. */
export function vocabularySizes(items: readonly MarianItem[]): { source: number; target: number } | null {
  const rows = (name: string): number | undefined => items.find((item) => item.name === name)?.shape[0];
  const shared = rows('Wemb');
  const [source, target] = [shared ?? rows('encoder_Wemb'), shared ?? rows('decoder_Wemb')];
  return source === undefined || target === undefined ? null : { source, target };
}
