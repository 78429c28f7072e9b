/** History of a message and dated membership, as every format's own fixtures hold them. */
import { describe, expect, it } from 'vitest';
import { FORMAT_FIXTURES } from '../../../tests/fixtures/all-formats.ts';
import { textInput } from '../../../tests/fixtures/whatsapp.ts';
import { MessageState } from '../evidence/records.ts';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

async function sessionOf(formatId: string): Promise<CaseSession> {
  const session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper: null, clock: () => 0 });
  for (const { format, options, input } of FORMAT_FIXTURES.filter((fixture) => fixture.format === formatId)) {
    const { blob, name } = await input();
    await session.importFile(blob, name, format, options, () => {});
  }
  return session;
}

async function fieldsOf(session: CaseSession): Promise<string[]> {
  const { setId, total } = await session.filter({});
  const rows = await session.rows(setId, 'time', 0, total);
  const details = await Promise.all(rows.map(({ id }) => session.message(id)));
  return details.flatMap((detail) => detail!.fields.map(({ name, value }) => `${name}: ${value}`));
}

describe('what files say of a message beside its text', () => {
  it.each([
    ['whatsapp-db', /^(in reply to|reaction): /, MessageState.edited],
    ['telegram-json', /reply_to_message_id/, MessageState.edited],
    ['signal-json', /quote|reaction|revision/i, MessageState.edited],
    ['discord-json', /reaction/i, MessageState.edited],
    ['meta-json', /reaction/i, 0]
  ] as const)('stands with it: %s', async (format, field, state) => {
    const session = await sessionOf(format);
    const fields = await fieldsOf(session);
    expect(fields.filter((one) => field.test(one)).length, fields.slice(0, 20).join(' | ')).toBeGreaterThan(0);
    if (state !== 0) expect((await session.filter({ states: state })).total).toBeGreaterThan(0);
  });

  it('holds reactions that stand in a table of their own', async () => {
    const fields = await fieldsOf(await sessionOf('whatsapp-db'));
    expect(fields.some((one) => one.startsWith('reaction: '))).toBe(true);
  });

  it('is nothing where the file says nothing', async () => {
    expect(await fieldsOf(await sessionOf('vcard'))).toEqual([]);
  });
});

const CHAT = `26/10/2025, 00:40 - Dan created group "Casa 14"
26/10/2025, 00:50 - Dan: before the clocks
26/10/2025, 01:30 - Ana: in the hour that comes twice
28/10/2025, 09:00 - Dan: after
28/10/2025, 09:01 - Dan removed Ana
`;
const LONDON: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: null };

describe('a conversation', () => {
  it('names its members with the days on which they wrote, and flags the hour that comes twice', async () => {
    const session = new CaseSession({
      store: new EvidenceStore(),
      translations: new Translations(),
      keeper: null,
      clock: () => 0
    });
    const { blob, name } = textInput('WhatsApp Chat with Casa 14.txt', CHAT);
    await session.importFile(blob, name, 'whatsapp-text', LONDON, () => {});
    const { setId, total } = await session.filter({});
    const rows = await session.rows(setId, 'time', 0, total);
    const twice = rows.find(({ body }) => body.includes('comes twice'))!;
    expect(twice.timeAmbiguous).toBe(true);
    expect(rows.filter(({ timeAmbiguous }) => timeAmbiguous)).toHaveLength(1);
    expect((await session.filter({ states: MessageState.timeAmbiguous })).total).toBe(1);
    const members = (await session.message(twice.id))!.members;
    const day = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString().slice(0, 10));
    expect(members.map(({ label, written, firstMs, lastMs }) => [label, written, day(firstMs), day(lastMs)])).toEqual(
      expect.arrayContaining([
        ['Dan', 2, '2025-10-25', '2025-10-28'],
        ['Ana', 1, '2025-10-26', '2025-10-26']
      ])
    );
    // Who came and went stands as lines of the app in the conversation itself.
    expect(rows.filter(({ state }) => (state & MessageState.system) !== 0).map(({ body }) => body)).toEqual([
      'Dan created group "Casa 14"',
      'Dan removed Ana'
    ]);
  });
});
