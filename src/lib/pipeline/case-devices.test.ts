import { describe, expect, it } from 'vitest';
import { packBlock } from '../evidence/blocks.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';

describe('a case whose closing block was lost', () => {
  it('still filters: its files are devices of which nobody knows the owner', async () => {
    const blocks: { kind: string; bytes: Uint8Array }[] = [];
    const keeper = { put: async (kind: string, bytes: Uint8Array) => void blocks.push({ kind, bytes }) };
    const empty = new SavedCase().finish();
    const session = new CaseSession({ ...empty, keeper, clock: () => 0 });
    for (const name of ['Dan', 'Eva']) {
      const file = new Blob([`25/09/2025, 10:00 - Ana: salut ${name}\n25/09/2025, 10:01 - ${name}: banii\n`]);
      const options = { zone: 'Europe/London', region: 'GB', owner: null };
      await session.importFile(file, `WhatsApp Chat with ${name}.txt`, 'whatsapp-text', options, () => {});
    }
    const saved = new SavedCase();
    saved.add('begin', packBlock('begin', {}, {}));
    for (const [i, { kind, bytes }] of blocks.entries())
      if (kind === 'directory' && i < blocks.length - 1) saved.lose(i + 1, kind);
      else saved.add(kind, bytes);
    const opened = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
    expect((await opened.filter({ text: 'banii' })).total).toBe(2);
    expect((await opened.overview()).sources.map(({ name }) => name)).toContain('skein-lost-0');
  });
});
