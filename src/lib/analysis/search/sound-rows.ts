/**
 * Many words by their sounds, laid out so that those like a name are found in one pass: most are passed over by their first
 * sound and by which consonants they hold, and are never compared sound by sound.
 */
import { Column } from '../../evidence/columns.ts';
import { areAlike, quickLook, soundsOf, soundsSeen } from './name-sounds.ts';

export class SoundRows {
  /** Row i is values[start[i] .. start[i + 1]); empty for a word that is not read. */
  readonly #start: Uint32Array;
  readonly #values: Uint8Array;
  readonly #seen: Uint32Array;

  /** @param wordAt folded words, by 0 .. count - 1 */
  constructor(count: number, wordAt: (i: number) => string) {
    this.#start = new Uint32Array(count + 1);
    this.#seen = new Uint32Array(count);
    const values = new Column(Uint8Array);
    for (let i = 0; i < count; i++) {
      const sounds = soundsOf(wordAt(i));
      values.append(sounds);
      this.#start[i + 1] = values.length;
      this.#seen[i] = soundsSeen(sounds);
    }
    this.#values = values.view();
  }

  /** The words that may be the name, lowest number first. */
  like(name: Uint8Array): number[] {
    const found: number[] = [];
    const mayBe = quickLook(name);
    for (let i = 0, from = 0; i < this.#seen.length; i++) {
      const to = this.#start[i + 1]!;
      if (to > from && mayBe(this.#values[from]!, to - from, this.#seen[i]!)) {
        if (areAlike(this.#values.subarray(from, to), name)) found.push(i);
      }
      from = to;
    }
    return found;
  }
}
