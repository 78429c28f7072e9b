/** Two cases, on one device and on two: what they find, what is written down, and what is refused. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readExchangeFile, writeExchangeFile } from '../analysis/crosscase/exchange-file.ts';
import { standIn } from '../analysis/crosscase/stand-in.fixture.ts';
import type { Blinder } from '../analysis/crosscase/protocol.ts';
import { ExchangeLog } from '../records/exchange-log.ts';
import { EvidenceStore } from '../evidence/store.ts';
import { caseIdentifiers } from './case-identifiers.ts';
import type { ExchangeAnswer, ExchangeMade } from './crosscase-contract.ts';
import { CrossCaseDesk } from './crosscase-desk.ts';
import { caseOf } from './crosscase.fixture.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const WISH = { purpose: 'Operation HERON, same drivers', from: 'North force, DC 12', scope: 'all' } as const;
const NORTH = ['07700900111', '07700900122', '07700900133', '60777'];
const SOUTH = ['07700900122', '07700900133', '07700900144', '60777', 'MyBank'];
const still = (): void => {};

interface Side {
  readonly desk: CrossCaseDesk;
  readonly log: ExchangeLog;
  readonly notes: string[];
  readonly kept: Uint8Array[];
}

let pairs: CryptoKeyPair[];
let north: EvidenceStore;
let south: EvidenceStore;

beforeAll(async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  pairs = await Promise.all([0, 1].map(() => crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])));
  north = await caseOf('07700900100', NORTH, { '07700900111': 'Mama' });
  south = await caseOf('07700900200', SOUTH, { '07700900144': 'Mama' });
});

function side(
  store: EvidenceStore,
  device: 0 | 1,
  change: { log?: ExchangeLog; isReadOnly?: boolean; blinder?: Blinder } = {}
): Side {
  const notes: string[] = [];
  const kept: Uint8Array[] = [];
  const log = change.log ?? new ExchangeLog();
  const desk = new CrossCaseDesk(store, {
    log,
    clock: () => 1000,
    who: 'DC 12',
    note: async (op, what, n) => void notes.push(`${op} ${n} ${what}`),
    keep: change.isReadOnly === true ? null : async (_, bytes) => void kept.push(bytes.slice()),
    blinder: () => change.blinder ?? standIn,
    pair: async () => pairs[device]!
  });
  return { desk, log, notes, kept };
}

function made(answer: ExchangeAnswer): ExchangeMade {
  if (!answer.ok || answer.file === null) throw new Error(answer.ok ? 'no file' : answer.refusal);
  return answer.file;
}

const keysOf = async ({ desk }: Side): Promise<string[]> => {
  const [row] = await desk.exchanges();
  return (await desk.exchangeLinks(row!.session, 0, 1000)).map(({ key }) => key).sort();
};

describe('identifiers of a case', () => {
  it('are those of its accounts with how often, when and where, and no names, short codes or sender names', () => {
    expect(caseIdentifiers(south).map(({ key, messages, isOwn, files }) => [key, messages, isOwn, files])).toEqual([
      ['number:+447700900122', 1, false, [{ name: '07700900200.xml', count: 1 }]],
      ['number:+447700900133', 1, false, [{ name: '07700900200.xml', count: 1 }]],
      ['number:+447700900144', 1, false, [{ name: '07700900200.xml', count: 1 }]],
      ['number:+447700900200', 5, true, [{ name: '07700900200.xml', count: 5 }]]
    ]);
    const first = caseIdentifiers(south).find(({ key }) => key.endsWith('133'));
    expect(first).toMatchObject({ firstMs: Date.UTC(2025, 8, 2), lastMs: Date.UTC(2025, 8, 2), contacts: 0, calls: 0 });
  });

  it('are those of finished imports alone while another is under way', async () => {
    const session = new CaseSession({
      store: new EvidenceStore(),
      translations: new Translations(),
      keeper: null,
      clock: () => 0
    });
    const take = (name: string, numbers: readonly string[], look: () => void): Promise<unknown> => {
      const lines = numbers.map(
        (n) => `<sms protocol="0" address="${n}" date="1758700000000" type="1" body="ok" read="1" status="-1" />`
      );
      const file = new Blob([
        `<?xml version='1.0' encoding='UTF-8' ?>\n<smses count="${lines.length}">\n${lines.join('\n')}\n</smses>\n`
      ]);
      const options = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: '' } };
      return session.importFile(file, name, 'sms-backup-xml', options, look);
    };
    await take('first.xml', ['07700900111'], () => {});
    const before = caseIdentifiers(session.store);
    const { desk } = side(session.store, 0);
    // What is counted, and whether that is said, each time that the import tells how far it is.
    const during: [string, boolean][] = [];
    const many = Array.from({ length: 3000 }, (_, i) => `0770090${String(1000 + i)}`);
    await take('second.xml', many, () => {
      if (!session.store.hasUnfinished) return;
      const { unfinished } = desk.compared('other', 'Other', { identifiers: 0, hasUnfinished: false, uses: [] });
      during.push([JSON.stringify(caseIdentifiers(session.store)), unfinished.here]);
    });
    expect(during.length).toBeGreaterThan(0);
    expect(during).toEqual(during.map(() => [JSON.stringify(before), true]));
    expect(session.store.hasUnfinished).toBe(false);
    expect(caseIdentifiers(session.store).length).toBeGreaterThan(before.length);
  });

  it('of a case without files are none', () => {
    expect(caseIdentifiers(new EvidenceStore())).toEqual([]);
  });
});

describe('two cases on one device', () => {
  it('have links with both sides of each, kept until the comparison is closed', async () => {
    const { desk, kept } = side(north, 0);
    const uses = caseIdentifiers(south).map(({ key, ...use }) => ({ key, use }));
    expect(desk.compared('south', 'South', { identifiers: uses.length, hasUnfinished: true, uses })).toEqual({
      caseId: 'south',
      label: 'South',
      links: 2,
      here: 4,
      there: 4,
      // South was being imported into: what it had before was compared, and that is said.
      unfinished: { here: false, there: true }
    });
    const links = await desk.links('south', 0, 10);
    expect(links.map(({ key, here, there }) => [key, here.messages, there?.messages])).toEqual([
      ['number:+447700900122', 1, 1],
      ['number:+447700900133', 1, 1]
    ]);
    await desk.closeComparison('south');
    expect(await desk.comparisons()).toEqual([]);
    expect(await desk.links('south', 0, 10)).toEqual([]);
    expect(kept).toEqual([]);
  });
});

describe('two cases on two devices', () => {
  it('find the same links, with the purpose written down before anything else', async () => {
    const [asking, answering] = [side(north, 0), side(south, 1)];
    const request = made(await asking.desk.requestExchange(WISH, still));
    expect(await answering.desk.openExchangeFile(request.bytes)).toMatchObject({
      ok: true,
      kind: 'request',
      from: WISH.from,
      purpose: WISH.purpose,
      points: 256
    });
    const answer = made(await answering.desk.answerExchange(request.bytes, { ...WISH, from: 'South' }, still));
    const result = made(await asking.desk.finishExchange(answer.bytes, still));
    expect(await answering.desk.finishExchange(result.bytes, still)).toMatchObject({ ok: true, file: null, row: { links: 2 } });
    const both = ['number:+447700900122', 'number:+447700900133'];
    expect([await keysOf(asking), await keysOf(answering)]).toEqual([both, both]);
    for (const { notes } of [asking, answering]) {
      expect(notes[0]).toMatch(/^combination 4 comparison [\da-f]{8} with a case on another device, .*purpose: Operation HERON/);
      expect(notes.filter((note) => note.startsWith('combination 2 '))).toHaveLength(1);
      expect(notes.some((note) => note.startsWith('disclosure 1 '))).toBe(true);
    }
  });

  it('go on after a stop from what was kept', async () => {
    const first = side(north, 0);
    const answering = side(south, 1);
    const request = made(await first.desk.requestExchange(WISH, still));
    const answer = made(await answering.desk.answerExchange(request.bytes, WISH, still));
    const reopened = (kept: readonly Uint8Array[]): ExchangeLog => {
      const saved = new SavedCase();
      for (const bytes of kept) saved.add('exchanges', bytes);
      return saved.finish().exchanges;
    };
    const asking = side(north, 0, { log: reopened(first.kept) });
    const result = made(await asking.desk.finishExchange(answer.bytes, still));
    const later = side(south, 1, { log: reopened(answering.kept) });
    await later.desk.finishExchange(result.bytes, still);
    expect(await keysOf(asking)).toEqual(await keysOf(later));
    const done = side(north, 0, { log: reopened([...first.kept, ...asking.kept]) });
    expect(await done.desk.exchanges()).toMatchObject([{ role: 'request', state: 'done', links: 2 }]);
  });

  it('find the plain intersection of any two sets', async () => {
    const numbers = fc.uniqueArray(
      fc.integer({ min: 100, max: 199 }).map((n) => `07700900${n}`),
      { minLength: 1, maxLength: 12 }
    );
    await fc.assert(
      fc.asyncProperty(numbers, numbers, async (a, b) => {
        const [asking, answering] = [side(await caseOf('07700900900', a), 0), side(await caseOf('07700900901', b), 1)];
        const request = made(await asking.desk.requestExchange(WISH, still));
        const answer = made(await answering.desk.answerExchange(request.bytes, WISH, still));
        await asking.desk.finishExchange(answer.bytes, still);
        expect(await keysOf(asking)).toEqual(
          a
            .filter((n) => b.includes(n))
            .map((n) => `number:+44${n.slice(1)}`)
            .sort()
        );
      }),
      { numRuns: 12 }
    );
  });

  it('refuse a step out of turn, another exchange, another device and a repeated file', async () => {
    const [asking, answering, stranger] = [side(north, 0), side(south, 1), side(south, 1)];
    const request = made(await asking.desk.requestExchange(WISH, still));
    const refusal = async (what: Promise<ExchangeAnswer>): Promise<string> => {
      const answer = await what;
      return answer.ok ? 'none' : answer.refusal;
    };
    // One's own request, and a request where an answer is waited for.
    expect(await refusal(asking.desk.answerExchange(request.bytes, WISH, still))).toBe('wrong-step');
    expect(await refusal(asking.desk.finishExchange(request.bytes, still))).toBe('wrong-step');
    const answer = made(await answering.desk.answerExchange(request.bytes, WISH, still));
    expect(await refusal(answering.desk.answerExchange(request.bytes, WISH, still))).toBe('wrong-step');
    expect(await refusal(answering.desk.finishExchange(answer.bytes, still))).toBe('wrong-step');
    expect(await refusal(answering.desk.answerExchange(answer.bytes, WISH, still))).toBe('wrong-step');
    expect(await refusal(stranger.desk.finishExchange(answer.bytes, still))).toBe('unknown-exchange');
    const read = await readExchangeFile(answer.bytes);
    if (!read.ok) throw new Error(read.fault);
    const elsewhere = await writeExchangeFile({ ...read.file, previous: new Uint8Array(32) }, pairs[1]!);
    expect(await refusal(asking.desk.finishExchange(elsewhere, still))).toBe('does-not-follow');
    const result = made(await asking.desk.finishExchange(answer.bytes, still));
    expect(await refusal(asking.desk.finishExchange(answer.bytes, still))).toBe('wrong-step');
    const last = await readExchangeFile(result.bytes);
    if (!last.ok) throw new Error(last.fault);
    const resigned = await writeExchangeFile(last.file, pairs[1]!);
    expect(await refusal(answering.desk.finishExchange(resigned, still))).toBe('another-device');
    const damaged = result.bytes.slice();
    damaged[1000]! ^= 1;
    expect(await refusal(answering.desk.finishExchange(damaged, still))).toBe('changed');
    expect(await refusal(answering.desk.finishExchange(result.bytes, still))).toBe('none');
  });

  it('refuse a value that is no element of the group', async () => {
    const malformed: Blinder = {
      ...standIn,
      raise: () => Promise.reject(Object.assign(new Error('bad'), { name: 'MalformedPoint' }))
    };
    const request = made(await side(north, 0).desk.requestExchange(WISH, still));
    const answering = side(south, 1, { blinder: malformed });
    expect(await answering.desk.answerExchange(request.bytes, WISH, still)).toEqual({ ok: false, refusal: 'malformed-point' });
    expect(answering.kept).toEqual([]);
  });

  it('begin nothing in a window that only reads, and nothing without identifiers', async () => {
    const reading = side(north, 0, { isReadOnly: true });
    expect(await reading.desk.requestExchange(WISH, still)).toEqual({ ok: false, refusal: 'read-only' });
    expect(reading.notes).toEqual([]);
    expect(await side(new EvidenceStore(), 0).desk.requestExchange(WISH, still)).toEqual({
      ok: false,
      refusal: 'nothing-to-compare'
    });
  });

  it('hand nothing out that was stopped, or that the log could not hold', async () => {
    const stopped = side(north, 0);
    const request = stopped.desk.requestExchange(WISH, still);
    await stopped.desk.cancelCrossCase();
    await expect(request).rejects.toThrow('stopped');
    expect(stopped.kept).toEqual([]);
    const full = new CrossCaseDesk(north, {
      log: new ExchangeLog(),
      clock: () => 1,
      who: '',
      note: () => Promise.reject(new Error('the disk is full')),
      keep: async () => {},
      blinder: () => standIn,
      pair: async () => pairs[0]!
    });
    await expect(full.requestExchange(WISH, still)).rejects.toThrow('the disk is full');
  });
});
