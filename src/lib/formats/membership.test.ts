/** Who came to a group and who left it, as each format says it. The line that says so is there, at the very place. */
import { describe, expect, it } from 'vitest';
import { KIK, SKYPE } from '../../../tests/fixtures/app-dbs.ts';
import type { CollectingSink } from '../../../tests/fixtures/collecting-sink.ts';
import { ANA, DAN, discordExport, discordMessage } from '../../../tests/fixtures/discord.ts';
import { bytesInput, jsonInput, readInto } from '../../../tests/fixtures/format-fixture.ts';
import { IOS_COLUMNS, messagesDatabase } from '../../../tests/fixtures/ios-db.ts';
import { metaMessage, metaThread, mojibake } from '../../../tests/fixtures/meta.ts';
import { chatItem, lines, PEOPLE } from '../../../tests/fixtures/signal.ts';
import { databaseOf, type DatabaseRecipe, type TableRows } from '../../../tests/fixtures/sqlite.ts';
import { telegramMessage, telegramService } from '../../../tests/fixtures/telegram.ts';
import { NEW_COLUMNS, newDatabase } from '../../../tests/fixtures/whatsapp-db.ts';
import { MessageState, type AccountRef } from '../evidence/records.ts';
import type { Format, ReadOptions, SourceInput } from './contract.ts';
import { discordJson } from './discord-json/index.ts';
import { iosSmsDb } from './ios-sms-db/index.ts';
import { kikDb } from './kik-db/index.ts';
import { metaJson } from './meta-json/index.ts';
import { signalJson } from './signal-json/index.ts';
import { skypeDb } from './skype-db/index.ts';
import { telegramJson } from './telegram-json/index.ts';
import { groupChanges } from './whatsapp-db/group-changes.ts';
import { whatsappDb } from './whatsapp-db/index.ts';

const UTC: ReadOptions = { zone: 'UTC', region: 'GB', owner: null };
const owned = (identifier: string, name: string): ReadOptions => ({ ...UTC, owner: { identifier, name } });

async function database(recipe: DatabaseRecipe, name: string): Promise<SourceInput> {
  return bytesInput(name, (await databaseOf(recipe)).bytes);
}

const shown = (ref: AccountRef | null): string => ref?.name ?? ref?.rawIdentifier ?? 'nobody named';

async function changes(format: Format, input: SourceInput | Promise<SourceInput>, options = UTC): Promise<string[]> {
  const sink: CollectingSink = await readInto(format, await input, options);
  for (const { place, thread } of sink.memberships) {
    const line = sink.messages.find((one) => one.place.offset === place.offset && one.place.path === place.path);
    expect(line?.thread).toBe(thread);
    expect((line?.state ?? 0) & MessageState.system).not.toBe(0);
  }
  return sink.memberships.map(({ account, change, by }) => `${shown(account)} ${change}, by ${shown(by)}`);
}

