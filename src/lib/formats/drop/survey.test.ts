import { describe, expect, it } from 'vitest';
import { FORMAT_FIXTURES } from '../../../../tests/fixtures/all-formats.ts';
import { SMS_COLUMNS, smsDatabase } from '../../../../tests/fixtures/android-db.ts';
import { bytesInput, NO_ABORT, readInto, zipOf } from '../../../../tests/fixtures/format-fixture.ts';
import { databaseOf } from '../../../../tests/fixtures/sqlite.ts';
import { reportXml } from '../../../../tests/fixtures/ufed-report.ts';
import { say } from '../../evidence/wording/sentence.ts';
import type { SourceInput } from '../contract.ts';
import { formatById } from '../registry.ts';
import { rootOf } from './groups.ts';
import { openInside, pathOf } from './route.ts';
import { surveyDrop, type DropSurvey } from './survey.ts';

const SHA = 'ab'.repeat(32);
const CHAT = '[03/05/2025, 14:02:11] Ana: vii maine?\n[21/05/2025, 14:03:40] Dan: da\n';
const TABLE = 'Date,From,To,Message\n2024-05-01 10:00:00,+447700900002,+447700900001,salut\n';
const TELEGRAM = {
  name: 'Ana',
  type: 'personal_chat',
  id: 11,
  messages: [
    {
      id: 1,
      type: 'message',
      date: '2025-05-03T14:02:00',
      date_unixtime: '1746280920',
      from: 'Ana',
      from_id: 'user11',
      text: 'x'
    }
  ]
};
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]);
const look = (...files: SourceInput[]): Promise<DropSurvey> => surveyDrop(files, () => Promise.resolve(SHA), NO_ABORT);
const shape = ({ items }: DropSurvey) => items.map((item) => [item.name, item.formatId, item.files]);
const bytesOf = async (input: SourceInput): Promise<Uint8Array> => new Uint8Array(await input.blob.arrayBuffer());

describe('rootOf', () => {
  it.each([
    ['mmssms.db', ''],
    ['data/data/com.whatsapp/databases/msgstore.db', ''],
    ['ana/private/var/mobile/Library/SMS/sms.db', 'ana'],
    ['backup/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28', 'backup'],
    ['dan/your_facebook_activity/messages/inbox/ana_1/message_1.json', 'dan'],
    ['chats/Ana/_chat.txt', 'chats/Ana']
  ])('%s', (path, root) => expect(rootOf(path)).toBe(root));
});

