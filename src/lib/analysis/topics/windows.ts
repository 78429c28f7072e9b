/**
 * [Note: Conversation windows]
 * One chat message ("ok, half an hour") has no topic; the stretch of talk around it has. A window is a run of messages
 * of one thread without a long silence. Windows are the units that are clustered; messages inherit their topic.
 */
export interface WindowRules {
  /** A silence longer than this begins a new window: half an hour parts conversations in chat logs. */
  readonly gap_ms: number;
  /** A busy group never falls silent: cut after so many messages ... */
  readonly maxMessages: number;
  /** ... or so many UTF-16 units of text, about a page. */
  readonly maxUnits: number;
}

const DEFAULT_WINDOWS: WindowRules = { gap_ms: 30 * 60_000, maxMessages: 40, maxUnits: 1200 };

export interface MessageStream {
  readonly count: number;
  readonly thread: Uint32Array;
  /** UTC milliseconds; NaN where unknown. */
  readonly utcMs: Float64Array;
  /** The English of the row: translation or original. Empty where there is none. */
  readonly textOf: (row: number) => string;
}

export interface Windows {
  readonly count: number;
  /** Rows of window w are rows[offsets[w] .. offsets[w+1]), in order of time. */
  readonly offsets: Uint32Array;
  readonly rows: Uint32Array;
  readonly texts: readonly string[];
}

/**
 * Rows without text belong to no window. A row without a time stays in its thread after the last row of known time in
 * row order, and never begins a window by itself.
 */
export function conversationWindows(stream: MessageStream, rules: WindowRules = DEFAULT_WINDOWS): Windows {
  const order = threadTimeOrder(stream);
  const offsets: number[] = [0];
  const rows: number[] = [];
  const texts: string[] = [];
  let parts: string[] = [];
  let units = 0;
  let thread = -1;
  let last_ms = NaN;
  const close = (): void => {
    if (parts.length === 0) return;
    texts.push(parts.join('\n'));
    offsets.push(rows.length);
    parts = [];
    units = 0;
  };
  for (const row of order) {
    const text = stream.textOf(row);
    if (text.trim() === '') continue;
    const time = stream.utcMs[row]!;
    const isNew = stream.thread[row] !== thread;
    // A comparison with NaN is false: an unknown time joins what is open.
    if (isNew || time - last_ms > rules.gap_ms || parts.length >= rules.maxMessages || units + text.length > rules.maxUnits)
      close();
    if (isNew) last_ms = NaN;
    thread = stream.thread[row]!;
    if (!Number.isNaN(time)) last_ms = time;
    rows.push(row);
    parts.push(text);
    units += text.length;
  }
  close();
  return { count: texts.length, offsets: Uint32Array.from(offsets), rows: Uint32Array.from(rows), texts };
}

/** Rows by thread, then time, then row; a row of unknown time takes the time of the row before it in its thread. */
function threadTimeOrder(stream: MessageStream): Uint32Array {
  const time = stream.utcMs.slice(0, stream.count);
  const lastOf = new Map<number, number>();
  for (let row = 0; row < stream.count; row++) {
    const thread = stream.thread[row]!;
    if (Number.isNaN(time[row]!)) time[row] = lastOf.get(thread) ?? -Infinity;
    else lastOf.set(thread, time[row]!);
  }
  const order = Uint32Array.from({ length: stream.count }, (_, row) => row);
  return order.sort((a, b) => stream.thread[a]! - stream.thread[b]! || compare(time[a]!, time[b]!) || a - b);
}

/** Also for infinities, whose difference is not a number. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
