import { describe, expect, it } from 'vitest';
import type { AuditLine } from '../vault/audit/line.ts';
import { backupStanding } from './case-files.ts';

const line = (op: AuditLine['op'], what: string, t: string): AuditLine => ({
  seq: 0,
  prev: '',
  t,
  op,
  who: 'DC 4411',
  what,
  n: 1,
  build: 'b'
});
const FILE = `case file of the whole case: read back, SHA-256 ${'ab'.repeat(32)}`;

describe('when a case file was last made', () => {
  it('is what the audit log says, and imports after it are in none', () => {
    const log = [
      line('collection', 'file 0', '2026-03-02T09:00:00.000Z'),
      line('disclosure', 'case file of the whole case: begun', '2026-03-02T10:00:00.000Z'),
      line('disclosure', FILE, '2026-03-02T10:01:00.000Z'),
      line('collection', 'file 1', '2026-03-02T11:00:00.000Z')
    ];
    expect(backupStanding(log)).toEqual({ lastAtMs: Date.UTC(2026, 2, 2, 10, 1), importsSince: 1 });
    expect(backupStanding(log.slice(0, 2))).toEqual({ lastAtMs: null, importsSince: 1 });
    expect(backupStanding([])).toEqual({ lastAtMs: null, importsSince: 0 });
  });

  it('is no file of a part and none that was not read back; a reason behind the line changes nothing', () => {
    const part = line('disclosure', `case file of a subset: read back, SHA-256 ${'ab'.repeat(32)}`, '2026-03-02T10:01:00.000Z');
    expect(backupStanding([part]).lastAtMs).toBeNull();
    const reasoned = line('disclosure', `${FILE}; reason: end of the day`, '2026-03-02T10:01:00.000Z');
    expect(backupStanding([reasoned]).lastAtMs).toBe(Date.UTC(2026, 2, 2, 10, 1));
  });
});