describe('surveyDrop', () => {
  it('accounts for every entry of a zip that holds many formats', async () => {
    const zip = await zipOf('case.zip', {
      'ana/_chat.txt': CHAT,
      'ana/IMG_1.jpg': JPEG,
      'dan/result.json': TELEGRAM,
      'dan/photos/photo_1.jpg': JPEG,
      'tables/one.csv': TABLE,
      'tables/two.csv': TABLE,
      'notes.txt': 'Dear all,\nthe meeting is moved.\n',
      'page.htm': '<p>Dear all,</p>',
      'empty.txt': '',
      '__MACOSX/._notes.txt': 'x'
    });
    const survey = await look(zip);
    expect(shape(survey)).toEqual([
      ['case.zip/notes.txt', 'plain-text', 1],
      ['case.zip/ana/_chat.txt', 'whatsapp-text', 1],
      ['case.zip/dan/result.json', 'telegram-json', 1],
      ['case.zip/tables/one.csv', 'phone-csv', 1],
      ['case.zip/tables/two.csv', 'phone-csv', 1]
    ]);
    expect(survey.unread.map(({ what, files, paths }) => [say(what), files, paths])).toEqual([
      ['a JPEG picture', 2, ['case.zip/ana/IMG_1.jpg', 'case.zip/dan/photos/photo_1.jpg']],
      ['a note of the Mac’s Finder', 1, ['case.zip/__MACOSX/._notes.txt']],
      ['an empty file', 1, ['case.zip/empty.txt']],
      ['text in no layout that Skein reads', 1, ['case.zip/page.htm']]
    ]);
    expect(survey.files).toBe(10);
    expect(survey.zips).toBe(1);
  });

  it('opens a zip in a zip, and no zip in that', async () => {
    const deepest = await zipOf('c.zip', { 'x.csv': TABLE });
    const inner = await zipOf('b.zip', { 'chat/_chat.txt': CHAT, 'c.zip': await bytesOf(deepest), 'rows.csv': TABLE });
    const alone = await zipOf('WhatsApp Chat with Ana.zip', { '_chat.txt': CHAT, 'a.jpg': JPEG });
    const ufdr = await zipOf('phone.ufdr', { 'report.xml': reportXml({ models: [] }), 'files/rows.csv': TABLE });
    const outer = await zipOf('a.zip', {
      'b.zip': await bytesOf(inner),
      'chats/WhatsApp Chat with Ana.zip': await bytesOf(alone),
      'phone.ufdr': await bytesOf(ufdr)
    });
    const survey = await look(outer);
    expect(
      survey.items.map(({ name, formatId, files, inside }) => [name, formatId, files, inside?.zips, inside && pathOf(inside)])
    ).toEqual([
      ['a.zip/b.zip/chat/_chat.txt', 'whatsapp-text', 1, ['b.zip'], 'b.zip/chat'],
      ['a.zip/b.zip/rows.csv', 'phone-csv', 1, ['b.zip'], 'b.zip/rows.csv'],
      ['a.zip/chats/WhatsApp Chat with Ana.zip', 'whatsapp-text', 1, [], 'chats/WhatsApp Chat with Ana.zip'],
      ['a.zip/phone.ufdr', 'ufed-xml', 1, [], 'phone.ufdr']
    ]);
    expect(survey.unread.map(({ what, paths }) => [say(what), paths])).toEqual([
      ['a JPEG picture', ['a.zip/chats/WhatsApp Chat with Ana.zip/a.jpg']],
      ['a zip inside a zip inside a zip, which is not opened', ['a.zip/b.zip/c.zip']]
    ]);
    expect(survey.files).toBe(6);
    expect(survey.zips).toBe(3);
  });

  it('keeps a zip of one export whole, and databases with their logs together', async () => {
    const chat = await zipOf('chat.zip', { '_chat.txt': CHAT, 'a.jpg': JPEG });
    expect((await look(chat)).items).toMatchObject([{ name: 'chat.zip', formatId: 'whatsapp-text', inside: null, files: 1 }]);
    const { bytes, wal } = await databaseOf({
      ...smsDatabase([[1, '07700 900012', 1709316000123, 0, 1, -1, 1, 'salut', null, 0]], []),
      walRows: [['sms', SMS_COLUMNS, [[1, '07700 900012', 1709316060000, 0, 1, -1, 2, 'vin la 6', null, 0]]]]
    });
    const phone = await zipOf('phone.zip', {
      'data/data/com.android.providers.telephony/databases/mmssms.db': bytes,
      'data/data/com.android.providers.telephony/databases/mmssms.db-wal': wal,
      'data/data/com.android.providers.telephony/databases/mmssms.db-shm': new Uint8Array(32),
      'data/media/0/odd name': bytes,
      'other.db-wal': wal,
      'sdcard/rows.csv': TABLE
    });
    const survey = await look(phone);
    expect(shape(survey)).toEqual([
      ['phone.zip/data/data/com.android.providers.telephony/databases/mmssms.db', 'android-mmssms-db', 3],
      ['phone.zip/data/media/0/odd name', 'android-mmssms-db', 1],
      ['phone.zip/sdcard/rows.csv', 'phone-csv', 1]
    ]);
    expect(survey.files).toBe(6);
    const route = survey.items[0]!.inside!;
    const input = await openInside(phone, route, NO_ABORT);
    expect(input.inside).toEqual({ sha256Hex: SHA, path: '', placesFrom: '' });
    const sink = await readInto(formatById('android-mmssms-db')!, input, { zone: null, region: 'GB', owner: null });
    expect(sink.messages.map(({ body, place }) => [body, place.path])).toEqual([
      ['salut', 'data/data/com.android.providers.telephony/databases/mmssms.db/sms'],
      ['vin la 6', 'data/data/com.android.providers.telephony/databases/mmssms.db/sms']
    ]);
  });

  it('reads each format’s invented files the same, out of a zip of all of them', async () => {
    const files: Record<string, Uint8Array> = {};
    const bare = new Map<string, { id: string; sum: string }>();
    for (const fixture of FORMAT_FIXTURES) {
      const input = await fixture.input();
      if (input.beside !== undefined) continue;
      const path = `${fixture.format}-${fixture.name}/${input.name}`;
      files[path] = await bytesOf(input);
      const sink = await readInto(formatById(fixture.format)!, input, fixture.options);
      bare.set(`${fixture.format}-${fixture.name}`, { id: fixture.format, sum: JSON.stringify(sink.sum) });
    }
    const zip = await zipOf('all.zip', files);
    const survey = await look(zip);
    const read = new Map<string, { id: string; sum: string }>();
    for (const item of survey.items) {
      const folder = pathOf(item.inside!).split('/')[0]!;
      const { options } = FORMAT_FIXTURES.find(({ format, name }) => `${format}-${name}` === folder)!;
      const sink = await readInto(formatById(item.formatId)!, await openInside(zip, item.inside!, NO_ABORT), options);
      expect(read.has(folder), `${folder} is one item`).toBe(false);
      read.set(folder, { id: item.formatId, sum: JSON.stringify(sink.sum) });
    }
    expect([...read].sort()).toEqual([...bare].sort());
  });

  it('says what is locked or damaged, file by file', async () => {
    const cut = new Uint8Array((await bytesOf(await zipOf('cut.zip', { 'a.csv': TABLE }))).subarray(0, 40));
    const survey = await look(
      bytesInput('cut.zip', cut),
      bytesInput('msgstore.db.crypt15', new Uint8Array(64)),
      bytesInput('a.csv', TABLE)
    );
    expect(shape(survey)).toEqual([['a.csv', 'phone-csv', 1]]);
    expect(survey.unread.map(({ what }) => what.code).sort()).toEqual(['locked-whatsapp', 'zip-cut']);
    expect(survey.files).toBe(3);
  });
});
