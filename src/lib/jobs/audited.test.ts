import { describe, expect, it } from 'vitest';
import type { CaseApi, MessageRow } from '../pipeline/contract.ts';
import { AUDIT_RULES, audited, type AuditSink } from './audited.ts';

interface Said {
  readonly lines: string[];
  readonly sink: AuditSink;
  isFull: boolean;
}

function listener(): Said {
  const said: Said = {
    lines: [],
    isFull: false,
    sink: {
      note: async (op, what, n) => {
        if (said.isFull) throw new DOMException('full', 'QuotaExceededError');
        said.lines.push(`${op}: ${what} ${n}`);
      },
      group: (op, what, n) => void said.lines.push(`${op}, grouped: ${what} ${n}`)
    }
  };
  return said;
}

/** A case whose questions answer what they are told to. */
function answering(answers: Partial<Record<keyof CaseApi, unknown>>): CaseApi {
  const all = Object.keys(AUDIT_RULES).map((name) => [name, async () => answers[name as keyof CaseApi]]);
  return Object.fromEntries(all) as CaseApi;
}

const SUM = { kept: 7 };
const SOURCE = { id: 2, sha256Hex: 'ab', formatId: 'phone-csv' };
const inThread = (threadId: number): Pick<MessageRow, 'threadId'> => ({ threadId });

/** One step of each operation of section 62 that happens in an open case; erasure is the vault's own, tested there. */
const STEPS: readonly (readonly [
  question: keyof CaseApi,
  args: readonly unknown[],
  answer: unknown,
  lines: readonly string[]
])[] = [
  ['importFile', [], { source: SOURCE, sum: SUM }, ['collection: file 2, SHA-256 ab, read as phone-csv 7']],
  ['importFile', [], { source: null, sum: SUM }, []],
  ['setZone', ['UTC'], undefined, ['alteration: zone of times UTC 1']],
  ['takeIn', [], { number: 1, lines: 4, fileSha256Hex: 'cd' }, ['alteration: certified translation 1 taken in, SHA-256 cd 4']],
  ['storeTranslations', [[{ text: 'a' }, { text: null }]], undefined, ['alteration, grouped: machine translations 1']],
  ['changeGlossary', [{ kind: 'add' }], { fault: null, view: { version: 3 } }, ['alteration: glossary version 3: add 1']],
  ['changeGlossary', [{ kind: 'add' }], { fault: 'empty', view: { version: 3 } }, []],
  [
    'changeTags',
    [{ kind: 'put' }],
    { fault: null, step: { version: 4, tag: 2, messages: 12 } },
    ['alteration: tags version 4: put, tag 2 12']
  ],
  [
    'changeTags',
    [{ kind: 'make' }],
    { fault: null, step: { version: 1, tag: 1, messages: 0 } },
    ['alteration: tags version 1: make, tag 1 1']
  ],
  ['changeAttributions', [{ kind: 'attribute' }], { ok: true, row: { number: 3 } }, ['combination: attribution 3: attribute 1']],
  ['changeAttributions', [{ kind: 'attribute' }], { ok: false, fault: 'span-empty', row: null }, []],
  ['changeTags', [{ kind: 'undo' }], { fault: 'nothing-to-undo', step: null }, []],
  [
    'rows',
    [],
    [inThread(4), inThread(9), inThread(4)],
    ['consultation, grouped: conversation 4 2', 'consultation, grouped: conversation 9 1']
  ],
  ['message', [4], inThread(4), ['consultation, grouped: conversation 4 1']],
  ['message', [4], null, []],
  ['filter', [{ text: 'gara' }], { total: 12 }, ['consultation, grouped: search 12']],
  ['filter', [{}], { total: 12 }, []],
  ['makeRequest', [], { number: 3, files: [1, 2] }, ['disclosure: translation request 3 2']],
  [
    'decideIdentity',
    [{ kind: 'confirm' }],
    { ok: true, decision: { number: 5 } },
    ['combination: persons, decision 5: confirm 1']
  ],
  ['decideIdentity', [{ kind: 'confirm' }], { ok: false }, []],
  ['undoIdentity', [5], undefined, ['combination: persons, decision 5: undo 1']]
];

describe('the audit log of an open case', () => {
  it.each(STEPS)('says of %s %j', async (question, args, answer, lines) => {
    const said = listener();
    const ask = audited(answering({ [question]: answer }), () => said.sink)[question] as (...args: unknown[]) => Promise<unknown>;
    expect(await ask(...args)).toBe(answer);
    expect(said.lines).toEqual(lines);
  });

  it('knows five operations here: with the vault’s erasure they are the six of the Act', () => {
    const operations = new Set(STEPS.flatMap(([, , , lines]) => lines.map((line) => line.split(/[,:]/)[0])));
    expect([...operations].sort()).toEqual(['alteration', 'collection', 'combination', 'consultation', 'disclosure']);
  });

  it('stops a disclosure that it cannot write down; what was done otherwise waits for the disk', async () => {
    const said = listener();
    said.isFull = true;
    const api = audited(answering({ makeRequest: { number: 3, files: [1] }, setZone: undefined }), () => said.sink);
    await expect(api.makeRequest({} as never, {} as never)).rejects.toThrow('full');
    await api.setZone('UTC');
    expect(said.lines).toEqual(['alteration, grouped: zone of times UTC 1']);
  });

  it('says nothing of a question that failed', async () => {
    const said = listener();
    const failing = { ...answering({}), setZone: () => Promise.reject(new RangeError('no zone')) };
    await expect(audited(failing, () => said.sink).setZone('nowhere')).rejects.toThrow('no zone');
    expect(said.lines).toEqual([]);
  });
});
