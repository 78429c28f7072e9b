/**
 * Tags that officers put on messages: on what was written, never on people.
 *
 * [Note: Tags] A list of changes that only grows; the tags are what the changes leave. A change names the messages whose
 * tag really came or went, so that taking it back leaves the others alone. Undo is a change too: who tagged what, and
 * when, stays readable. A tag that was removed keeps its messages for the undoing.
 */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { oneLine } from '../evidence/one-line.ts';
import { NewerRecord } from './newer-record.ts';

/** Raised with any change of the block's form; a block of a later version is refused, not guessed at. */
const VERSION = 1;

/** UTF-16 units: a tag is a word or three. */
export const TAG_UNITS = 40;
/** More are some other system's labels: nobody picks from a list of that length. */
export const MAX_TAGS = 100;

export type TagChangeKind = 'made' | 'renamed' | 'removed' | 'tagged' | 'untagged' | 'undone';

export interface TagChange {
  /** Above that of every change before. */
  readonly version: number;
  readonly kind: TagChangeKind;
  /** From 1; never given twice within a case. */
  readonly tag: number;
  /** The tag's name after the change. */
  readonly name: string;
  /** And before it; the same but for a renaming. */
  readonly before: string;
  readonly who: string;
  /** The device's clock, milliseconds since 1970. */
  readonly atMs: number;
  /** The version whose change this one takes back; 0 for all other kinds. */
  readonly undoes: number;
  /** Messages whose tag came or went, ascending; none for a change of the tag itself. */
  readonly messages: Uint32Array;
}

export type TagFault =
  'name-missing' | 'too-long' | 'already-there' | 'not-there' | 'who-missing' | 'nothing-to-do' | 'nothing-to-undo' | 'full';

export type TagChanged = { readonly ok: true; readonly change: TagChange } | { readonly ok: false; readonly fault: TagFault };

export interface Tag {
  readonly id: number;
  readonly name: string;
  /** Messages that have it. */
  readonly count: number;
}

/** Messages that one person put a tag on in one step. */
export interface TagStep {
  readonly who: string;
  readonly atMs: number;
  /** Ascending; those that still have the tag, and have it by this step. */
  readonly messages: Uint32Array;
}

/** Who put a tag on a message, and when. */
export interface TagMark {
  readonly tag: number;
  readonly name: string;
  readonly who: string;
  readonly atMs: number;
}

const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase();

/** Message numbers as bits, grown as they come. */
class Marked {
  #words = new Uint32Array(64);
  count = 0;