describe('comings and goings', () => {
  it('telegram-json, a name being the account that shows it', async () => {
    const [ana, dan, ion] = [
      ['user1', 'Ana Pop'],
      ['user2', 'Dan Rusu'],
      ['user3', 'Ion']
    ] as const;
    const chat = {
      name: 'Curse',
      type: 'private_supergroup',
      id: 77,
      messages: [
        telegramService(1, ana, 'create_group', { title: 'Curse', members: ['Ana Pop', 'Ion'] }),
        telegramService(2, ana, 'invite_members', { members: ['Mut', null] }),
        telegramService(3, dan, 'join_group_by_link', { inviter: 'Ana Pop' }),
        telegramMessage(4, ion, 'salut'),
        telegramService(5, ion, 'remove_members', { members: ['Ion'] }),
        telegramService(6, ana, 'remove_members', { members: ['Dan Rusu'] }),
        telegramService(7, ana, 'pin_message', { message_id: 4 })
      ]
    };
    const sink = await readInto(telegramJson, jsonInput('result.json', chat), UTC);
    const found = sink.memberships.map(({ account, change, by }) => `${account.identifier} ${change} ${by?.identifier ?? ''}`);
    const mut = `name:result.json/Mut`;
    expect(found.sort()).toEqual(
      [
        'user1 joined user1',
        'user1 joined user1',
        'user3 joined user1',
        `${mut} joined user1`,
        'user2 joined user2',
        'user3 left user3',
        'user2 left user1'
      ].sort()
    );
  });

  it('telegram-json: a name that two accounts show dates neither', async () => {
    const chat = {
      name: 'Curse',
      type: 'private_group',
      id: 78,
      messages: [
        telegramMessage(1, ['user4', 'Ion'], 'a'),
        telegramMessage(2, ['user5', 'Ion'], 'b'),
        telegramService(3, ['user1', 'Ana'], 'invite_members', { members: ['Ion'] })
      ]
    };
    expect(await changes(telegramJson, jsonInput('result.json', chat))).toEqual([]);
  });

  it('meta-json, names repaired like any', async () => {
    const thread = metaThread(
      [
        metaMessage(3, 'Ana Popă', 'Ana Popă removed Dan.', { type: 'Unsubscribe', users: [{ name: 'Dan' }] }),
        metaMessage(2, 'Dan', 'ok'),
        metaMessage(1, 'Ana Popă', 'Ana Popă added Dan and Ion.', {
          type: 'Subscribe',
          users: [{ name: 'Dan' }, { name: 'Ionuț' }]
        })
      ],
      ['Ana Popă', 'Dan', 'Ionuț'],
      'inbox/curse_1',
      { thread_type: 'RegularGroup' }
    );
    expect(mojibake('ț')).not.toBe('ț');
    expect(await changes(metaJson, jsonInput('message_1.json', thread))).toEqual([
      'Dan left, by Ana Popă',
      'Dan joined, by Ana Popă',
      'Ionuț joined, by Ana Popă'
    ]);
  });

  it('discord-json, groups without a server', async () => {
    const messages = [
      discordMessage(1, ANA, 'Added dan to the group.', { type: 'RecipientAdd', mentions: [DAN] }),
      discordMessage(2, DAN, 'Left the group.', { type: 'RecipientRemove', mentions: [DAN] }),
      discordMessage(3, ANA, 'hi')
    ];
    const channel = {
      id: '700000000000000009',
      type: 'DirectGroupTextChat',
      categoryId: '0',
      category: 'Group',
      name: 'house',
      topic: null
    };
    const found = await changes(discordJson, jsonInput('house.json', discordExport(messages, { channel })));
    expect(found.map((one) => one.replace(/, by .*/, ''))).toEqual(['Dan R joined', 'Dan R left']);
  });

  it('signal-json, the export of the app', async () => {
    const update = (n: number, change: Record<string, unknown>): unknown =>
      chatItem(n, '3', { chatId: '2', directionless: {}, updateMessage: { groupChange: { updates: [change] } } });
    const text = lines([
      ...PEOPLE,
      update(1, { groupMemberAddedUpdate: { updaterAci: 'aci-ion', newMemberAci: 'aci-ana' } }),
      update(2, { groupMemberLeftUpdate: { aci: 'aci-ana' } }),
      update(3, { groupMemberRemovedUpdate: { removerAci: 'aci-ion', removedAci: 'aci-unlisted' } }),
      update(4, { groupJoinRequestApprovalUpdate: { requestorAci: 'aci-ana', updaterAci: 'aci-ion', wasApproved: false } }),
      update(5, { groupNameUpdate: { updaterAci: 'aci-ion', newGroupName: 'x' } })
    ]);
    expect(await changes(signalJson, bytesInput('main.jsonl', text))).toEqual([
      'Ana Pop joined, by Ion',
      'Ana Pop left, by Ana Pop',
      'aci-unlisted left, by Ion'
    ]);
  });

  it('whatsapp-db, new', async () => {
    const T = 1709316000000;
    const made = newDatabase([
      [2, 0, 'S1', 2, 6, 0, T, 7, null],
      [2, 0, 'S2', 2, 6, 0, T + 1000, 7, null],
      [2, 0, 'S3', 5, 6, 0, T + 2000, 7, null],
      [2, 0, 'K4', 2, 0, 0, T + 3000, 0, 'salut']
    ]);
    const recipe: DatabaseRecipe = {
      schema: [
        ...made.schema,
        'CREATE TABLE message_system_chat_participant (message_row_id INTEGER, user_jid_row_id INTEGER)',
        'CREATE TABLE message_system_group (message_row_id INTEGER, is_me_joined INTEGER)'
      ],
      rows: [
        ...(made.rows ?? []).filter(
          ([table]) => table === 'message' || table === 'jid' || table === 'chat' || table === 'jid_map'
        ),
        [
          'message_system',
          ['message_row_id', 'action_type'],
          [
            [1, 11],
            [2, 12],
            [3, 5]
          ]
        ],
        ['message_system_chat_participant', ['message_row_id', 'user_jid_row_id'], [[2, 5]]],
        ['message_system_group', ['message_row_id', 'is_me_joined'], [[2, 1]]]
      ]
    };
    expect(NEW_COLUMNS).toContain('sender_jid_row_id');
    const found = await changes(whatsappDb, database(recipe, 'msgstore.db'), owned('+447700900001', 'Me'));
    // A private id stands for the number that the database maps it to.
    const [ion, ana] = ['447700900013@s.whatsapp.net', '447700900012@s.whatsapp.net'];
    expect(found).toEqual([
      `${ion} joined, by ${ion}`,
      `${ana} joined, by ${ion}`,
      `Me joined, by ${ion}`,
      `${ana} left, by ${ana}`
    ]);
  });

  it.each([
    ['a number that says something else', 15, false, [], 'a', []],
    ['came by a link', 20, false, ['b'], '', ['b joined']],
    ['this phone was added, and nobody else is named', 4, true, [], 'a', [' joined']],
    ['this phone was removed', 7, false, [], 'a', [' left']],
    ['gone, and nobody is named', 5, false, [], '', []]
  ] as const)('whatsapp-db: %s', (_, action, isMeJoined, about, actor, expected) => {
    const found = groupChanges({ action, isMeJoined, about }, actor);
    expect(found.map(({ who, change }) => `${who ?? ''} ${change}`)).toEqual(expected);
  });

  it('ios-sms-db', async () => {
    const at = (minute: number): bigint => (730980000n + BigInt(minute) * 60n) * 1_000_000_000n;
    const row = (guid: string, handle: number, minute: number, type: number, other: number, action: number) =>
      [guid, null, null, handle, 'iMessage', at(minute), 0, type, 0, 'chat4711', other, action] as const;
    const recipe = messagesDatabase([
      'message',
      [...IOS_COLUMNS, 'other_handle', 'group_action_type'],
      [row('A1', 1, 0, 1, 2, 0), row('A2', 1, 1, 1, 2, 1), row('A3', 1, 2, 3, 0, 0), row('A4', 1, 3, 2, 0, 0)]
    ]);
    const joined: DatabaseRecipe = {
      ...recipe,
      rows: (recipe.rows ?? []).map((one): TableRows =>
        one[0] === 'chat_message_join'
          ? [
              'chat_message_join',
              ['chat_id', 'message_id'],
              [
                [2, 1],
                [2, 2],
                [2, 3],
                [2, 4]
              ]
            ]
          : one
      )
    };
    const found = await changes(iosSmsDb, database(joined, 'sms.db'));
    expect(found).toEqual([
      'Ion@example.org joined, by +447700900012',
      'Ion@example.org left, by +447700900012',
      '+447700900012 left, by +447700900012'
    ]);
  });

  it('skype-db and kik-db', async () => {
    expect(await changes(skypeDb, database(SKYPE, 'main.db'))).toEqual(['dan.k joined, by Vitor']);
    const said = (KIK.rows ?? []).map((one): TableRows =>
      one[0] === 'ZKIKMESSAGE'
        ? [
            one[0],
            one[1],
            one[2].map((cells) =>
              cells.map((cell) => (cell === 'You started a group' ? 'Dan has added Ana and Nobody to the chat' : cell))
            )
          ]
        : one
    );
    expect(await changes(kikDb, database({ ...KIK, rows: said }, 'kik.sqlite'))).toEqual(['Ana joined, by Dan']);
    expect(await changes(kikDb, database(KIK, 'kik.sqlite'))).toEqual([]);
    expect(await changes(kikDb, database(KIK, 'kik.sqlite'), owned('dan_k2@talk.kik.com', 'Dan'))).toEqual([
      'Dan joined, by Dan'
    ]);
  });
});
