/** case-uco against the published examples of CASE: nodes counted by their types. Skipped where ../shared/samples is absent. */
import { existsSync, openAsBlob, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseUco } from '../../src/lib/formats/case-uco/index.ts';
import { recognise } from '../../src/lib/formats/recognise.ts';
import { NO_ABORT, readInto } from '../fixtures/format-fixture.ts';

const ROOT = new URL('../../../shared/samples/case_uco/casework+CASE-Examples/examples/illustrations/', import.meta.url).pathname;
const isHere = existsSync(ROOT);
if (!isHere) console.log('skipped: ../shared/samples/case_uco is not there');
const files = isHere ? readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')) : [];

describe.skipIf(!isHere)('examples of CASE', () => {
  it.each(files)('%s', async (name) => {
    const path = join(ROOT, name);
    const blob = await openAsBlob(path);
    const input = { name: 'case.json', sizeBytes: blob.size, blob };
    expect((await recognise({ ...input, name: 'file.bin' }, NO_ABORT)).recognised?.format.id).toBe('case-uco');
    const sink = await readInto(caseUco, input, { zone: 'UTC', region: 'US', owner: null });
    const text = readFileSync(path, 'utf8');
    const { '@graph': graph } = JSON.parse(text) as { '@graph': Record<string, unknown>[] };
    const facets = (type: string) => text.split(`"uco-observable:${type}"`).length - 1;
    expect(sink.messages).toHaveLength(facets('MessageFacet'));
    expect(sink.calls).toHaveLength(facets('CallFacet'));
    expect(sink.contacts).toHaveLength(facets('ContactFacet'));
    const details = sink.generics.filter(({ type }) => type.endsWith(' details')).length;
    expect(sink.sum.seen - details).toBe(graph.length);
    expect([...sink.messages, ...sink.calls].every(({ time }) => time.utcMs !== null)).toBe(true);
  });
});
