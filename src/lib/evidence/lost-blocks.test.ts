import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksSince, emptyMark, markOf, StoreLoader } from './blocks.ts';
import { emptySum } from './findings.ts';
import { utcMs } from './ids.ts';
import { SourceIntake } from './intake.ts';
import { EvidenceStore } from './store.ts';

const ROWS = 5;

/** Imports of five messages each, every message with an attachment and every import with a place and a person of its own. */
function stored(imports: number): { store: EvidenceStore; blocks: { kind: string; bytes: Uint8Array }[] } {
  const store = new EvidenceStore();
  const blocks: { kind: string; bytes: Uint8Array }[] = [];
  let mark = emptyMark();
  for (let n = 0; n < imports; n++) {
    const from = { service: `app ${n}`, identifier: `person ${n}`, rawIdentifier: `person ${n}` };
    const intake = new SourceIntake(store, n, `file ${n}`);
    for (let i = 0; i < ROWS; i++) {
      const at = n * ROWS + i;
      intake.seen('message');
      intake.message({
        thread: { service: `app ${n}`, key: `thread ${n}`, isGroup: false, members: [from] },
        from,
        to: [],
        body: `message ${at}`,
        time: { raw: String(at), utcMs: utcMs(at), basis: 'utc-by-spec' },
        direction: 'incoming',
        state: 0,
        confidence: 'high',
        attachments: [{ name: `attachment ${at}` }],
        place: { path: `path ${n}`, offset: i, unit: 'byte' },
        itemId: '',
        fold: 'identical'
      });
    }
    store.sources.push({
      name: `file ${n}`,
      sizeBytes: 1,
      sha256Hex: '',
      formatId: 'x',
      formatVersion: 1,
      options: {},
      sum: emptySum(),
      importedAtMs: 0,
      facts: [],
      findings: [],
      devices: []
    });
    blocks.push(...blocksSince(store, mark));
    intake.commit();
    mark = markOf(store);
  }
  return { store, blocks };
}

function loadedWithout(blocks: readonly { kind: string; bytes: Uint8Array }[], gone: ReadonlySet<number>): StoreLoader {
  const loader = new StoreLoader();
  for (const [i, { kind, bytes }] of blocks.entries()) {
    if (gone.has(i)) loader.lose(i + 1, kind);
    else loader.add(bytes);
  }
  return loader;
}

describe('a case with lost blocks', () => {
  it('keeps every other message under its number, with its people, place and attachments', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (imports, picks) => {
        const { store, blocks } = stored(imports);
        const gone = new Set(picks.map((pick) => pick % blocks.length));
        const loader = loadedWithout(blocks, gone);
        const loaded = loader.finish();
        const isGone = (n: number, kind: string): boolean =>
          [...gone].some((i) => blocks[i]?.kind === kind && Math.floor(i / 3) === n);
        for (let n = 0; n < imports; n++) {
          // The rows of the last import are known by its closing block alone.
          const isUnheardOf =
            isGone(n, 'messages') &&
            Array.from({ length: imports - n }, (_, i) => n + i).every(
              (m) => isGone(m, 'directory') && (m === n || isGone(m, 'messages'))
            );
          if (isUnheardOf) continue;
          for (let row = n * ROWS; row < (n + 1) * ROWS; row++) {
            if (isGone(n, 'messages')) {
              expect(loaded.messages.body.at(row)).toBe('');
              expect(loaded.directory.threads[loaded.messages.thread.at(row)]?.name).toBe('Rows of damaged blocks');
              continue;
            }
            expect(loaded.messages.body.at(row)).toBe(`message ${row}`);
            const account = loaded.directory.accounts[loaded.messages.from.at(row)];
            const isKnown = account?.identifier === `person ${n}` || account?.service === 'skein-lost';
            expect(isKnown).toBe(true);
            if (gone.size === 1 && !isGone(n, 'directory')) {
              expect(loaded.messages.place.at(row).place.path).toBe(`path ${n}`);
              expect(loaded.services.at(loaded.messages.service.at(row))).toBe(`app ${n}`);
              const [from, to] = loaded.messages.attachmentRange(row);
              const names = loaded.attachments.slice(from, to).map(({ name }) => name);
              // The first message after a gap may not claim what belongs to rows that are gone; at most it has none.
              const isAfterGap = row === n * ROWS && isGone(n - 1, 'messages');
              if (!isGone(n, 'rest') && !isAfterGap) expect(names).toEqual([`attachment ${row}`]);
              else expect(names.every((name) => name === '' || name === `attachment ${row}`)).toBe(true);
            }
          }
        }
        expect(store.messages.length).toBe(imports * ROWS);
        expect(loader.lost.map(({ seq }) => seq)).toEqual([...gone].map((i) => i + 1).sort((a, b) => a - b));
      })
    );
  });

  it('says which rows of which file were in the block', () => {
    const { blocks } = stored(3);
    const loader = loadedWithout(blocks, new Set([3]));
    loader.finish();
    expect(loader.lost).toEqual([{ seq: 4, kind: 'messages', rows: { from: 5, to: 10 }, sources: ['file 1'] }]);
  });

  it('stores and loads again as it stands, and takes a further import behind the gap', () => {
    const { blocks } = stored(2);
    const store = loadedWithout(blocks, new Set([0])).finish();
    const more = new SourceIntake(store, store.sources.length, 'later');
    more.seen('message');
    const from = { service: 'app 1', identifier: 'person 1', rawIdentifier: 'person 1' };
    more.message({
      thread: { service: 'app 1', key: 'thread 1', isGroup: false, members: [from] },
      from,
      to: [],
      body: 'later',
      time: { raw: '99', utcMs: utcMs(99), basis: 'utc-by-spec' },
      direction: 'incoming',
      state: 0,
      confidence: 'high',
      attachments: [],
      place: { path: 'path 1', offset: 0, unit: 'byte' },
      itemId: '',
      fold: 'identical'
    });
    const mark = { ...markOf(store), messages: 10 };
    const again = new StoreLoader();
    again.lose(1, 'messages');
    for (const { bytes } of [...blocks.slice(1), ...blocksSince(store, mark)]) again.add(bytes);
    const loaded = again.finish();
    expect([loaded.messages.length, loaded.messages.body.at(10), loaded.messages.body.at(5)]).toEqual([11, 'later', 'message 5']);
    expect(loaded.directory.threads.filter(({ key }) => key === 'skein-lost').length).toBe(1);
  });
});
