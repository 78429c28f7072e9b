/** Attributions of handsets and numbers, through the session that views ask: refusals, withdrawal, reopening. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import type { AttributeRequest, AttributionAnswer, AttributionRow } from './attribution-contract.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
const CLOCK_MS = Date.UTC(2025, 10, 25, 12);
const CHAT = '25/09/2025, 10:00 - Ana: hello\n25/09/2025, 10:01 - Bogdan: hello\n';
const HANDSET = { kind: 'handset', text: '35000000000001', service: '' } as const;

interface Kept {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

async function caseWith(
  kept: Kept[] = [],
  put = async (kind: string, bytes: Uint8Array): Promise<void> => void kept.push({ kind, bytes: bytes.slice() })
): Promise<CaseSession> {
  const session = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: { put },
    clock: () => CLOCK_MS
  });
  await session.importFile(new Blob([CHAT]), 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', OPTIONS, () => {});
  return session;
}

function reopened(kept: readonly Kept[]): CaseSession {
  const saved = new SavedCase();
  for (const { kind, bytes } of kept) saved.add(kind, bytes);
  return new CaseSession({ ...saved.finish(), keeper: null, clock: () => CLOCK_MS });
}

const request = (more: Partial<AttributeRequest> = {}): AttributeRequest => ({
  kind: 'attribute',
  thing: HANDSET,
  person: { words: 'Rosa M' },
  fromMs: null,
  untilMs: null,
  source: 'custody record',
  by: 'DC 4411',
  ...more
});

async function made(session: CaseSession, more: Partial<AttributeRequest> = {}): Promise<AttributionRow> {
  const answer = await session.changeAttributions(request(more));
  if (!answer.ok) throw new Error(answer.fault);
  return answer.row;
}
async function refusal(
  session: CaseSession,
  more: Partial<AttributeRequest>
): Promise<Extract<AttributionAnswer, { ok: false }>> {
  const answer = await session.changeAttributions(request(more));
  if (answer.ok) throw new Error('not refused');
  return answer;
}
const partyOf = async (session: CaseSession, label: string): Promise<number> =>
  (await session.parties({})).find((row) => row.label === label)?.id ?? -1;

describe('attributions', () => {
  it('stand with who, when, from, until and by what source, as one line each', async () => {
    const session = await caseWith();
    const row = await made(session, {
      person: { words: '  Rosa\u202e M ' },
      source: 'exhibit AB/1,\nbox label',
      fromMs: 10,
      by: ' DC 4411 '
    });
    const said = { thing: HANDSET, name: 'Rosa M', party: null, source: 'exhibit AB/1, box label', fromMs: 10, untilMs: null };
    expect(row).toEqual({ number: 1, ...said, madeAtMs: CLOCK_MS, madeBy: 'DC 4411', withdrawn: null });
    expect(await session.attributions()).toEqual([row]);
  });

  it('name an account of the case by what it was called, and the person that it counts as', async () => {
    const session = await caseWith();
    const ana = await partyOf(session, 'Ana');
    expect(await made(session, { person: { party: ana } })).toMatchObject({ party: ana, name: 'Ana (+447700900100)' });
    expect(await refusal(session, { person: { party: 999 } })).toEqual({ ok: false, fault: 'person-unknown', row: null });
  });

  it('are refused for a moment at which the thing is somebody else’s, who is named', async () => {
    const session = await caseWith();
    const rosa = await made(session, { fromMs: 10, untilMs: 20 });
    const other = { person: { words: 'Ilie' } } as const;
    for (const span of [
      { fromMs: null, untilMs: null },
      { fromMs: 19, untilMs: 30 },
      { fromMs: null, untilMs: 11 },
      { fromMs: 12, untilMs: 13 }
    ])
      expect(await refusal(session, { ...other, ...span })).toEqual({ ok: false, fault: 'attributed-otherwise', row: rosa });
    // The same words, an account of that name, another thing, and a time before or after.
    expect(await made(session, { person: { words: 'ROSA M' }, source: 'exhibit AB/1' })).toMatchObject({ number: 2 });
    expect(await refusal(session, { person: { party: await partyOf(session, 'Ana') }, fromMs: 15 })).toMatchObject({
      fault: 'attributed-otherwise'
    });
    expect(await made(session, { ...other, thing: { ...HANDSET, text: '35000000000002' } })).toMatchObject({ number: 3 });
    await session.changeAttributions({ kind: 'withdraw', number: 2, by: 'DS 1', words: '' });
    expect(await made(session, { ...other, fromMs: 20 })).toMatchObject({ number: 4 });
    expect(await made(session, { ...other, untilMs: 10 })).toMatchObject({ number: 5 });
  });

  it('count no longer once withdrawn, stay listed, and are withdrawn once', async () => {
    const session = await caseWith();
    await made(session);
    const undo = { kind: 'withdraw', number: 1, by: 'DS 1', words: 'wrong box' } as const;
    expect(await session.changeAttributions({ ...undo, by: ' ' })).toMatchObject({ ok: false, fault: 'who-missing' });
    expect(await session.changeAttributions(undo)).toMatchObject({ ok: true, row: { withdrawn: { by: 'DS 1' } } });
    await expect(session.changeAttributions(undo)).rejects.toThrow(RangeError);
    await expect(session.changeAttributions({ ...undo, number: 7 })).rejects.toThrow(RangeError);
    await made(session, { person: { words: 'Ilie' } });
    expect(await session.attributions()).toMatchObject([
      { number: 2, name: 'Ilie', withdrawn: null },
      { number: 1, name: 'Rosa M', withdrawn: { atMs: CLOCK_MS, by: 'DS 1', words: 'wrong box' } }
    ]);
  });

  it('say what is missing', async () => {
    const session = await caseWith();
    const faultOf = async (more: Partial<AttributeRequest>): Promise<string> => (await refusal(session, more)).fault;
    expect(await faultOf({ by: ' \u200b' })).toBe('who-missing');
    expect(await faultOf({ person: { words: ' ' } })).toBe('person-missing');
    expect(await faultOf({ source: '' })).toBe('source-missing');
    expect(await faultOf({ source: 'a'.repeat(501) })).toBe('too-long');
    expect(await faultOf({ person: { words: 'a'.repeat(201) } })).toBe('too-long');
    expect(await faultOf({ fromMs: 5, untilMs: 5 })).toBe('span-empty');
    expect(await faultOf({ fromMs: Number.NaN })).toBe('span-empty');
    expect(await session.attributions()).toEqual([]);
  });

  it('come back at opening, also without the block of the import that brought the account', async () => {
    const kept: Kept[] = [];
    const session = await caseWith(kept);
    const bogdan = await partyOf(session, 'Bogdan');
    await made(session, { person: { party: bogdan }, untilMs: 40 });
    await made(session, { person: { words: 'Rosa M' }, fromMs: 40 });
    await session.changeAttributions({ kind: 'withdraw', number: 2, by: 'DS 1', words: 'box' });
    expect(kept.filter(({ kind }) => kind === 'attributions')).toHaveLength(3);
    const again = reopened(kept);
    expect(await again.attributions()).toEqual(await session.attributions());
    expect(await refusal(again, { fromMs: 39 })).toMatchObject({ row: { number: 1 } });
    const notes = reopened(kept.filter(({ kind }) => kind === 'attributions'));
    expect((await notes.attributions()).map(({ name }) => name)).toEqual(['Rosa M', 'Bogdan']);
  });

  it('do not count where they could not be kept', async () => {
    let isFull = false;
    const session = await caseWith([], async () => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
    });
    isFull = true;
    await expect(session.changeAttributions(request())).rejects.toThrow('full');
    expect(await session.attributions()).toEqual([]);
    isFull = false;
    expect(await made(session, { person: { words: 'Ilie' } })).toMatchObject({ number: 1 });
  });

  it('change no lane and no count, and stay behind when a part goes to another officer', async () => {
    const session = await caseWith();
    const lanes = async (): Promise<unknown> => ({ ...(await session.useLanes(() => {})), elapsed_ms: 0 });
    const before = [await lanes(), await session.parties({}), await session.overview()];
    await made(session, {
      person: { party: await partyOf(session, 'Ana') },
      thing: { ...HANDSET, kind: 'number', text: '+447700900100' }
    });
    expect([await lanes(), await session.parties({}), await session.overview()]).toEqual(before);
    const origin = { rule: '', filter: {}, messages: 2, ofMessages: 2, fromLabel: '', madeBy: '', madeAtMs: 0, auditRoot: '' };
    const part = [...session.subsetBlocks(Uint32Array.of(0, 1), { kind: 'subset', ...origin })];
    expect(part.length).toBeGreaterThan(2);
    expect(part.map(({ kind }) => kind)).not.toContain('attributions');
  });

  it('never give one thing to two persons for one moment, under any requests, and are the same when read again', async () => {
    const end = fc.option(fc.integer({ min: 0, max: 9 }));
    const command = fc.oneof(
      { weight: 4, arbitrary: fc.record({ who: fc.constantFrom('a', 'b', 0, 1), what: fc.nat(1), fromMs: end, untilMs: end }) },
      { weight: 1, arbitrary: fc.record({ withdraw: fc.integer({ min: 1, max: 12 }) }) }
    );
    const whoHas = (rows: readonly AttributionRow[], text: string, at: number): Set<string> =>
      new Set(
        rows
          .filter(({ withdrawn, thing }) => withdrawn === null && thing.text === text)
          .filter(({ fromMs, untilMs }) => (fromMs ?? -1) <= at && at < (untilMs ?? 99))
          .map(({ name }) => name)
      );
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 25 }), async (commands) => {
        const kept: Kept[] = [];
        const session = await caseWith(kept);
        // All at once: what is checked must still hold when it is written.
        const answers = await Promise.allSettled(
          commands.map((one) =>
            'withdraw' in one
              ? session.changeAttributions({ kind: 'withdraw', number: one.withdraw, by: 'DS 1', words: '' })
              : session.changeAttributions(
                  request({
                    ...one,
                    person: typeof one.who === 'string' ? { words: one.who } : { party: one.who },
                    thing: { ...HANDSET, text: String(one.what) }
                  })
                )
          )
        );
        for (const answer of answers)
          if (answer.status === 'fulfilled' && !answer.value.ok && answer.value.fault === 'attributed-otherwise') refused++;
        const rows = await session.attributions();
        expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
        for (const text of ['0', '1']) for (let at = 0; at < 10; at++) expect(whoHas(rows, text, at).size).toBeLessThanOrEqual(1);
        expect(await reopened(kept).attributions()).toEqual(rows);
      }),
      { numRuns: 60 }
    );
    expect(refused).toBeGreaterThan(20);
  });
});
