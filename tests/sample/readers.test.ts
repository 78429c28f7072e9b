/** The sample case read by the product: what the readers count is what the story's own ledger says was written. */
import { mkdtempSync, openAsBlob, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import type { ImportReport } from '../../src/lib/pipeline/contract.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { writeSample } from '../../tools/sample/index.ts';

interface FileTruth {
  readonly format: string;
  readonly messages: number;
  readonly calls?: number;
  readonly contacts?: number;
  readonly detail?: { readonly systemLines?: number };
  readonly duplicates?: { readonly messages?: number; readonly calls?: number; readonly contacts?: number };
}

interface Truth {
  readonly files: Record<string, FileTruth>;
  readonly planted: readonly {
    readonly id: string;
    readonly text: string;
    readonly time_utc: string;
    readonly places: readonly { readonly file: string }[];
  }[];
  readonly successions: readonly { readonly from: string; readonly to: string; readonly innocent: boolean }[];
  readonly communities: Record<string, readonly string[]>;
  readonly people: readonly { readonly id: string; readonly accounts: readonly { readonly id: string }[] }[];
}

const out = mkdtempSync(join(tmpdir(), 'skein-sample-'));
const reports = new Map<string, ImportReport>();
let truth: Truth;
let session: CaseSession;

beforeAll(async () => {
  await writeSample({ scale: 2500, seed: 1, out });
  truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as Truth;
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
    files: { name: string; owner: string; ownerName: string; zone: string }[];
  };
  session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper: null, clock: () => 0 });
  for (const file of manifest.files) {
    const blob = await openAsBlob(join(out, file.name));
    const options = { zone: file.zone, region: 'GB', owner: { identifier: file.owner, name: file.ownerName } };
    const preview = await session.preview(blob, file.name, options, null);
    reports.set(file.name, await session.importFile(blob, file.name, preview.formatId ?? '', options, () => {}));
  }
}, 120_000);

afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('the sample case', () => {
  it('is recognised file by file, and every sum adds up', () => {
    expect(reports.size).toBe(Object.keys(truth.files).length);
    for (const [name, { source, failure, sum }] of reports) {
      expect(failure, name).toBeNull();
      expect(source?.formatId, name).toBe(truth.files[name]?.format);
      expect(sum.seen, name).toBe(sum.kept + sum.folded + sum.refused);
      for (const kind of Object.values(sum.byKind)) expect(kind.seen, name).toBe(kind.kept + kind.folded + kind.refused);
    }
  });

  it('gives the counts that its ledger states', () => {
    for (const [name, expected] of Object.entries(truth.files)) {
      const kinds = reports.get(name)?.sum.byKind;
      const { message, call, contact } = kinds ?? {};
      const system = expected.detail?.systemLines ?? 0;
      expect(message?.seen, `messages in ${name}`).toBe(expected.messages + system);
      if (expected.calls !== undefined) expect(call?.seen, `calls in ${name}`).toBe(expected.calls);
      if (expected.contacts !== undefined) expect(contact?.seen, `contacts in ${name}`).toBe(expected.contacts);
      // At least the copies inside the file; copies of other phones' messages come on top.
      expect(message?.folded ?? 0, `copies in ${name}`).toBeGreaterThanOrEqual(expected.duplicates?.messages ?? 0);
    }
  });

  it('holds every planted message with its text, at its time', async () => {
    const set = await session.filter({});
    const rows = await session.rows(set.setId, 'source', 0, set.total);
    const byText = new Map<string, number[]>();
    for (const row of rows) byText.set(row.body.trim(), [...(byText.get(row.body.trim()) ?? []), row.utcMs ?? Number.NaN]);
    const missing = truth.planted.filter((planted) => !byText.has(planted.text.trim()));
    expect(missing.map((planted) => planted.text)).toEqual([]);
    const misplaced = truth.planted.filter((planted) => {
      const at = Date.parse(planted.time_utc);
      // A chat export tells the minute; phone C's clock was three hours ahead for three weeks and is left as it stands.
      return !(byText.get(planted.text.trim()) ?? []).some(
        (ms) => Math.abs(ms - at) < 60_000 || Math.abs(ms - at - 11_220_000) < 60_000
      );
    });
    expect(misplaced.map((planted) => planted.text)).toEqual([]);
  });

  it('shows both numbers of every succession as people of their own: nothing is merged by itself', async () => {
    const people = await session.parties({});
    // The barber who changes his number is in one chat under his name alone.
    for (const { from, to } of truth.successions.filter((succession) => !succession.innocent)) {
      const old = people.find((row) => row.identifiers.includes(from));
      const now = people.find((row) => row.identifiers.includes(to));
      expect(old?.id, `${from} is somebody`).toBeDefined();
      expect(now?.id, `${to} is somebody`).toBeDefined();
      expect(now?.id).not.toBe(old?.id);
    }
  });

  it('parts the drugs line from the house in its groups', async () => {
    const view = await session.network({}, { maxNodes: 1000, includeCalls: true, seed: 1 });
    const people = await session.parties({});
    const communityOf = (person: string): number => {
      const accounts = truth.people.find((one) => one.id === person)?.accounts.map((account) => account.id) ?? [];
      return people.find((row) => row.identifiers.some((identifier) => accounts.includes(identifier)))?.community ?? -1;
    };
    expect(communityOf('kez')).toBe(communityOf('marlon'));
    expect(communityOf('kez')).not.toBe(communityOf('sorin'));
    expect(view.modularity).toBeGreaterThan(0.3);
  });
});
