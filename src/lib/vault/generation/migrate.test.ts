import { describe, expect, it } from 'vitest';
import { blockKey, contentOf, contents } from '../../../../tests/fixtures/fault-run.ts';
import { MemoryCase } from '../../../../tests/fixtures/memory-case.ts';
import { readRecord } from '../segments/record-copy.ts';
import type { SegmentFolder } from '../segments/ports.ts';
import { generationOf } from './generation.ts';
import { dropOlder } from './leftovers.ts';
import { migrate, type Migrated, type MoveProgress } from './migrate.ts';
import { generationOfFile } from './places.ts';
import type { CasePlaces } from './ports.ts';
import { copyToSegments, STEPS, type Step } from './steps.ts';

const key = await blockKey();
/** Beyond one group of parity. */
const BLOCKS = 19;
const blocks = Array.from({ length: BLOCKS }, (_, i) => contentOf(i));

/** A layout that comes after the newest there is: of tests alone, to show that a further step needs nothing but its entry. */
const FURTHER: Step = { from: 'segments', to: 'segments', write: copyToSegments };

const move = (one: MemoryCase, steps?: readonly Step[], tell: (progress: MoveProgress) => void = () => {}): Promise<Migrated> =>
  migrate({ places: one.places, record: one.record, key, tell, ...(steps === undefined ? {} : { steps }) });

const texts = async (one: MemoryCase): Promise<string[]> => {
  const found = await contents(await one.open(key, true));
  expect(found.lost).toEqual([]);
  return found.texts;
};

/** Calls that a move without a fault makes. */
async function callsOf(one: MemoryCase, steps: readonly Step[]): Promise<number> {
  const whole = one.copy();
  await move(whole, steps);
  return whole.disk.calls;
}

/** Generations of which a file or a row stands. */
const standing = (one: MemoryCase): number[] =>
  [...new Set([...one.numbers, ...[...one.disk.files.keys()].flatMap((name) => generationOfFile(name) ?? [])])].sort();

function flip(one: MemoryCase, name: string, at: number): void {
  const bytes = one.disk.files.get(name);
  if (bytes === undefined || bytes.length === 0) throw new Error(`${name} is not there`);
  bytes[at % bytes.length] = (bytes[at % bytes.length] as number) ^ 0x41;
}

/** What a fault or a stop may have cost, seen as the next window sees it; '' where it was nothing. */
async function faultOf(one: MemoryCase, before: readonly string[], steps: readonly Step[], last: number): Promise<string> {
  const stands = await contents(await one.open(key, true));
  if (stands.lost.length > 0 || stands.texts.join() !== before.join()) return 'the case is not what it was';
  const next = await move(one, steps.slice(one.record.layout === 'segments' && steps.includes(FURTHER) ? last : 0));
  if (next.stays !== null) return `the next try stays: ${next.stays}`;
  const store = await one.open(key);
  await store.put('messages', contentOf(99));
  const after = await contents(await one.open(key));
  if (after.texts.length !== before.length + 1 || after.lost.length > 0) return 'the moved case takes no block any more';
  await move(one, []);
  if (!(await dropOlder(one.places, one.record))) return 'the older generation cannot go';
  const { number } = generationOf(one.record);
  if (standing(one).join() !== String(number)) return `left over: ${standing(one).join()} beside ${number}`;
  if ((await contents(await one.open(key))).texts.join() !== after.texts.join()) return 'it went with its older generation';
  return '';
}

