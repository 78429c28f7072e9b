/**
 * A SentencePiece vocabulary, read for what the runtime does not tell: how many tokens a line has and how many of them
 * stand for letters that the model never saw. The runtime does its own splitting; this one only counts.
 */
import { ModelFault } from '../model-fault.ts';

/** Numbers of sentencepiece_model.proto. */
const MODEL = { pieces: 1, trainer: 2 } as const;
const PIECE = { text: 1, score: 2, type: 3 } as const;
const TRAINER = { unknown: 40, end: 42 } as const;
const KIND = { normal: 1, userDefined: 4 } as const;

/** SentencePiece's word mark in place of spaces. */
const MARK = '▁';

interface TokenCount {
  /** Without the end token. */
  readonly tokens: number;
  /** Letters in no piece. */
  readonly unknown: number;
}

export class SentencePieces {
  readonly #scores: ReadonlyMap<string, number>;
  readonly #longest: number;
  readonly #unknownScore: number;

  constructor(
    /** Pieces of every kind: the ids that a model may name. */
    readonly size: number,
    scores: ReadonlyMap<string, number>
  ) {
    this.#scores = scores;
    let longest = 1;
    let least = 0;
    for (const [piece, score] of scores) {
      longest = Math.max(longest, [...piece].length);
      least = Math.min(least, score);
    }
    this.#longest = longest;
    // As SentencePiece has it: worse than the worst piece.
    this.#unknownScore = least - 10;
  }

  /** Tokens on the best way through a line (Viterbi over the pieces' scores). */
  count(line: string): TokenCount {
    const plain = line.normalize('NFKC').trim().replace(/\s+/gu, MARK);
    if (plain === '') return { tokens: 0, unknown: 0 };
    const letters = [...(MARK + plain)];
    const best: { score: number; tokens: number; unknown: number }[] = [{ score: 0, tokens: 0, unknown: 0 }];
    for (let end = 1; end <= letters.length; end++) {
      const before = best[end - 1] as { score: number; tokens: number; unknown: number };
      let winner = { score: before.score + this.#unknownScore, tokens: before.tokens + 1, unknown: before.unknown + 1 };
      let piece = '';
      for (let start = end - 1; start >= Math.max(0, end - this.#longest); start--) {
        piece = (letters[start] as string) + piece;
        const own = this.#scores.get(piece);
        const from = best[start];
        if (own === undefined || from === undefined || from.score + own <= winner.score) continue;
        winner = { score: from.score + own, tokens: from.tokens + 1, unknown: from.unknown };
      }
      best.push(winner);
    }
    const { tokens, unknown } = best[letters.length] as { tokens: number; unknown: number };
    return { tokens, unknown };
  }
}

/**
 * @param path for the fault
 * @throws ModelFault when it is no SentencePiece model, or one that Marian cannot use
 */
export function readSentencePieces(bytes: Uint8Array, path: string): SentencePieces {
  const scores = new Map<string, number>();
  let size = 0;
  let hasTrainer = false;
  try {
    for (const { field, value } of fieldsOf(bytes)) {
      if (field === MODEL.pieces && value instanceof Uint8Array) {
        size++;
        const piece = pieceOf(value);
        if (piece.kind === KIND.normal || piece.kind === KIND.userDefined) scores.set(piece.text, piece.score);
      } else if (field === MODEL.trainer && value instanceof Uint8Array) {
        hasTrainer = true;
        // The end at -1 means there is none; Marian needs one to stop.
        for (const own of fieldsOf(value)) if (own.field === TRAINER.end && own.value === NONE) throw new Error('no end token');
        for (const own of fieldsOf(value))
          if (own.field === TRAINER.unknown && own.value === NONE) throw new Error('no unknown token');
      }
    }
  } catch (error) {
    throw new ModelFault('config', `${path}: ${error instanceof Error ? error.message : ''}`);
  }
  if (size === 0 || scores.size === 0 || !hasTrainer)
    throw new ModelFault('config', `${path}: it is no SentencePiece vocabulary`);
  return new SentencePieces(size, scores);
}

/** -1 as Protocol Buffers write it in a varint, in 64 bits. */
const NONE = 2 ** 64;

function pieceOf(bytes: Uint8Array): { text: string; score: number; kind: number } {
  let text = '';
  let score = 0;
  let kind: number = KIND.normal;
  for (const { field, value } of fieldsOf(bytes)) {
    if (field === PIECE.text && value instanceof Uint8Array) text = new TextDecoder().decode(value);
    else if (field === PIECE.score && value instanceof Uint8Array) score = new DataView(value.slice().buffer).getFloat32(0, true);
    else if (field === PIECE.type && typeof value === 'number') kind = value;
  }
  return { text, score, kind };
}

/** Fields of a Protocol Buffers message: numbers for varints, bytes for everything else. */
function* fieldsOf(bytes: Uint8Array): Generator<{ field: number; value: number | Uint8Array }> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('it ends too early');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error('a number without end');
  };
  const FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 };
  while (at < bytes.length) {
    const key = varint();
    const wire = key % 8;
    if (wire === 0) {
      yield { field: Math.floor(key / 8), value: varint() };
      continue;
    }
    const length = wire === 2 ? varint() : (FIXED[wire] ?? -1);
    if (length < 0 || at + length > bytes.length) throw new Error('it is no SentencePiece vocabulary');
    yield { field: Math.floor(key / 8), value: bytes.subarray(at, at + length) };
    at += length;
  }
}
