/** See [Note: Reading ahead]: whatever the pace of the readers, the case is the same as one file after the other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EARLIER_FIXTURES, FORMAT_FIXTURES } from '../../../tests/fixtures/all-formats.ts';
import { CollectingSink } from '../../../tests/fixtures/collecting-sink.ts';
import { SinkTape, type TapeBlock } from '../evidence/sink-tape.ts';
import { EvidenceStore } from '../evidence/store.ts';
import { ToldAgain } from '../evidence/told-again.ts';
import { FORMATS, formatById } from '../formats/registry.ts';
import type { ImportReport } from './contract.ts';
import type { AheadFile } from './read-ahead-contract.ts';
import { ReadAhead, type AsideReader, type ReadAheadLimits } from './read-ahead.ts';
import { readAside } from './read-aside.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const FIXTURES = [...FORMAT_FIXTURES, ...EARLIER_FIXTURES];
const never = new AbortController().signal;
const PLENTY: ReadAheadLimits = { readers: 3, waitingBytes: 1e9 };

async function filesOf(which: readonly number[]): Promise<AheadFile[]> {
  return Promise.all(
    which.map(async (index, ahead): Promise<AheadFile> => {
      const { format, options, input } = FIXTURES[index % FIXTURES.length]!;
      const { name, blob, beside } = await input();
      return {
        ahead,
        file: blob,
        name,
        sizeBytes: blob.size,
        formatId: format,
        options,
        part: { ahead, ...(beside === undefined ? {} : { beside }) }
      };
    })
  );
}

/** A reader in this thread that is as slow as it is told, and hands on copies as a worker does. */
function pacedReader(pace: () => number, faults: () => boolean = () => false): AsideReader {
  let end: () => void = () => {};
  const ended = new Promise<never>((_, reject) => (end = () => reject(new Error('ended'))));
  ended.catch(() => {});
  const rest = async (): Promise<void> => {
    for (let turns = pace(); turns > 0; turns--) await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return {
    end: () => end(),
    async read(file, emit, onProgress) {
      const blocks: TapeBlock[] = [];
      const work = async () => {
        await rest();
        if (faults()) throw new Error('out of memory');
        const result = await readAside(file, (block) => blocks.push(block), onProgress, never);
        for (const block of blocks) {
          emit(structuredClone(block));
          await rest();
        }
        return structuredClone(result);
      };
      return await Promise.race([work(), ended]);
    }
  };
}

function sessionWith(ahead: ReadAhead | null): { session: CaseSession; blocks: Promise<string>[] } {
  const blocks: Promise<string>[] = [];
  const keeper = {
    put: (kind: string, bytes: Uint8Array) => {
      blocks.push(
        crypto.subtle.digest('SHA-256', new Uint8Array(bytes)).then((hash) => `${kind} ${new Uint8Array(hash).join(',')}`)
      );
      return Promise.resolve();
    }
  };
  const parts = { store: new EvidenceStore(), translations: new Translations(), keeper, clock: () => 1_700_000_000_000 };
  return { session: new CaseSession(ahead === null ? parts : { ...parts, ahead }), blocks };
}

async function importAll(
  files: readonly AheadFile[],
  ahead: ReadAhead | null
): Promise<{ reports: ImportReport[]; blocks: string[] }> {
  const { session, blocks } = sessionWith(ahead);
  await ahead?.readAhead(files, () => {});
  const reports: ImportReport[] = [];
  for (const { file, name, formatId, options, part } of files)
    reports.push(await session.importFile(file, name, formatId, options, () => {}, part));
  ahead?.close();
  return { reports, blocks: await Promise.all(blocks) };
}

describe('a tape', () => {
  it.each(FORMATS.map(({ id }) => id))('tells a sink what the reader of %s told it', async (id) => {
    for (const fixture of FIXTURES.filter(({ format }) => format === id)) {
      const input = await fixture.input();
      const direct = new CollectingSink();
      await formatById(id)!.read(input, fixture.options, direct, never);
      for (const mostOps of [1, 7, 4096]) {
        const again = new CollectingSink();
        const telling = new ToldAgain(again);
        const tape = new SinkTape((block) => telling.tell(structuredClone(block)), mostOps);
        await formatById(id)!.read(input, fixture.options, tape, never);
        tape.end();
        expect(again).toEqual(direct);
        again.assertConserved();
      }
    }
  });

  it('keeps halves of characters, times that are none and numbers over 32 bits', () => {
    const direct = new CollectingSink();
    const again = new CollectingSink();
    const telling = new ToldAgain(again);
    const tape = new SinkTape((block) => telling.tell(structuredClone(block)));
    const thread = { service: 'x', key: 'k', isGroup: false, members: [] };
    const place = { path: 'ü/\ud83d', offset: 2 ** 41 + 1, unit: 'byte' } as const;
    for (const sink of [direct, tape]) {
      sink.seen('message');
      sink.message({
        thread,
        from: null,
        to: [],
        body: '\udc00 and \ud800',
        time: { raw: '', utcMs: null, basis: 'unknown', ambiguous: false },
        direction: 'incoming',
        state: 1 << 14,
        confidence: 'low',
        attachments: [{ name: 'a' }],
        place,
        itemId: '9007199254740993',
        fold: 'ordinal'
      });
    }
    tape.end();
    expect(again.messages).toEqual(direct.messages);
  });
});

describe('reading ahead', () => {
  it('gives the same blocks and reports as one file after the other', async () => {
    const index = fc.nat({ max: FIXTURES.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(index, { minLength: 2, maxLength: 8 }),
        fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(1e9, 30_000, 3000),
        fc.nat({ max: 5 }),
        async (which, paces, readers, waitingBytes, fault) => {
          const files = await filesOf(which);
          let at = 0;
          let reads = 0;
          const makeReader = () =>
            pacedReader(
              () => paces[at++ % paces.length]!,
              () => ++reads === fault
            );
          const one = await importAll(files, null);
          const other = await importAll(files, new ReadAhead(makeReader, { readers, waitingBytes }));
          expect(other).toEqual(one);
        }
      ),
      { numRuns: 15 }
    );
  });

  it('reads as many side by side as there are readers, and begins them in their order', async () => {
    const files = await filesOf([0, 1, 2, 3, 4, 5]);
    const begun: string[] = [];
    let most = 0;
    let running = 0;
    const ahead = new ReadAhead(() => {
      const reader = pacedReader(() => 3);
      return {
        end: () => reader.end(),
        read: async (file, emit, tell) => {
          begun.push(file.name);
          most = Math.max(most, ++running);
          try {
            return await reader.read(file, emit, tell);
          } finally {
            running--;
          }
        }
      };
    }, PLENTY);
    const { reports } = await importAll(files, ahead);
    expect(reports.every(({ failure }) => failure === null)).toBe(true);
    expect(begun).toEqual(files.map(({ name }) => name));
    expect(most).toBe(3);
  });

  it('a file that was stopped is not imported by its tape, and the others go on', async () => {
    const files = await filesOf([0, 4, 6]);
    let ended = 0;
    const ahead = new ReadAhead(() => {
      const reader = pacedReader(() => 2);
      return { read: reader.read, end: () => (ended++, reader.end()) };
    }, PLENTY);
    await ahead.readAhead(files, () => {});
    await ahead.stopReadingAhead(1);
    expect(ended).toBe(1);
    const taken = await Promise.all(files.map(({ part, formatId, options }) => ahead.take(part, formatId, options, never)));
    expect(taken.map((whole) => whole !== null)).toEqual([true, false, true]);
    ahead.close();
  });

  it('other answers than those it was read with count: the import reads it again', async () => {
    const [file] = await filesOf([0]);
    const ahead = new ReadAhead(() => pacedReader(() => 0), PLENTY);
    await ahead.readAhead([file!], () => {});
    expect(await ahead.take(file!.part, file!.formatId, { ...file!.options, zone: 'Europe/Paris' }, never)).toBeNull();
    ahead.close();
  });

  it('an import that is cancelled while it waits for its reading ends it', async () => {
    const [file] = await filesOf([0]);
    const stop = new AbortController();
    const ahead = new ReadAhead(() => pacedReader(() => 1e6), PLENTY);
    await ahead.readAhead([file!], () => {});
    const taken = ahead.take(file!.part, file!.formatId, file!.options, stop.signal);
    stop.abort(new DOMException('Cancelled.', 'AbortError'));
    await expect(taken).rejects.toThrow('Cancelled.');
    ahead.close();
  });

  it('what is too large to wait is left to its turn and holds up no other', async () => {
    const large: AheadFile = {
      ...(await filesOf([0]))[0]!,
      ahead: 0,
      sizeBytes: 5000,
      part: { ahead: 0 }
    };
    const small = {
      ...(await filesOf([FIXTURES.findIndex(({ format }) => format === 'vcard')]))[0]!,
      ahead: 1,
      part: { ahead: 1 }
    };
    const ahead = new ReadAhead(() => pacedReader(() => 0), { readers: 1, waitingBytes: 4000 });
    await ahead.readAhead([large, small], () => {});
    expect(await ahead.take(small.part, small.formatId, small.options, never)).not.toBeNull();
    expect(await ahead.take(large.part, large.formatId, large.options, never)).toBeNull();
    ahead.close();
  });
});
