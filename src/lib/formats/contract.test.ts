/** What holds of every format: it stops when told, asks before it reads, and reads the same twice. */
import { describe, expect, it } from 'vitest';
import { EARLIER_FIXTURES, FORMAT_FIXTURES } from '../../../tests/fixtures/all-formats.ts';
import { CollectingSink } from '../../../tests/fixtures/collecting-sink.ts';
import { bytesInput, NO_ABORT } from '../../../tests/fixtures/format-fixture.ts';
import { FORMATS, formatById } from './registry.ts';

const FIXTURES = [...FORMAT_FIXTURES, ...EARLIER_FIXTURES].map((fixture) => [fixture.format, fixture.name, fixture] as const);

describe('every format', () => {
  it('has files of its own to be tested with', () => {
    expect([...new Set(FIXTURES.map(([id]) => id))].sort()).toEqual(FORMATS.map((format) => format.id).sort());
  });

  it.each(FIXTURES)('%s: %s', async (id, _name, fixture) => {
    const format = formatById(id)!;
    const input = await fixture.input();
    const read = async (): Promise<CollectingSink> => {
      const sink = new CollectingSink();
      // Some fixtures end in the middle; then both readings do.
      await format.read(input, fixture.options, sink, NO_ABORT).catch((error: Error) => expect(error.name).toBe('SourceError'));
      return sink;
    };
    const [one, two] = [await read(), await read()];
    expect(two).toEqual(one);
    expect(one.sum.seen).toBeGreaterThan(0);
    expect((await format.probe(input, fixture.options, NO_ABORT)).facts.length).toBeGreaterThan(0);
    const stopped = AbortSignal.abort(new Error('told to stop'));
    await expect(format.read(input, fixture.options, new CollectingSink(), stopped)).rejects.toThrow('told to stop');
  });

  it.each(FORMATS.map((format) => [format.id, format] as const))('%s refuses an empty file by name', async (_id, format) => {
    const empty = bytesInput('nothing.bin', '');
    const options = { zone: null, region: 'GB', owner: null };
    expect(format.sniff({ name: empty.name, sizeBytes: 0, bytes: new Uint8Array(0) })).toBe(0);
    await expect(format.read(empty, options, new CollectingSink(), NO_ABORT)).rejects.toMatchObject({
      code: 'empty-file',
      message: 'nothing.bin is empty.'
    });
  });
});