  has(id: number): boolean {
    return ((this.#words[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0;
  }

  set(id: number, isOn: boolean): void {
    if (this.has(id) === isOn) return;
    const word = id >>> 5;
    if (word >= this.#words.length) {
      const more = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
      more.set(this.#words);
      this.#words = more;
    }
    this.#words[word] = (this.#words[word] as number) ^ (1 << (id & 31));
    this.count += isOn ? 1 : -1;
  }

  /** Ascending. */
  *all(): Generator<number> {
    for (let word = 0; word < this.#words.length; word++) {
      for (let rest = this.#words[word] as number; rest !== 0; rest &= rest - 1)
        yield word * 32 + (31 - Math.clz32(rest & -rest));
    }
  }
}

interface Held {
  name: string;
  isGone: boolean;
  readonly marked: Marked;
}

export class TagLog {
  readonly #changes: TagChange[] = [];
  readonly #byVersion = new Map<number, TagChange>();
  readonly #tags = new Map<number, Held>();
  #version = 0;

  get version(): number {
    return this.#version;
  }

  /** Oldest first. */
  get changes(): readonly TagChange[] {
    return this.#changes;
  }

  /** In the order of their making. */
  tags(): Tag[] {
    return [...this.#tags]
      .filter(([, { isGone }]) => !isGone)
      .map(([id, { name, marked }]) => ({ id, name, count: marked.count }))
      .sort((a, b) => a.id - b.id);
  }

  /** Messages with the tag, ascending; none where there is no such tag. */
  *messagesOf(tag: number): Generator<number> {
    const held = this.#tags.get(tag);
    if (held !== undefined && !held.isGone) yield* held.marked.all();
  }

  countAmong(tag: number, messages: Uint32Array): number {
    const held = this.#present(tag);
    if (held === null) return 0;
    let count = 0;
    for (const id of messages) if (held.marked.has(id)) count++;
    return count;
  }

  /** Tags of a message, in the order of their making. */
  of(message: number): Tag[] {
    return this.tags().filter(({ id }) => this.#tags.get(id)?.marked.has(message) === true);
  }

  /** The same with who put each on, and when: the newest change that did and that was not taken back. */
  marksOf(message: number): TagMark[] {
    const gone = this.#takenBack();
    return this.of(message).map(({ id, name }) => {
      const put = this.#changes.findLast(
        (change) => change.kind === 'tagged' && change.tag === id && !gone.has(change.version) && holds(change.messages, message)
      );
      return { tag: id, name, who: put?.who ?? '', atMs: put?.atMs ?? Number.NaN };
    });
  }

  /** How the messages that have a tag came to it: the steps that stand, oldest first, each message in its newest one. */
  steps(tag: number): TagStep[] {
    const held = this.#present(tag);
    if (held === null) return [];
    const gone = this.#takenBack();
    const left = new Marked();
    for (const id of held.marked.all()) left.set(id, true);
    const own = this.#changes.filter((change) => change.tag === tag && !gone.has(change.version)).toReversed();
    // Where the block of a tagging was lost, what put the tag back later is all that is known.
    const kinds: readonly TagChangeKind[] = ['tagged', 'undone'];
    const steps = kinds
      .flatMap((kind) => own.filter((change) => change.kind === kind))
      .flatMap(({ who, atMs, messages }) => {
        const these = messages.filter((id) => left.has(id));
        for (const id of these) left.set(id, false);
        return these.length === 0 ? [] : [{ who, atMs, messages: these }];
      });
    return steps.toReversed();
  }

  /** The change that `undo` would take back; null where there is none. */
  get undoable(): TagChange | null {
    const gone = this.#takenBack();
    return this.#changes.findLast((change) => change.kind !== 'undone' && !gone.has(change.version)) ?? null;
  }

  make(name: string, who: string, atMs: number): TagChanged {
    const clean = oneLine(name);
    const fault = this.#nameFault(clean, who, null);
    if (fault !== null) return { ok: false, fault };
    if (this.tags().length >= MAX_TAGS) return { ok: false, fault: 'full' };
    const tag = Math.max(0, ...this.#tags.keys()) + 1;
    return this.#add({ kind: 'made', tag, name: clean, before: clean, who, atMs });
  }

  rename(tag: number, name: string, who: string, atMs: number): TagChanged {
    const held = this.#present(tag);
    if (held === null) return { ok: false, fault: 'not-there' };
    const clean = oneLine(name);
    const fault = this.#nameFault(clean, who, tag) ?? (clean === held.name ? 'nothing-to-do' : null);
    if (fault !== null) return { ok: false, fault };
    return this.#add({ kind: 'renamed', tag, name: clean, before: held.name, who, atMs });
  }

  remove(tag: number, who: string, atMs: number): TagChanged {
    return this.#about(tag, who, ({ name }) => this.#add({ kind: 'removed', tag, name, before: name, who, atMs }));
  }

  /** Puts the tag on those of the messages that lack it. */
  put(tag: number, messages: Iterable<number>, who: string, atMs: number): TagChanged {
    return this.#mark('tagged', tag, messages, who, atMs);
  }

  /** Takes the tag off those of the messages that have it. */
  take(tag: number, messages: Iterable<number>, who: string, atMs: number): TagChanged {
    return this.#mark('untagged', tag, messages, who, atMs);
  }

  /** Takes the newest standing change back. The change stays in the list, and so does its undoing. */
  undo(who: string, atMs: number): TagChanged {
    const last = this.undoable;
    if (last === null) return { ok: false, fault: 'nothing-to-undo' };
    if (oneLine(who) === '') return { ok: false, fault: 'who-missing' };
    const { tag, name, before, messages, version: undoes } = last;
    return this.#add({ kind: 'undone', tag, name: before, before: name, who, atMs, undoes, messages });
  }

  /** Takes back a change that could not be kept: as if it had never been made. */
  drop(change: TagChange): void {
    if (this.#changes.at(-1) !== change) throw new RangeError('Only the newest change can be dropped.');
    this.#changes.pop();
    this.#byVersion.delete(change.version);
    this.#version = this.#changes.at(-1)?.version ?? 0;
    this.#effect(change, true);
    if (change.kind === 'made') this.#tags.delete(change.tag);
  }

  /** Appends a change that `packTagChange` wrote. @throws an error named BlockError for a later version */
  unpack(block: Uint8Array): void {
    const { arrays, json } = unpackBlock(block);
    const { form, change } = json as { readonly form: number; readonly change: Omit<TagChange, 'messages'> };
    if (form > VERSION) throw new NewerRecord(`Tags have version ${form}; this Skein reads ${VERSION}`);
    this.#apply({ ...change, messages: (arrays['messages'] as Uint32Array | undefined) ?? new Uint32Array() });
  }

  #mark(kind: 'tagged' | 'untagged', tag: number, messages: Iterable<number>, who: string, atMs: number): TagChanged {
    return this.#about(tag, who, ({ name, marked }) => {
      const isOn = kind === 'tagged';
      const changing = distinct(Uint32Array.from(messages).filter((id) => marked.has(id) !== isOn));
      if (changing.length === 0) return { ok: false, fault: 'nothing-to-do' };
      return this.#add({ kind, tag, name, before: name, who, atMs, messages: changing });
    });
  }

  #about(tag: number, who: string, work: (held: Held) => TagChanged): TagChanged {
    const held = this.#present(tag);
    if (held === null) return { ok: false, fault: 'not-there' };
    return oneLine(who) === '' ? { ok: false, fault: 'who-missing' } : work(held);
  }

  #present(tag: number): Held | null {
    const held = this.#tags.get(tag);
    return held === undefined || held.isGone ? null : held;
  }

  #nameFault(name: string, who: string, own: number | null): TagFault | null {
    if (oneLine(who) === '') return 'who-missing';
    if (!/[\p{L}\p{N}]/u.test(name)) return 'name-missing';
    if (name.length > TAG_UNITS) return 'too-long';
    return this.tags().some((other) => other.id !== own && nameKey(other.name) === nameKey(name)) ? 'already-there' : null;
  }

  #takenBack(): Set<number> {
    return new Set(this.#changes.map(({ undoes }) => undoes));
  }

  #add(
    part: Omit<TagChange, 'version' | 'undoes' | 'messages'> & Partial<Pick<TagChange, 'undoes' | 'messages'>>
  ): TagChanged & { ok: true } {
    const change = { undoes: 0, messages: new Uint32Array(), ...part, who: oneLine(part.who), version: this.#version + 1 };
    this.#apply(change);
    return { ok: true, change };
  }

  #apply(change: TagChange): void {
    this.#changes.push(change);
    this.#byVersion.set(change.version, change);
    this.#version = Math.max(this.#version, change.version);
    this.#effect(change, false);
  }

