import { describe, expect, it } from 'vitest';
import type { CaseApi } from '../pipeline/contract.ts';
import type { AuditLine } from '../vault/audit/line.ts';
import { undoOf } from './undo.ts';

const logOf = (...whats: string[]): AuditLine[] =>
  whats.map((what, seq) => ({ seq, prev: '', t: '', op: 'alteration', who: 'DC 4411', what, n: 1, build: 'b' }));

/** What an undo asks of the case. */
async function asked(seq: number, ...whats: string[]): Promise<string> {
  const undo = undoOf(seq, logOf(...whats));
  if (undo === null) return 'nothing';
  let said = '';
  const api = new Proxy({} as CaseApi, {
    get:
      (_, name: string) =>
      (...args: unknown[]) => {
        said = `${name} ${JSON.stringify(args)}`;
        return Promise.resolve();
      }
  });
  await undo(api, 'DI 7');
  return said;
}

describe('undo from the audit log', () => {
  it('takes each kind of step back by its own question', async () => {
    expect(await asked(0, 'zone of times UTC')).toBe('setZone ["Europe/London"]');
    expect(await asked(1, 'zone of times Europe/Paris', 'zone of times UTC')).toBe('setZone ["Europe/Paris"]');
    expect(await asked(0, 'glossary version 3: add')).toBe('changeGlossary [{"kind":"undo","who":"DI 7"}]');
    expect(await asked(0, 'certified translation 2 taken in, SHA-256 ab')).toBe('withdrawIntake [2,"DI 7"]');
    expect(await asked(0, 'attribution 4: attribute')).toBe(
      'changeAttributions [{"kind":"withdraw","number":4,"by":"DI 7","words":"Taken back from the audit log."}]'
    );
    expect(await asked(0, 'persons, decision 5: confirm')).toBe('undoIdentity [5,"DI 7","Taken back from the audit log."]');
  });

  it('takes nothing back twice, and nothing that a later step of its kind stands on', async () => {
    expect(await asked(0, 'zone of times Europe/Paris', 'zone of times UTC')).toBe('nothing');
    expect(await asked(0, 'glossary version 3: add', 'glossary version 4: undo')).toBe('nothing');
    expect(await asked(1, 'glossary version 3: add', 'glossary version 4: undo')).toBe('nothing');
    expect(await asked(0, 'certified translation 2 taken in, SHA-256 ab', 'certified translation 2 withdrawn')).toBe('nothing');
    expect(await asked(0, 'persons, decision 5: confirm', 'persons, decision 5: undo')).toBe('nothing');
    expect(await asked(0, 'attribution 4: attribute', 'attribution 4: withdraw')).toBe('nothing');
    expect(await asked(1, 'attribution 4: attribute', 'attribution 4: withdraw')).toBe('nothing');
    expect(await asked(0, 'persons, decision 5: confirm', 'persons, decision 51: undo')).toMatch('undoIdentity');
  });

  it('takes back no reading, no import and no disclosure', async () => {
    for (const what of ['conversation 3', 'file 0, SHA-256 ab, read as x', 'translation request 1', 'case opened'])
      expect(await asked(0, what)).toBe('nothing');
  });
});
