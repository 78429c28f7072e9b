/**
 * The rules by which a Whisper model writes time codes between its words, and the way back from tokens to lines.
 *
 * [Note: Time codes] After the prompt the model writes a time, words, a time, and so on: `<0.00> words <2.40><2.40> words
 * <4.10>`; times are tokens of their own, 0.02 s apart, counted from the window's beginning. The model was trained on
 * that form and is held to it (Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision", section
 * 2.3 and the published decoding code): it begins with a time, times come in pairs except at the end, never fall, and
 * one is taken where all times together are likelier than any word.
 */

/** Step of a time token, by the model's training. */
export const TIME_STEP_S = 0.02;

export interface SpeechTokens {
  readonly end: number;
  /** First time token; all after it are times. */
  readonly firstTime: number;
  /** Written where no times are wanted: never here. */
  readonly withoutTimes: number;
  readonly suppressed: readonly number[];
  /** Never the first token. */
  readonly suppressedAtBegin: readonly number[];
  /** Steps after the window's beginning by which the first line must have begun; null sets no bound. */
  readonly latestBegin: number | null;
}

const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Strikes out what may not come next, in place.
 * @param scores one a token, natural-log scale, not yet normed
 * @param written tokens after the prompt
 */
export function holdToForm(scores: Float32Array, written: readonly number[], tokens: SpeechTokens): void {
  const { end, firstTime, withoutTimes, suppressed, suppressedAtBegin, latestBegin } = tokens;
  for (const token of suppressed) if (token < scores.length) scores[token] = NEVER;
  scores[withoutTimes] = NEVER;
  if (written.length === 0) {
    for (const token of suppressedAtBegin) if (token < scores.length) scores[token] = NEVER;
    scores.fill(NEVER, 0, firstTime);
    if (latestBegin !== null) scores.fill(NEVER, firstTime + latestBegin + 1);
    return;
  }
  const isTime = (back: number): boolean => (written.at(-back) ?? firstTime) >= firstTime;
  if (isTime(1)) {
    if (written.length < 2 || isTime(2)) scores.fill(NEVER, firstTime);
    else scores.fill(NEVER, 0, end);
  }
  const last = written.findLast((token) => token >= firstTime);
  if (last !== undefined) {
    // A line may begin where the one before it ended; it must end after its own beginning.
    const least = isTime(1) && !(written.length < 2 || isTime(2)) ? last : last + 1;
    scores.fill(NEVER, firstTime, least);
  }
  if (timesTogether(scores, firstTime) > greatest(scores, 0, firstTime)) scores.fill(NEVER, 0, firstTime);
}

function greatest(scores: Float32Array, from: number, to: number): number {
  let best = NEVER;
  for (let i = from; i < to; i++) best = Math.max(best, scores[i] as number);
  return best;
}

/** The times' probabilities summed up, on the scale of `scores`. */
function timesTogether(scores: Float32Array, firstTime: number): number {
  const top = greatest(scores, firstTime, scores.length);
  if (top === NEVER) return NEVER;
  let sum = 0;
  for (let i = firstTime; i < scores.length; i++) sum += Math.exp((scores[i] as number) - top);
  return top + Math.log(sum);
}

/** Tokens of one line with their place in what was written. */
export interface TokenLine {
  readonly from_s: number;
  readonly to_s: number;
  readonly ids: readonly number[];
  /** Places of `ids` in the written tokens. */
  readonly places: readonly number[];
}

/**
 * Lines of one window, and how far the window has been understood: to the end of its last whole line, or to its own
 * end where nothing is left open.
 * @param written tokens after the prompt, without the end token
 * @param length_s the window's length
 */
export function linesOf(
  written: readonly number[],
  tokens: SpeechTokens,
  length_s: number
): { readonly lines: readonly TokenLine[]; readonly done_s: number } {
  const { end, firstTime } = tokens;
  const timeOf = (token: number): number => Math.min(length_s, (token - firstTime) * TIME_STEP_S);
  const isTime = (place: number): boolean => (written[place] ?? 0) >= firstTime;
  const cuts: number[] = [];
  for (let place = 1; place < written.length; place++) if (isTime(place) && isTime(place - 1)) cuts.push(place);
  const endsClosed = isTime(written.length - 1) && !isTime(written.length - 2);
  if (cuts.length > 0 && endsClosed) cuts.push(written.length);

  const lineBetween = (from: number, to: number): TokenLine => {
    const places = Array.from({ length: to - from }, (_, i) => from + i).filter(
      (p) => !isTime(p) && (written[p] as number) < end
    );
    const times = written.slice(from, to).filter((token) => token >= firstTime);
    const begin = isTime(from) ? timeOf(written[from] as number) : 0;
    const last = times.length > (isTime(from) ? 1 : 0) ? timeOf(times.at(-1) as number) : length_s;
    return { from_s: begin, to_s: Math.max(begin, last), ids: places.map((p) => written[p] as number), places };
  };
  if (cuts.length === 0) return { lines: [lineBetween(0, written.length)], done_s: length_s };
  const lines = cuts.map((cut, i) => lineBetween(cuts[i - 1] ?? 0, cut));
  const lastCut = cuts.at(-1) as number;
  return { lines, done_s: endsClosed ? length_s : timeOf(written[lastCut - 1] as number) };
}
