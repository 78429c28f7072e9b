/** Tensors as ONNX Runtime gives and takes them, with half-precision numbers where the engine has no type for them. */

export interface RuntimeTensor {
  readonly dims: readonly number[];
  readonly data: unknown;
  /** Absent where only the data's own type matters. */
  readonly type?: string;
}

export type TensorType = 'int64' | 'float32' | 'float16' | 'bool';
export type TensorData = BigInt64Array | Float32Array | Uint16Array | Uint8Array;
export type TensorMaker = (type: TensorType, data: TensorData, dims: readonly number[]) => RuntimeTensor;

let halves: Float32Array | null = null;

/** The number behind each of the 65,536 bit patterns of half precision. */
function halfTable(): Float32Array {
  if (halves !== null) return halves;
  halves = new Float32Array(65_536);
  for (let bits = 0; bits < 65_536; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >>> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 31) halves[bits] = fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    else if (exponent === 0) halves[bits] = sign * fraction * 2 ** -24;
    else halves[bits] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return halves;
}

/** The tensor's numbers in single precision: the very array where it is one already. */
export function float32Of({ data }: RuntimeTensor): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof Uint16Array) {
    const table = halfTable();
    return Float32Array.from(data, (bits) => table[bits] as number);
  }
  // Float16Array, where the engine has it.
  return Float32Array.from(data as ArrayLike<number>);
}

type RowData = BigInt64Array | Float32Array | Uint16Array;

/** The given rows of a tensor's first axis, of any type. */
export function takeRows(make: TensorMaker, tensor: RuntimeTensor, rows: readonly number[]): RuntimeTensor {
  const data = tensor.data as RowData;
  const width = data.length / (tensor.dims[0] ?? 1);
  const dims = [rows.length, ...tensor.dims.slice(1)];
  // Of the same kind as what came, Float16Array among them.
  const Kind = data.constructor as new (length: number) => RowData;
  const out = new Kind(rows.length * width);
  rows.forEach((row, i) => (out as Float32Array).set(data.subarray(row * width, (row + 1) * width) as Float32Array, i * width));
  const type = data instanceof BigInt64Array ? 'int64' : data instanceof Float32Array ? 'float32' : 'float16';
  return make(type, out, dims);
}

/** Half-precision bits of single-precision numbers, rounded to nearest; what is too great becomes infinite. */
export function halvesOf(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(words, (word) => {
    const sign = (word >>> 16) & 0x8000;
    const exponent = ((word >>> 23) & 0xff) - 112;
    if (exponent >= 31) return sign | 0x7c00;
    // Below the least normal half: its fraction alone, which for spectrograms is as good as nothing.
    if (exponent <= 0) return sign;
    return sign | ((exponent << 10) + ((word & 0x7fffff) >>> 13) + ((word >>> 12) & 1));
  });
}
