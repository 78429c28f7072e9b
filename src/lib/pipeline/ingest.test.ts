import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { backupXml, smsXml } from '../../../tests/fixtures/sms-backup.ts';
import { EvidenceStore } from '../evidence/store.ts';
import { smsBackupXml } from '../formats/sms-backup-xml/index.ts';
import { ingest } from './ingest.ts';

const text = backupXml(
  'smses',
  Array.from({ length: 50 }, (_, i) => smsXml({ address: '07700900012', date: String(1_709_316_000_000 + i), body: `line ${i}` }))
);
const sha256Hex = createHash('sha256').update(text).digest('hex');

/** Counts the bytes that are asked of it. */
class CountedBlob extends Blob {
  read = 0;
  override slice(start?: number, end?: number): Blob {
    const part = super.slice(start, end);
    this.read += part.size;
    return part;
  }
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    this.read += this.size;
    return super.stream();
  }
}

async function readBytes(known: string | undefined): Promise<{ read: number; held: string | undefined; kept: number }> {
  const blob = new CountedBlob([text]);
  const store = new EvidenceStore();
  const input = { name: 'sms.xml', sizeBytes: blob.size, blob, ...(known === undefined ? {} : { sha256Hex: known }) };
  const options = { zone: 'Europe/London', region: 'GB', owner: null } as const;
  const request = { input, format: smsBackupXml, options, facts: [], nowMs: 0 };
  const { sum } = await ingest(store, request, () => {}, new AbortController().signal);
  return { read: blob.read, held: store.sources[0]?.sha256Hex, kept: sum.kept };
}

describe('an import', () => {
  it('reads a file once more for its hash, and not where the hash was taken on the way', async () => {
    const afresh = await readBytes(undefined);
    const known = await readBytes(sha256Hex);
    expect(afresh).toMatchObject({ held: sha256Hex, kept: 50 });
    expect(known).toMatchObject({ held: sha256Hex, kept: 50 });
    expect(afresh.read - known.read).toBe(new Blob([text]).size);
  });
});
