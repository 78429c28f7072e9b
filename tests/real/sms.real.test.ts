/** sms-backup-xml against public samples, counted by another parser. Skipped where ../shared/samples is absent. */
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { smsBackupXml } from '../../src/lib/formats/sms-backup-xml/index.ts';
import { CollectingSink } from '../fixtures/collecting-sink.ts';

const ROOT = new URL('../../../shared/samples/sms_xml/', import.meta.url).pathname;
const isHere = existsSync(ROOT);
if (!isHere) console.log('skipped: ../shared/samples/sms_xml is not there');

async function read(path: string): Promise<CollectingSink> {
  const sink = new CollectingSink();
  const blob = await openAsBlob(path);
  await smsBackupXml.read(
    { name: 'sms.xml', sizeBytes: blob.size, blob },
    { zone: null, region: 'US', owner: null },
    sink,
    new AbortController().signal
  );
  sink.assertConserved();
  return sink;
}

function bySaxes(path: string): Record<string, string>[] {
  const rows: Record<string, string>[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    if (tag.name === 'sms') rows.push(tag.attributes as Record<string, string>);
  });
  parser.write(readFileSync(path, 'utf8')).close();
  return rows;
}

describe.skipIf(!isHere)('public SMS Backup & Restore files', () => {
  it.each([
    // Declares 2 and holds 9.
    ['KhasMek+python-smsbackuptools/sms.xml', { seen: 9, kept: 9, folded: 0, refused: 0 }, ['count-disagrees']],
    // The same message twice, to the millisecond.
    ['radj+AndroidSMSBackupRestoreCleaner/sms.xml', { seen: 2, kept: 1, folded: 1, refused: 0 }, ['duplicate-folded']]
  ])('%s', async (name, sum, codes) => {
    const sink = await read(join(ROOT, name));
    expect(sink.sum).toMatchObject(sum);
    expect(sink.codes).toEqual(codes);
    const rows = bySaxes(join(ROOT, name));
    expect(rows).toHaveLength(sum.seen);
    sink.messages.forEach((message, i) => {
      const row = rows[i]!;
      expect(message.body).toBe(row['body']);
      expect(message.time.raw).toBe(row['date']);
      expect(message.time.utcMs).toBe(Number(row['date']) * (row['date']!.length === 10 ? 1000 : 1));
      expect(message.direction).toBe(row['type'] === '1' ? 'incoming' : 'outgoing');
    });
  });
});
