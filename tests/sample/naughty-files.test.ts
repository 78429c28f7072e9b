/** The 500 naughty strings through the files that leave Skein for Skein or for a program: a case file, an exchange file, lines of the terminal. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountLines, messageLines, threadLines, writeLines } from '../../src/cli/outputs.ts';
import { readExchangeFile, writeExchangeFile } from '../../src/lib/analysis/crosscase/exchange-file.ts';
import { newSecret, SESSION_BYTES } from '../../src/lib/analysis/crosscase/group.ts';
import { blindedSet } from '../../src/lib/analysis/crosscase/protocol.ts';
import { standIn } from '../../src/lib/analysis/crosscase/stand-in.fixture.ts';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { SavedCase } from '../../src/lib/pipeline/saved-case.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { readCase, type PlainBlock } from '../../src/lib/vault/backup/case-content.ts';
import { readDoor } from '../../src/lib/vault/backup/layout.ts';
import { OpenedFile } from '../../src/lib/vault/backup/seal-file.ts';
import { sealedFile } from '../fixtures/case-file-damages.ts';
import { naughtyStrings } from '../fixtures/naughty-strings.ts';
import { telegramMessage } from '../fixtures/telegram.ts';

const TEXTS = naughtyStrings().map(({ text }) => text);
const KEY = new Uint8Array(32).fill(3);

/** A case of one chat in which each string is the words of one message and the name of who wrote it; and its blocks. */
async function naughtyCase(): Promise<{ session: CaseSession; blocks: PlainBlock[] }> {
  const blocks: PlainBlock[] = [];
  const session = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: { put: async (kind, bytes) => void blocks.push({ kind, bytes: new Uint8Array(bytes) }) },
    clock: () => 5
  });
  const messages = TEXTS.map((text, i) => telegramMessage(i, [`user${i + 1}`, text], text));
  const file = new Blob([JSON.stringify({ name: 'x', type: 'personal_chat', id: 7, messages })]);
  const options = { zone: 'Europe/London', region: 'GB', owner: null } as const;
  const { sum } = await session.importFile(file, 'result.json', 'telegram-json', options, () => {});
  expect(sum.byKind.message.kept).toBe(TEXTS.length);
  return { session, blocks };
}

const bodies = ({ store }: CaseSession): string[] =>
  Array.from({ length: store.messages.length }, (_, id) => store.messages.body.at(id));
const names = ({ store }: CaseSession): string[] =>
  store.directory.accounts.flatMap(({ identifier, names: seen }) => seen.map(({ name }) => `${identifier}:${name}`));

describe('naughty strings through files', () => {
  it('come back from a case file as words and names as they stood in the case', async () => {
    const { session, blocks } = await naughtyCase();
    expect(new Set(bodies(session)).size).toBeGreaterThan(490);
    const { file } = await sealedFile(blocks, KEY);
    const saved = new SavedCase();
    const opened = await OpenedFile.open(file, await readDoor(file), KEY);
    await readCase(opened, {
      manifest: async () => {},
      checkpoint: async () => {},
      block: async ({ kind, bytes }) => saved.add(kind, bytes)
    });
    const restored = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 6 });
    expect(bodies(restored)).toEqual(bodies(session));
    expect(names(restored)).toEqual(names(session));
  });

  it('are the name and the purpose of an exchange file, or are refused as too long for it', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const asking = (await blindedSet(standIn, new Uint8Array(SESSION_BYTES), ['email:a@b.c'], newSecret(), () => {})).points;
    let refused = 0;
    for (const text of TEXTS) {
      const file = {
        kind: 'request',
        session: new Uint8Array(SESSION_BYTES),
        previous: new Uint8Array(32),
        from: text,
        purpose: `${text} and why`,
        asking,
        answering: new Uint8Array()
      } as const;
      const bytes = await writeExchangeFile(file, pair).catch((error: unknown) => {
        if (!(error instanceof RangeError)) throw error;
        return null;
      });
      if (bytes === null) refused++;
      else
        expect(await readExchangeFile(bytes)).toMatchObject({
          ok: true,
          file: { from: text.toWellFormed(), purpose: `${text} and why`.toWellFormed() }
        });
    }
    expect(refused).toBe(TEXTS.filter((text) => new TextEncoder().encode(`${text} and why`.toWellFormed()).length > 400).length);
    expect(refused).toBeLessThan(50);
  });

  it('stay inside their line of the terminal’s files, and come out of it as they went in', async () => {
    const { session } = await naughtyCase();
    const folder = mkdtempSync(join(tmpdir(), 'skein-naughty-'));
    try {
      const lines = async (values: Iterable<object>): Promise<Record<string, unknown>[]> => {
        const path = join(folder, 'lines.ndjson');
        await writeLines(path, values);
        const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
        expect(text.endsWith('\n')).toBe(true);
        return text
          .slice(0, -1)
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>);
      };
      const { store } = session;
      const messages = await lines(messageLines(store, new Translations()));
      expect(messages.map(({ body }) => body)).toEqual(bodies(session));
      const accounts = await lines(accountLines(store));
      expect(accounts.map(({ names: seen }) => seen)).toEqual(store.directory.accounts.map(({ names: seen }) => seen));
      expect((await lines(threadLines(store))).length).toBe(store.directory.threads.length);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