describe('a case that keeps its blocks in rows, as versions 1 to 3 wrote it', () => {
  it('moves into files: the same content, the same chain, the old one beside it until the next opening', async () => {
    const one = await MemoryCase.of('rows', key, blocks);
    const before = await texts(one);
    const rows = one.rows.get(0) ?? [];
    const told: MoveProgress[] = [];
    const { record, moved, stays } = await move(one, undefined, (progress) => told.push(progress));
    expect([moved?.number, moved?.blocks, stays]).toEqual([1, BLOCKS, null]);
    expect(record).toEqual({ ...one.record, schema: 4, layout: 'segments', generation: 1 });
    expect(told.map(({ done }) => done)).toEqual(Array.from({ length: 2 * BLOCKS }, (_, i) => i + 1));
    expect(told.every(({ total }) => total === 2 * BLOCKS)).toBe(true);
    expect(standing(one)).toEqual([0, 1]);
    expect(one.rows.get(0)).toBe(rows);
    expect(await texts(one)).toEqual(before);
    const chain = (all: readonly { sha256Hex: string; previous: string; committedAtMs: number }[] | undefined) =>
      all?.map(({ sha256Hex, previous, committedAtMs }) => [sha256Hex, previous, committedAtMs]);
    expect(chain(one.commits.get(1))).toEqual(chain(rows.map(({ commit }) => commit)));

    const store = await one.open(key);
    await store.put('messages', contentOf(70));
    expect(await move(one)).toMatchObject({ moved: null, stays: null });
    expect(await dropOlder(one.places, one.record)).toBe(true);
    expect(standing(one)).toEqual([1]);
    expect(await texts(one)).toEqual([...before, `messages:${contentOf(70).join(',')}`]);
  });

  it('is whole whichever call fails, for want of room, by an abort or for no known reason, and moves at the next try', async () => {
    const old = await MemoryCase.of('rows', key, blocks);
    const before = await texts(old);
    const calls = await callsOf(old, STEPS);
    expect(calls).toBeGreaterThan(200);
    const wrong: string[] = [];
    const pointers = new Set<number>();
    // A full disk at each call, and each of the other two at every second; before or after the call took effect in turns.
    for (const turn of [0, 1] as const)
      for (let at = 1; at <= calls; at++) {
        const kind = turn === 0 ? 'quota' : at % 4 < 2 ? 'abort' : 'unknown';
        const when = (at + turn) % 2 === 0 ? 'before' : 'after';
        const one = old.copy();
        one.disk.fault = { at: one.disk.calls + at, kind, when };
        const answer = await move(one).catch(() => null);
        one.disk.fault = null;
        const { number } = generationOf(one.record);
        pointers.add(number);
        // Where it is said what became of it, that is so.
        const said = answer === null ? number : generationOf(answer.record).number;
        if (said !== number) wrong.push(`${kind} ${when} call ${at}: said to be on ${said}`);
        if (answer !== null && (answer.stays === null) !== (number === 1)) wrong.push(`${kind} ${when} call ${at}: untold`);
        const failure = await faultOf(one, before, STEPS, 0);
        if (failure !== '') wrong.push(`${kind} ${when} call ${at}: ${failure}`);
      }
    expect(wrong).toEqual([]);
    expect([...pointers].sort()).toEqual([0, 1]);
  }, 300_000);

  it('is whole wherever the move was stopped, and nothing of a half-made generation is left after the next', async () => {
    const old = await MemoryCase.of('rows', key, blocks);
    const before = await texts(old);
    const calls = await callsOf(old, STEPS);
    const wrong: string[] = [];
    for (let stop = 0; stop < calls; stop++) {
      const one = old.copy();
      one.disk.stopAt = one.disk.calls + stop;
      expect(await Promise.race([move(one), one.disk.stopped])).toBe(false);
      one.disk.goOn();
      const failure = await faultOf(one, before, STEPS, 0);
      if (failure !== '') wrong.push(`after call ${stop}: ${failure}`);
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  it('is whole wherever the removal of the old generation fails or stops', async () => {
    const moved = await MemoryCase.of('rows', key, blocks);
    await move(moved);
    const before = await texts(moved);
    const whole = moved.copy();
    await dropOlder(whole.places, whole.record);
    const { calls } = whole.disk;
    expect(calls).toBeGreaterThan(5);
    for (let at = 1; at <= calls; at++)
      for (const when of ['before', 'after'] as const) {
        const one = moved.copy();
        one.disk.fault = { at: one.disk.calls + at, kind: 'unknown', when };
        await dropOlder(one.places, one.record).catch(() => {});
        one.disk.fault = null;
        expect(await faultOf(one, before, STEPS, 0)).toBe('');
      }
  });

  it('points to nothing that is not on disk: each file is flushed after its last byte, and records come after files', async () => {
    const one = await MemoryCase.of('rows', key, blocks);
    const unflushed = new Set<string>();
    const { folder } = one.disk;
    const watched: SegmentFolder = {
      ...folder,
      open: async (name) => {
        const file = await folder.open(name);
        const write = async (bytes: Uint8Array, at: number): Promise<void> => {
          unflushed.add(name);
          await file.write(bytes, at);
        };
        const flush = async (): Promise<void> => {
          await file.flush();
          unflushed.delete(name);
        };
        return { ...file, write, flush };
      }
    };
    const seen: string[][] = [];
    const look = (): void => void seen.push([...unflushed]);
    const { rows } = one.places;
    const places: CasePlaces = {
      ...one.places,
      folder: watched,
      rows: {
        ...rows,
        commits: (number) => ({ ...rows.commits(number), add: async (more) => (look(), rows.commits(number).add(more)) }),
        point: async (from, to) => (look(), rows.point(from, to))
      }
    };
    expect(await migrate({ places, record: one.record, key, tell: () => {} })).toMatchObject({ stays: null });
    // The reserve holds nothing.
    expect(seen).toEqual([['g1-reserve'], ['g1-reserve']]);
  });

  it('is read to its end by a window that had it open before, while it moves and afterwards', async () => {
    const one = await MemoryCase.of('rows', key, blocks);
    const before = await texts(one);
    const beside = await one.open(key, true);
    const reading = beside.readAll();
    const first = await reading.next();
    await move(one);
    const store = await one.open(key);
    await store.put('messages', contentOf(71));
    let read = first.done === true ? 0 : 1;
    for await (const _ of reading) read++;
    expect(read).toBe(BLOCKS);
    expect(await contents(beside)).toEqual({ texts: before, lost: [] });
    expect((await texts(one)).length).toBe(BLOCKS + 1);
  });

  it('stays where it is for want of room, also of room for the reserve, and leaves no file behind', async () => {
    const one = await MemoryCase.of('rows', key, blocks);
    const before = await texts(one);
    const whole = await MemoryCase.of('rows', key, blocks);
    await move(whole);
    const needed = whole.disk.usedBytes;
    for (const quota of [0, 100, 4096, 4096 + 600, needed - 1]) {
      one.disk.quotaBytes = quota;
      expect(await move(one)).toMatchObject({ moved: null, stays: 'no-room' });
      expect(one.record.generation).toBeUndefined();
      expect([...one.disk.files.keys()]).toEqual([]);
      expect(await texts(one)).toEqual(before);
    }
    await (await one.open(key)).put('audit', contentOf(72));
    // A line of the log may have the reserve when it is written, and not when it is moved.
    const note = await MemoryCase.of('rows', key, [contentOf(0)]);
    note.disk.quotaBytes = 4096 + 20;
    expect(await move(note)).toMatchObject({ moved: null, stays: 'no-room' });
    one.disk.quotaBytes = Number.POSITIVE_INFINITY;
    expect(await move(one)).toMatchObject({ moved: { blocks: BLOCKS + 1 }, stays: null });
  });

  it('stays where it is where one of its blocks is damaged, and opens as before but for that block', async () => {
    for (const damage of [
      (cipher: Uint8Array<ArrayBuffer>) => cipher.map((byte, i) => (i === 3 ? byte ^ 1 : byte)),
      (cipher: Uint8Array<ArrayBuffer>) => cipher.slice(0, 5)
    ]) {
      const one = await MemoryCase.of('rows', key, blocks);
      const before = await texts(one);
      const row = one.rows.get(0)?.[6];
      if (row === undefined) throw new Error('no seventh block');
      row.block = { ...row.block, cipher: damage(row.block.cipher) };
      expect(await move(one)).toMatchObject({ moved: null, stays: 'damaged' });
      expect(standing(one)).toEqual([0]);
      const { lost, texts: found } = await contents(await one.open(key));
      expect([lost, found]).toEqual([[7], before.filter((_, i) => i !== 6)]);
    }
  });

  it('stays where it is where a disk does not keep what was written, in any of its files', async () => {
    const whole = await MemoryCase.of('rows', key, blocks);
    await move(whole);
    const segments = [...whole.disk.files.keys()].filter((name) => name.startsWith('g1-segment'));
    expect(segments.length).toBe(16);
    for (const bad of segments) {
      const one = await MemoryCase.of('rows', key, blocks);
      const before = await texts(one);
      const { folder } = one.disk;
      // Lies as soon as the file is looked at again.
      const lying: SegmentFolder = {
        ...folder,
        peek: async (name) => {
          if (name === bad) flip(one, name, 11);
          return folder.peek(name);
        }
      };
      const answer = await migrate({ places: { ...one.places, folder: lying }, record: one.record, key, tell: () => {} });
      expect(answer).toMatchObject({ moved: null, stays: 'failed' });
      expect(standing(one)).toEqual([0]);
      expect(await texts(one)).toEqual(before);
    }
  });

  it('gives a block back that is damaged in the new generation, where parity cannot, as long as it stands', async () => {
    const one = await MemoryCase.of('rows', key, blocks);
    const before = await texts(one);
    await move(one);
    flip(one, 'g1-segment-03', 5);
    flip(one, 'g1-segment-07', 5);
    const store = await one.open(key);
    expect(await contents(store)).toEqual({ texts: before, lost: [] });
    expect(store.mended.map(({ seq }) => seq)).toEqual([4, 8]);
    await dropOlder(one.places, one.record);
    const again = await one.open(key);
    expect(await contents(again)).toEqual({ texts: before, lost: [] });
    expect(again.mended).toEqual([]);
  });

  it('comes back from its files where the database is wiped from the moment on at which it moved', async () => {
    const one = await MemoryCase.of('rows', key, blocks);
    const before = await texts(one);
    await move(one);
    one.rows.clear();
    one.commits.clear();
    const copy = await readRecord(one.disk.folder);
    expect(copy).toEqual(one.record);
    const store = await one.open(key);
    expect(await contents(store)).toEqual({ texts: before, lost: [] });
    expect(one.numbers).toEqual([1]);
  });

  it('moves where it has no block yet, and stays without a word where there are no files to move to', async () => {
    const one = await MemoryCase.of('rows', key, []);
    expect(await move(one)).toMatchObject({ moved: { number: 1, blocks: 0 }, stays: null });
    await (await one.open(key)).put('messages', contentOf(1));
    const other = await MemoryCase.of('rows', key, blocks);
    const answer = await migrate({ places: { ...other.places, folder: null }, record: other.record, key, tell: () => {} });
    expect(answer).toEqual({ record: other.record, moved: null, stays: null });
  });
});

describe('a further step', () => {
  it('is one more entry of the list: a case takes all of them at one opening', async () => {
    const one = await MemoryCase.of('rows', key, blocks);
    const before = await texts(one);
    expect(await move(one, [...STEPS, FURTHER])).toMatchObject({ moved: { number: 2, blocks: BLOCKS }, stays: null });
    expect(standing(one)).toEqual([0, 1, 2]);
    expect(await texts(one)).toEqual(before);
    expect(await dropOlder(one.places, one.record)).toBe(true);
    expect(standing(one)).toEqual([2]);
    expect(await texts(one)).toEqual(before);
  });

  it('leaves what is the case’s own where it is, and goes from files to files beside them', async () => {
    const one = await MemoryCase.of('segments', key, blocks);
    const before = await texts(one);
    const own = ['staged-entry-1', 'index-list'];
    for (const name of own) one.disk.files.set(name, Uint8Array.of(1, 2, 3));
    await move(one, [FURTHER]);
    expect(standing(one)).toEqual([0, 1]);
    await dropOlder(one.places, one.record);
    expect(standing(one)).toEqual([1]);
    for (const name of own) expect(one.disk.files.get(name)).toEqual(Uint8Array.of(1, 2, 3));
    expect(await texts(one)).toEqual(before);
  });

  it('keeps the older generation while the copy of the record does not name the one that counts', async () => {
    const one = await MemoryCase.of('segments', key, blocks);
    await move(one, [FURTHER]);
    for (const name of ['record-0', 'record-1']) one.disk.files.delete(name);
    expect(await dropOlder(one.places, one.record)).toBe(false);
    expect(standing(one)).toEqual([0, 1]);
  });

  it('from files to files is whole wherever it was stopped or a call failed', async () => {
    const old = await MemoryCase.of('segments', key, blocks);
    const before = await texts(old);
    const calls = await callsOf(old, [FURTHER]);
    const wrong: string[] = [];
    for (let at = 1; at <= calls; at++) {
      const how = at % 3 === 0 ? 'stop' : at % 3 === 1 ? 'before' : 'after';
      const one = old.copy();
      if (how === 'stop') one.disk.stopAt = one.disk.calls + at - 1;
      else one.disk.fault = { at: one.disk.calls + at, kind: 'unknown', when: how };
      await Promise.race([move(one, [FURTHER]).catch(() => null), one.disk.stopped]);
      one.disk.fault = null;
      one.disk.goOn();
      const failure = await faultOf(one, before, [FURTHER], generationOf(one.record).number);
      if (failure !== '') wrong.push(`${how} call ${at}: ${failure}`);
    }
    expect(wrong).toEqual([]);
  }, 300_000);
});
