import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KIK, SKYPE, VIBER } from '../../../../tests/fixtures/app-dbs.ts';
import { bytesInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { databaseOf, type Cell, type DatabaseRecipe } from '../../../../tests/fixtures/sqlite.ts';
import { MessageState } from '../../evidence/records.ts';
import { kikDb } from '../kik-db/index.ts';
import { recognise } from '../recognise.ts';
import { viberDb } from '../viber-db/index.ts';
import { skypeDb } from '../skype-db/index.ts';
import { messageText } from '../skype-db/message-text.ts';

const OPTIONS = { zone: null, region: 'GB', owner: { identifier: '07700900118', name: '' } } as const;
const FORMATS = [
  [kikDb, KIK],
  [skypeDb, SKYPE],
  [viberDb, VIBER]
] as const;

describe('messageText', () => {
  it.each([
    ['a &lt;b&gt; &amp;amp; &#233;&#xe9;', 'a <b> &amp; éé'],
    ['<quote author="x"><legacyquote>[1] x: </legacyquote>da</quote>\nnu', '[1] x: da\nnu'],
    ['one<br/>two', 'one\ntwo'],
    ['<sms><body><chunk id="0">vin</chunk><chunk id="1"> la 6</chunk></body><price>1</price></sms>', 'vin la 6'],
    ['1 < 2 &nosuch; &#0;', '1 < 2 &nosuch; &#0;']
  ])('%s', (xml, text) => expect(messageText(xml)).toBe(text));
});

describe('databases of apps', () => {
  it.each(FORMATS.map(([format, recipe]) => [format.id, recipe] as const))(
    '%s is recognised by its tables',
    async (id, recipe) => {
      const { bytes } = await databaseOf(recipe);
      expect((await recognise(bytesInput('file.bin', bytes), NO_ABORT)).recognised?.format.id).toBe(id);
    }
  );

  it('Kik: a chat, a group, a card, and what happened to the group', async () => {
    const sink = await readInto(kikDb, bytesInput('kik.sqlite', (await databaseOf(KIK)).bytes), OPTIONS);
    expect(
      sink.messages.map(({ thread, from, direction, body, attachments, state }) => [
        thread.name,
        thread.isGroup,
        from?.name,
        direction,
        body,
        attachments.length,
        (state & MessageState.system) !== 0
      ])
    ).toEqual([
      ['Ana', false, 'Ana', 'incoming', 'vii maine?', 0, false],
      ['Ana', false, undefined, 'outgoing', 'da', 0, false],
      ['House', true, undefined, 'unknown', 'You started a group', 0, true],
      ['House', true, 'Dan', 'incoming', '', 1, false],
      ['House', true, undefined, 'outgoing', 'ok', 0, false]
    ]);
    expect(sink.messages[0]?.time.utcMs).toBe(Date.UTC(2024, 2, 1, 18, 0, 0, 500));
    expect(sink.messages[3]?.thread.members.map(({ name }) => name)).toEqual(['Ana', 'Dan']);
    expect([sink.contacts.length, sink.sum.refused]).toEqual([2, 2]);
  });

  it('Skype: edits, deletions, links, a text message, calls and a file', async () => {
    const sink = await readInto(skypeDb, bytesInput('main.db', (await databaseOf(SKYPE)).bytes), { ...OPTIONS, owner: null });
    expect(
      sink.messages.map(({ body, direction, thread, to }) => [body, direction, thread.name, thread.isGroup, to[0]?.e164])
    ).toEqual([
      ['gata', 'outgoing', undefined, false, '+447700900125'],
      ["it's https://example.org/?a=1&b=2", 'incoming', 'Ana', false, undefined],
      ['da', 'outgoing', 'Ana', false, undefined],
      ['', 'incoming', 'House', true, undefined],
      ['vin la 6', 'outgoing', 'Ana', false, '+447700900124'],
      ['', 'outgoing', 'House', true, undefined]
    ]);
    const has = (at: number, bit: number): boolean => ((sink.messages[at]?.state ?? 0) & bit) !== 0;
    expect([has(2, MessageState.edited), has(3, MessageState.tombstone), has(5, MessageState.system)]).toEqual([
      true,
      true,
      true
    ]);
    // The message that shows a text keeps a time of its own, here beyond any; the text's is told.
    expect(sink.messages[4]?.time.utcMs).toBe(1_709_316_180_000);
    expect(
      sink.calls.map(({ direction, outcome, duration_s, to }) => [direction, outcome, duration_s, to[0]?.identifier])
    ).toEqual([
      ['outgoing', 'answered', 65, 'ana.p'],
      ['incoming', 'missed', null, 'vitor.b']
    ]);
    expect(sink.generics.find(({ type }) => type === 'File transfer')?.fields).toContainEqual(['filename', 'list.pdf']);
    expect(sink.accounts).toMatchObject([{ isOwner: true, account: { identifier: 'vitor.b' } }]);
  });

  it('Viber: calls by number with the names of the phone book', async () => {
    const sink = await readInto(viberDb, bytesInput('viber_data', (await databaseOf(VIBER)).bytes), OPTIONS);
    expect(
      sink.calls.map(({ direction, outcome, isVideo, duration_s, from, to }) => [
        direction,
        outcome,
        isVideo,
        duration_s,
        (direction === 'outgoing' ? to[0] : from)?.e164
      ])
    ).toEqual([
      ['incoming', 'answered', false, 65, '+447700900123'],
      ['outgoing', 'answered', true, 100, '+447700900123'],
      ['incoming', 'missed', false, 0, '+447700900124']
    ]);
    expect(sink.calls[0]?.from?.name).toBe('Ana');
    expect([sink.contacts.length, sink.sum.refused]).toEqual([1, 2]);
  });

  it('account for every row of random tables', { timeout: 120_000 }, async () => {
    const cell = fc.constantFrom<Cell>(
      null,
      1,
      2,
      4,
      61,
      731_008_800,
      1_709_316_000,
      'x',
      '+447700900123',
      '',
      'a@groups.kik.com',
      '<b>'
    );
    for (const [format, recipe] of FORMATS) {
      const counted = new Set([
        'ZKIKMESSAGE',
        'Messages',
        'Calls',
        'calls',
        'Transfers',
        'Contacts',
        'Accounts',
        'phonebookcontact'
      ]);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(cell, { minLength: 12, maxLength: 12 }), { maxLength: 6 }), async (rows) => {
          const made: DatabaseRecipe = {
            schema: recipe.schema,
            rows: (recipe.rows ?? []).map(
              ([table, columns]) =>
                [
                  table,
                  columns,
                  rows.map((cells, i) => columns.map((_, at) => (at === 0 ? i + 1 : (cells[at] ?? null))))
                ] as const
            )
          };
          const sink = await readInto(format, bytesInput('x', (await databaseOf(made)).bytes), OPTIONS);
          const tables = (recipe.rows ?? []).filter(([table]) => counted.has(table)).length;
          // SMS rows and people of Kik are items or not by what they hold; details come beside.
          const details = sink.generics.filter(({ type }) => type.endsWith(' details')).length;
          expect(sink.sum.seen - details).toBeGreaterThanOrEqual(tables * rows.length);
          expect(sink.sum.seen - details).toBeLessThanOrEqual((tables + 1) * rows.length);
        }),
        { numRuns: 25 }
      );
    }
  });
});
