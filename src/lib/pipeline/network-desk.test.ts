import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const ASKED = { maxNodes: 10, includeCalls: true, seed: 1 };

async function filled(): Promise<CaseSession> {
  const session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper: null, clock: () => 0 });
  const chat = new Blob(['25/09/2025, 10:00 - Ana: hello\n25/09/2025, 10:01 - Bogdan: hello\n']);
  const options = { zone: 'UTC', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
  await session.importFile(chat, 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', options, () => {});
  return session;
}

describe('the network of a case', () => {
  it('names its rule, and ends when it is told to', async () => {
    const session = await filled();
    expect((await session.network({}, ASKED)).rule).toEqual({ id: 'network', version: 1 });
    expect((await session.structure({}, true, () => {})).rule).toEqual({ id: 'structure', version: 1 });
    expect((await session.identitySuggestions(() => {})).rule).toEqual({ id: 'identity', version: 1 });
    const stopped = session.network({}, ASKED);
    await session.cancelNetwork();
    await expect(stopped).rejects.toThrow('stopped');
    expect((await session.network({}, ASKED)).totalEdges).toBe(1);
  });
});