  /** What a change does, or with `isBack` what taking it back does. */
  #effect(change: TagChange, isBack: boolean): void {
    const { kind, tag, name, before, messages } = change;
    if (kind === 'undone') {
      const subject = this.#byVersion.get(change.undoes);
      // A change that was lost with its block did nothing here, so nothing is to be taken back.
      if (subject !== undefined) this.#effect(subject, !isBack);
      return;
    }
    let held = this.#tags.get(tag);
    if (held === undefined) this.#tags.set(tag, (held = { name, isGone: false, marked: new Marked() }));
    if (kind === 'made') held.isGone = isBack;
    else if (kind === 'removed') held.isGone = !isBack;
    else if (kind === 'renamed') held.name = isBack ? before : name;
    else for (const id of messages) held.marked.set(id, (kind === 'tagged') !== isBack);
  }
}

/** One change as a block for the vault. */
export function packTagChange({ messages, ...change }: TagChange): Uint8Array {
  return packBlock('tags', { messages }, { form: VERSION, change });
}

/** The numbers ascending, each once. */
function distinct(numbers: Uint32Array): Uint32Array {
  numbers.sort();
  return numbers.filter((n, i) => i === 0 || n !== numbers[i - 1]);
}

/** Whether an ascending list holds the number. */
function holds(ascending: Uint32Array, wanted: number): boolean {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === wanted;
}
