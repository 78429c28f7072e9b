/** JSON chat formats against public samples and the answers that other programs gave for them. */
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReadOptions, SourceInput } from '../../src/lib/formats/contract.ts';
import { recognise } from '../../src/lib/formats/recognise.ts';
import type { CollectingSink } from '../fixtures/collecting-sink.ts';
import { readInto } from '../fixtures/format-fixture.ts';

const SAMPLES = new URL('../../../shared/samples/', import.meta.url).pathname;
const TELEGRAM = join(SAMPLES, 'telegram_json');
const META = join(SAMPLES, 'meta_dyi/joweich+chat-miner/test/instagram');
const SIGNAL = join(SAMPLES, 'signal/joweich+chat-miner/test/signal');
const DISCORD = join(SAMPLES, 'discord/mlomb+chat-analytics/tests/samples/discord');
const isHere = existsSync(TELEGRAM);
if (!isHere) console.log('skipped: ../shared/samples/telegram_json and its neighbours are not there');

const UTC: ReadOptions = { zone: 'UTC', region: 'GB', owner: null };
const never = new AbortController().signal;

/** Recognised by content under a name that says nothing, then read. */
async function read(path: string): Promise<{ readonly id: string; readonly sink: CollectingSink }> {
  const blob = await openAsBlob(path);
  const input: SourceInput = { name: 'sample.bin', sizeBytes: blob.size, blob };
  const { recognised, finding } = await recognise(input, never);
  if (recognised === null) throw new Error(finding.message);
  return { id: recognised.format.id, sink: await readInto(recognised.format, input, UTC) };
}

interface Target {
  readonly timestamp: string;
  readonly author: string;
  readonly message: string;
}

const target = (folder: string): Target[] => JSON.parse(readFileSync(join(folder, 'target.json'), 'utf8')) as Target[];
const rowsOf = (sink: CollectingSink, joint = '\n'): Target[] =>
  sink.messages.map((message) => ({
    timestamp: new Date(message.time.utcMs ?? NaN).toISOString().slice(0, 19),
    author: message.from?.name ?? '',
    message: message.body.replaceAll('\n', joint)
  }));

describe.skipIf(!isHere)('chat-miner', () => {
  it.each(['test_single_export.json', 'test_batch_export.json'])('telegram %s', async (name) => {
    const folder = join(TELEGRAM, 'joweich+chat-miner/test/telegram');
    const { id, sink } = await read(join(folder, name));
    expect(id).toBe('telegram-json');
    expect(sink.sum).toMatchObject({ seen: 2, kept: 2 });
    // The other program puts a blank between formatted runs ("Link: https://..."); the file has none there.
    const wanted = target(folder).map((row) => ({ ...row, message: row.message.replace(': ', ':') }));
    expect(rowsOf(sink)).toEqual(wanted);
  });

  it('instagram test_export.json', async () => {
    const { id, sink } = await read(join(META, 'test_export.json'));
    expect(id).toBe('meta-json');
    expect(sink.sum).toMatchObject({ seen: 2, kept: 2 });
    expect(rowsOf(sink)).toEqual(target(META));
  });

  it('signal test_export.txt is a text, and is read as one', async () => {
    const { id, sink } = await read(join(SIGNAL, 'test_export.txt'));
    // signal-export's older text has the very layout of a WhatsApp chat; nothing in it names the service.
    expect(id).toBe('whatsapp-text');
    const byTime = (a: Target, b: Target): number => a.timestamp.localeCompare(b.timestamp);
    expect(rowsOf(sink, ' ').sort(byTime)).toEqual(target(SIGNAL).sort(byTime));
  });
});

describe.skipIf(!isHere)('tg-parser fixtures, counted by hand', () => {
  const folder = join(TELEGRAM, 'mdemyanov+tg-parser/tests/fixtures');

  it('personal_chat.json: four messages and a call', async () => {
    const { id, sink } = await read(join(folder, 'personal_chat.json'));
    expect(id).toBe('telegram-json');
    expect(sink.sum.byKind.message).toMatchObject({ seen: 4, kept: 4 });
    expect(sink.sum.byKind.call).toMatchObject({ seen: 1, kept: 1 });
    expect(sink.messages[2]?.body).toBe('Check this important message');
    expect(sink.generics.map((one) => one.fields.at(-1))).toEqual([['reply_to_message_id', '3']]);
  });

  it('supergroup_with_topics.json: seven lines, three of them the app’s', async () => {
    const { sink } = await read(join(folder, 'supergroup_with_topics.json'));
    expect(sink.sum.byKind.message).toMatchObject({ seen: 7, kept: 7 });
    expect(sink.messages.filter((message) => message.body.startsWith('topic_created: ')).map((message) => message.body)).toEqual([
      'topic_created: General',
      'topic_created: Finances'
    ]);
    expect(sink.messages.map((message) => message.time.utcMs)).toEqual(
      [1704888000, 1704888060, 1704888300, 1704888600, 1704888900, 1704889200, 1704963600].map((second) => second * 1000)
    );
    expect(sink.memberships.map(({ account, change, time }) => [account.identifier, change, time.utcMs])).toEqual([
      ['user100', 'joined', 1704888000000]
    ]);
  });
});

describe.skipIf(!existsSync(DISCORD))('chat-analytics samples, counted by hand', () => {
  it('DM_2A_2M.json: two messages by two authors and a call of 251 minutes', async () => {
    const { id, sink } = await read(join(DISCORD, 'DM_2A_2M.json'));
    expect(id).toBe('discord-json');
    expect(sink.sum.byKind.message).toMatchObject({ seen: 2, kept: 2 });
    expect(new Set(sink.messages.map((message) => message.from?.identifier)).size).toBe(2);
    expect(sink.calls[0]?.duration_s).toBe(15098);
    expect(sink.messages[0]?.time).toEqual({
      raw: '2019-01-04T17:52:39.762+00:00',
      utcMs: 1546624359762,
      basis: 'offset-in-data'
    });
  });

  it('SV_5A_5M.json: five messages, the first of them twice', async () => {
    const { sink } = await read(join(DISCORD, 'SV_5A_5M.json'));
    expect(sink.sum.byKind.message).toEqual({ seen: 5, kept: 4, folded: 1, refused: 0 });
    expect(sink.messages.flatMap((message) => message.attachments.map((file) => file.name))).toEqual(['unknown.png', 'Laugh']);
  });
});
