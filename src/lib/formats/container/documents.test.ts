import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { bytesInput, NO_ABORT, readInto, zipOf } from '../../../../tests/fixtures/format-fixture.ts';
import type { ReadOptions } from '../contract.ts';
import { telegramJson } from '../telegram-json/index.ts';
import { headOf, notesOf, openDocuments } from './documents.ts';

const UNASKED: ReadOptions = { zone: null, region: 'GB', owner: null };
const CHAT =
  '{"name": "x", "type": "private_group", "id": 1, "messages": [{"id": 1, "type": "message", "date_unixtime": "1709316000", "from": "Ana", "from_id": "user1", "text": "salut"}]}';

describe('documents', () => {
  it('gives them in natural order, and knows the files beside by any root', async () => {
    const zip = await zipOf('a.zip', {
      'root/m/message_10.json': '{}',
      'root/m/message_2.json': '[]',
      'root/m/photos/p.jpg': 'abc',
      '__MACOSX/m/._x.json': 'x'
    });
    const source = await openDocuments(zip, {}, NO_ABORT, (name) => name.endsWith('.json'));
    expect(source.documents.map((document) => document.path)).toEqual(['root/m/message_2.json', 'root/m/message_10.json']);
    expect([
      source.sizeOf('root/m/photos/p.jpg'),
      source.sizeOf('./root/m/photos/p.jpg'),
      source.sizeOf('other/root/m/photos/p.jpg')
    ]).toEqual([3, 3, 3]);
    expect(source.sizeOf('p.jpg')).toBeUndefined();
    expect(new TextDecoder().decode(await headOf(source.documents[0]!, NO_ABORT, 1))).toBe('[');
    expect(notesOf(source, 'a.zip', 2)).toMatchObject([
      { message: 'a.zip: 2 files were read; 1 more in the zip is of other kinds and was not opened.' }
    ]);
    await source.close();
  });

  it('asks for the password of a locked zip, and reads it with the password', async () => {
    const writer = new ZipWriter(new BlobWriter(), { password: 'parola', useWebWorkers: false });
    await writer.add('result.json', new TextReader(CHAT));
    const input = bytesInput('locked.zip', await writer.close());
    const { questions } = await telegramJson.probe(input, UNASKED, NO_ABORT);
    expect(questions.map((question) => question.kind)).toEqual(['password']);
    await expect(readInto(telegramJson, input, UNASKED)).rejects.toMatchObject({ code: 'encrypted-without-key' });
    await expect(readInto(telegramJson, input, { ...UNASKED, password: 'wrong' })).rejects.toMatchObject({ name: 'SourceError' });
    const sink = await readInto(telegramJson, input, { ...UNASKED, password: 'parola' });
    expect(sink.messages[0]?.body).toBe('salut');
  });

  it('reads UTF-16, and says that places are those of the text in UTF-8', async () => {
    const wide = new Uint8Array(Buffer.from(`\ufeff${CHAT}`, 'utf16le'));
    const sink = await readInto(telegramJson, bytesInput('result.json', wide), UNASKED);
    expect(sink.messages[0]).toMatchObject({ body: 'salut', place: { offset: CHAT.indexOf('{"id": 1, "type"') } });
    expect(sink.codes).toContain('not-utf8');
  });
});
