/** Every language that the phones of a case may be set to, Android and iOS, in both ways of writing hours. */
import { describe, expect, it } from 'vitest';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { LOCALES, localeExport, type ExpectedLine, type Phone } from '../../../../tests/fixtures/whatsapp-locales.ts';
import { MessageState as S, type MessageRecord } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { whatsappText } from './index.ts';

const OPTIONS: ReadOptions = { zone: 'UTC', region: 'GB', owner: null };
const never = (): AbortSignal => new AbortController().signal;
const CASES = Object.entries(LOCALES).flatMap(([locale, { half }]) =>
  (['android', 'ios'] as const).flatMap((phone) =>
    (half === undefined ? [false] : [false, true]).map((isHalf) => [locale, phone, isHalf] as const)
  )
);

function isOf(message: MessageRecord): ExpectedLine['is'] {
  const { state, attachments } = message;
  if ((state & S.system) !== 0) return message.from === null ? 'system' : 'call';
  if ((state & S.tombstone) !== 0) return 'deleted';
  if ((state & S.edited) !== 0) return 'edited';
  if (attachments.length === 0) return 'text';
  return attachments[0]!.name.endsWith('.jpg') ? 'attached' : 'omitted';
}

async function read(locale: string, phone: Phone, isHalf: boolean): Promise<[CollectingSink, readonly ExpectedLine[]]> {
  const { input, expected } = localeExport(locale, phone, isHalf);
  const sink = new CollectingSink();
  await whatsappText.read(input, OPTIONS, sink, never());
  sink.assertConserved();
  return [sink, expected];
}

describe('an export of a phone set to', () => {
  it.each(CASES)('%s, %s, halves of the day: %s', async (locale, phone, isHalf) => {
    const [sink, expected] = await read(locale, phone, isHalf);
    expect(sink.messages).toHaveLength(expected.length);
    for (const [i, { wall, is, sender }] of expected.entries()) {
      const message = sink.messages[i]!;
      const { year, month, day, hour, minute, second } = wall;
      expect(message.time.utcMs, `time ${i}: ${message.time.raw}`).toBe(Date.UTC(year, month - 1, day, hour, minute, second));
      const wanted = is === 'deleted-by-you' ? 'deleted' : is === 'call' && phone === 'android' ? 'call' : is;
      expect(isOf(message), `${i}: ${message.body}`).toBe(wanted);
      expect(message.from?.name ?? message.from?.rawIdentifier ?? null, `sender ${i}`).toBe(sender);
    }
    expect(sink.messages[3]!.body).toBe('a doua\ncu un rand');
    expect(sink.messages[8]!.body).toBe('la 8');
    expect(sink.messages[0]!.thread.isGroup).toBe(true);
    // "You deleted" names the phone's user.
    expect(sink.messages[7]!.direction).toBe('outgoing');
    expect(sink.messages[2]!.direction).toBe('incoming');
  });

  it.each(CASES.filter(([, , isHalf]) => !isHalf))(
    '%s, %s: which part is the day is asked where nothing says it',
    async (locale, phone) => {
      const { input } = localeExport(locale, phone, false, true);
      const { questions } = await whatsappText.probe(input, OPTIONS, never());
      const isYearFirst = LOCALES[locale]![phone].startsWith('y');
      expect(questions.some(({ kind }) => kind === 'dateOrder')).toBe(!isYearFirst);
    }
  );
});
