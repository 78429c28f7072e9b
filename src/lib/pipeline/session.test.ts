import { describe, expect, it } from 'vitest';
import type { Finding } from '../evidence/findings.ts';
import { MessageState } from '../evidence/records.ts';
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { EvidenceStore } from '../evidence/store.ts';
import { asWritten, say, type Sentence } from '../evidence/wording/sentence.ts';
import { QualityFlag } from '../language/contract.ts';
import type { ReadOptions } from '../formats/contract.ts';
import type { CaseFilter } from './contract.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
const MODEL = { id: 'romance-en', sha256Hex: 'f'.repeat(64) };
const CLOCK_MS = 1_760_000_000_000;

/** An Android chat export: lines are `minute, sender, text`. */
function chat(lines: readonly (readonly [minute: number, sender: string, text: string])[]): Blob {
  const two = (n: number): string => String(n).padStart(2, '0');
  const text = lines.map(
    ([minute, sender, body]) => `25/09/2025, ${two(10 + Math.floor(minute / 60))}:${two(minute % 60)} - ${sender}: ${body}`
  );
  return new Blob([text.join('\n') + '\n']);
}

const WITH_BOGDAN = chat([
  [0, 'Ana', 'salut, vin la 5'],
  [1, 'Bogdan', 'ok adu banii'],
  [2, 'Ana', 'n-am banii azi'],
  [200, 'Bogdan', 'suna la 07700 900123']
]);
const WITH_CARLA = chat([
  [5, 'Carla', 'the money is late again'],
  [6, 'Ana', 'tomorrow, promise']
]);

interface Kept {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

function newSession(kept: Kept[] | null = null): CaseSession {
  const keeper =
    kept === null ? null : { put: async (kind: string, bytes: Uint8Array) => void kept.push({ kind, bytes: bytes.slice() }) };
  return new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper,
    clock: () => CLOCK_MS
  });
}

async function filled(kept: Kept[] | null = null): Promise<CaseSession> {
  const session = newSession(kept);
  await session.importFile(WITH_BOGDAN, 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', OPTIONS, () => {});
  await session.importFile(WITH_CARLA, 'WhatsApp Chat with Carla.txt', 'whatsapp-text', OPTIONS, () => {});
  return session;
}

const partyNamed = async (session: CaseSession, label: string): Promise<number> => {
  const found = (await session.parties({})).find((row) => row.label === label);
  if (found === undefined) throw new Error(`nobody is called ${label}`);
  return found.id;
};

describe('a case session', () => {
  it('previews without writing, then imports with a sum that adds up', async () => {
    const session = newSession();
    const preview = await session.preview(WITH_BOGDAN, 'WhatsApp Chat with Bogdan.txt', OPTIONS, null);
    expect(preview).toMatchObject({ formatId: 'whatsapp-text', finding: null });
    expect(preview.rows.map((row) => row.text)).toContain('ok adu banii');
    expect((await session.overview()).messages).toBe(0);
    const report = await session.importFile(WITH_BOGDAN, 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', OPTIONS, () => {});
    expect(report.failure).toBeNull();
    expect(report.sum).toMatchObject({ seen: 4, kept: 4, folded: 0, refused: 0 });
    expect(report.source?.sha256Hex).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses the same bytes twice and what it cannot read, in words, leaving the case as it was', async () => {
    const session = await filled();
    const before = await session.overview();
    const again = await session.importFile(WITH_BOGDAN, 'copy.txt', 'whatsapp-text', OPTIONS, () => {});
    expect(again.failure?.message).toContain('WhatsApp Chat with Bogdan.txt');
    const picture = new Blob([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3)]);
    const preview = await session.preview(picture, 'holiday.jpg', OPTIONS, null);
    expect(preview.formatId).toBeNull();
    expect(preview.finding?.message).toContain('holiday.jpg is a JPEG picture');
    expect((await session.preview(new Blob([]), 'empty.xml', OPTIONS, null)).finding?.message).toBe('empty.xml is empty.');
    expect(await session.overview()).toEqual(before);
  });

  it('takes a cancelled import back whole', async () => {
    const session = await filled();
    const before = await session.overview();
    const file = chat(Array.from({ length: 500 }, (_, i) => [i % 600, i % 2 === 0 ? 'Ana' : 'Dan', `rand ${i}`] as const));
    const running = session.importFile(file, 'WhatsApp Chat with Dan.txt', 'whatsapp-text', OPTIONS, () => {});
    await session.cancelImport();
    await expect(running).rejects.toThrow('cancelled');
    expect(await session.overview()).toEqual(before);
  });

  it('shows, searches and translates nothing of an import before it is finished', async () => {
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let reached: () => void = () => {};
    const saving = new Promise<void>((resolve) => (reached = resolve));
    let isHeld = false;
    // The disk holds the third import at its first block: all its rows are read, none is finished.
    const keeper = {
      put: (): Promise<void> => {
        if (!isHeld) return Promise.resolve();
        reached();
        return gate;
      }
    };
    const session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper, clock: () => 0 });
    await session.importFile(WITH_BOGDAN, 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', OPTIONS, () => {});
    await session.importFile(WITH_CARLA, 'WhatsApp Chat with Carla.txt', 'whatsapp-text', OPTIONS, () => {});
    isHeld = true;
    const file = chat(Array.from({ length: 500 }, (_, i) => [i % 600, i % 2 === 0 ? 'Ana' : 'Dan', `nou ${i}`] as const));
    const running = session.importFile(file, 'WhatsApp Chat with Dan.txt', 'whatsapp-text', OPTIONS, () => {});
    await saving;
    expect(session.store.messages.length).toBe(506);
    expect((await session.filter({})).total).toBe(6);
    expect((await session.filter({ text: 'nou' })).total).toBe(0);
    expect((await session.untranslated(1000, [6, 7])).ids.length).toBe(6);
    expect((await session.overview()).messages).toBe(6);
    release();
    await running;
    expect((await session.filter({ text: 'nou' })).total).toBe(500);
  });

  it('takes an import back that could not be saved, and says so', async () => {
    const kept: Kept[] = [];
    const session = await filled(kept);
    const before = await session.overview();
    const full = new CaseSession({
      store: session.store,
      translations: session.translations,
      keeper: { put: () => Promise.reject(new Error('QuotaExceededError')) },
      clock: () => 0
    });
    const report = await full.importFile(
      chat([
        [1, 'Ana', 'x'],
        [2, 'Eva', 'y']
      ]),
      'WhatsApp Chat with Eva.txt',
      'whatsapp-text',
      OPTIONS,
      () => {}
    );
    expect(report.failure).toMatchObject({ code: 'not-saved' });
    expect(report.failure?.message).toContain('QuotaExceededError');
    expect(await session.overview()).toEqual(before);
  });

  it('filters by people, edge, time and text, and counts facets that ignore their own choice', async () => {
    const session = await filled();
    const bogdan = await partyNamed(session, 'Bogdan');
    const ana = await partyNamed(session, 'Ana');
    const all = await session.filter({});
    expect([all.total, all.of]).toEqual([6, 6]);
    const fromBogdan = await session.filter({ parties: [bogdan] });
    expect(fromBogdan.total).toBe(2);
    expect(fromBogdan.facets.parties.reduce((sum, value) => sum + value.count, 0)).toBe(6);
    expect(fromBogdan.facets.threads.map((value) => value.count)).toEqual([2]);
    expect((await session.filter({ between: [ana, bogdan] })).total).toBe(4);
    expect((await session.filter({ not: { parties: [bogdan] } })).total).toBe(4);
    // British summer time: 10:02 in the export is 09:02 UTC.
    const early = await session.filter({ time: { fromMs: null, toMs: Date.UTC(2025, 8, 25, 9, 3) } });
    expect(early.total).toBe(3);
    expect(early.histogram.counts.reduce((sum, n) => sum + n, 0)).toBe(6);
    const found = await session.filter({ text: '+447700900123' });
    const rows = await session.rows(found.setId, 'time', 0, 10);
    expect(rows.map((row) => row.body)).toEqual(['suna la 07700 900123']);
    expect(rows[0]?.hits).toEqual([{ side: 'original', ranges: [[8, 20]] }]);
    await expect(session.filter({ text: '"open' })).rejects.toThrow(/quot/i);
  });

  it('gives windows in order, finds a message in them and refuses a set that is no longer current', async () => {
    const session = await filled();
    const set = await session.filter({});
    const [first, second] = await session.rows(set.setId, 'time', 0, 2);
    expect([first?.body, second?.body]).toEqual(['salut, vin la 5', 'ok adu banii']);
    const backwards = await session.rows(set.setId, 'time-descending', 0, 6);
    expect(backwards.map((row) => row.id)).toEqual(
      [...(await session.rows(set.setId, 'time', 0, 6))].reverse().map((row) => row.id)
    );
    expect(await session.positionOf(set.setId, 'time', second?.id ?? -1)).toBe(1);
    await session.filter({ text: 'money' });
    await expect(session.rows(set.setId, 'time', 0, 1)).rejects.toThrow('newer filter');
  });

  const line = (messageId: number, language: string, text: string | null, flags = 0, model = MODEL) => ({
    messageId,
    language,
    text,
    flags,
    meanLogProb: -0.4,
    model: text === null ? null : model
  });

  it('keeps every version of a line, shows the newest that has text, and asks for one by another model', async () => {
    const kept: Kept[] = [];
    const session = await filled(kept);
    const other = { id: 'tiny-nllb', sha256Hex: 'ef'.repeat(32) };
    const all = await session.untranslated(100, []);
    await session.storeTranslations(
      Array.from(all.ids, (id) =>
        id === 1 || id === 2
          ? line(id, 'ron', `first ${id}`)
          : id === 3
            ? line(id, 'pol', null, QualityFlag.noModel)
            : line(id, 'eng', null)
      )
    );
    const wishes = (isMissingOnly: boolean) =>
      ['ron', 'pol'].map((language) => ({ language, modelSha256Hex: other.sha256Hex, isMissingOnly }));
    expect((await session.countWaiting(wishes(true), [])).again.map(({ lines }) => lines)).toEqual([0, 1]);
    expect((await session.countWaiting(wishes(false), [])).again.map(({ lines }) => lines)).toEqual([2, 1]);
    expect((await session.untranslated(100, [])).ids.length).toBe(0);

    expect(await session.translateAgain(wishes(false))).toBe(3);
    const again = await session.untranslated(2, []);
    expect([again.ids.length, again.left]).toEqual([2, 1]);
    const rest = await session.untranslated(2, []);
    expect([rest.ids.length, rest.left]).toEqual([1, 0]);
    expect((await session.untranslated(2, [])).ids.length).toBe(0);
    await session.storeTranslations([line(1, 'ron', 'second 1', 0, other), line(3, 'pol', 'second 3', 0, other)]);
    // A run that found nothing hides no text.
    await session.storeTranslations([line(2, 'und', null, QualityFlag.noModel)]);
    expect((await session.countWaiting(wishes(false), [])).again.map(({ lines }) => lines)).toEqual([1, 0]);

    const saved = new SavedCase();
    for (const { kind, bytes } of kept) saved.add(kind, bytes);
    const reopened = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
    for (const one of [session, reopened]) {
      const first = await one.message(1);
      expect(first?.versions).toMatchObject([
        { kind: 'machine', text: 'first 1', modelId: MODEL.id, madeAtMs: CLOCK_MS, isShown: false },
        { kind: 'machine', text: 'second 1', modelId: other.id, madeAtMs: CLOCK_MS, isShown: true }
      ]);
      expect(await one.message(1)).toMatchObject({ translation: 'second 1', modelSha256Hex: other.sha256Hex, modelId: other.id });
      expect(await one.message(2)).toMatchObject({ translation: 'first 2', language: 'ron', translationState: 'done' });
      expect(await one.message(3)).toMatchObject({ translation: 'second 3', translationState: 'done' });
      const shown = await one.filter({ text: 'second' });
      expect(shown.total).toBe(2);
      expect((await one.filter({ text: 'first' })).total).toBe(1);
    }
  });

  it('stores machine text beside the original, searchable on its own side, and survives a reopening', async () => {
    const kept: Kept[] = [];
    const session = await filled(kept);
    const waiting = await session.untranslated(10, [5]);
    expect(waiting.ids[0]).toBe(5);
    expect(waiting.left).toBe(0);
    await session.storeTranslations([
      line(1, 'ron', 'ok bring the money'),
      line(2, 'ron', 'I have no money today', QualityFlag.lowConfidence),
      line(4, 'eng', null)
    ]);
    expect((await session.filter({})).untranslated).toBe(3);

    const saved = new SavedCase();
    for (const { kind, bytes } of kept) saved.add(kind, bytes);
    const reopened = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
    for (const one of [session, reopened]) {
      const found = await one.filter({ text: 'money' });
      const rows = await one.rows(found.setId, 'time', 0, 10);
      expect(rows.map((row) => [row.body, row.translation, row.hits.map((hit) => hit.side)])).toEqual([
        ['ok adu banii', 'ok bring the money', ['translation']],
        ['n-am banii azi', 'I have no money today', ['translation']],
        ['the money is late again', null, ['original']]
      ]);
      expect(rows[1]?.flags).toBe(QualityFlag.lowConfidence);
      expect(await one.message(1)).toMatchObject({ modelSha256Hex: MODEL.sha256Hex, translationState: 'done' });
      expect((await one.overview()).languages.find((l) => l.language === 'ron')).toMatchObject({
        messages: 2,
        translated: 2,
        flagged: 1
      });
      expect((await one.untranslated(10, [])).ids.length).toBe(3);
    }
  });

  it('counts and finds people as senders, receivers or either, by the numbers of the people table', async () => {
    const session = await filled();
    const group = new Blob(
      [
        '25/09/2025, 18:00 - Ana created group "Casa"',
        '25/09/2025, 18:01 - Ana: cine vine maine',
        '25/09/2025, 18:02 - Bogdan: eu',
        '25/09/2025, 18:03 - Dan: eu nu'
      ].map((line) => `${line}\n`)
    );
    await session.importFile(group, 'WhatsApp Chat with Casa.txt', 'whatsapp-text', OPTIONS, () => {});
    const rows = await session.parties({});
    expect(rows.length).toBeGreaterThanOrEqual(4);
    for (const { id, label, sent, received } of rows) {
      const total = async (filter: CaseFilter): Promise<number> => (await session.filter(filter)).total;
      const expected = { from: sent, to: received, either: sent + received };
      for (const side of ['from', 'to', 'either'] as const) {
        expect(await total({ parties: [id], partySide: side }), `${side} ${label}`).toBe(expected[side]);
        const rest = (await total({})) - expected[side];
        expect(await total({ not: { parties: [id], partySide: side } }), `not ${side} ${label}`).toBe(rest);
        const facet = (await session.filter({ partySide: side })).facets.parties.find((value) => value.value === id);
        expect(facet?.count ?? 0, `facet ${side} ${label}`).toBe(expected[side]);
      }
    }
    const [ana, bogdan] = [await partyNamed(session, 'Ana'), await partyNamed(session, 'Bogdan')];
    // To Bogdan, leaving out what Ana had a part in: what Dan wrote in the group went to Ana as well.
    const to = await session.filter({
      parties: [bogdan],
      partySide: 'to',
      not: { parties: [ana], partySide: 'from', states: MessageState.system }
    });
    const found = await session.rows(to.setId, 'time', 0, 10);
    expect(found.map((row) => row.body)).toEqual(['eu nu']);
    expect(
      (await session.filter({ parties: [bogdan], partySide: 'to', not: { parties: [ana], partySide: 'either' } })).total
    ).toBe(0);
  });

  it('finds calls by who made them, who got them, or either', async () => {
    const session = newSession();
    const call = (number: string, type: 1 | 2, duration: number): string =>
      `<call number="${number}" duration="${duration}" date="${1_758_800_000_000 + duration}" type="${type}" />`;
    const xml = `<?xml version="1.0"?><calls count="3">${call('07700900123', 1, 10)}${call('07700900123', 2, 20)}${call('07700900124', 2, 30)}</calls>`;
    await session.importFile(new Blob([xml]), 'calls.xml', 'sms-backup-xml', OPTIONS, () => {});
    const other = await partyNamed(session, '+447700900123');
    const seconds = async (filter: CaseFilter): Promise<(number | null)[]> =>
      (await session.calls(filter, 0, 10)).rows.map((row) => row.duration_s);
    expect(await seconds({ parties: [other] })).toEqual([10]);
    expect(await seconds({ parties: [other], partySide: 'to' })).toEqual([20]);
    expect(await seconds({ parties: [other], partySide: 'either' })).toEqual([10, 20]);
    expect(await seconds({ not: { parties: [other], partySide: 'either' } })).toEqual([30]);
  });

  it('reads numbers without a country code by the country that was chosen, and says which', async () => {
    const table = new Blob(['Date,From,To,Text\n2025-03-04 10:00:00,0722 123 456,0744 555 666,buna\n']);
    const facts = async (region: string): Promise<string[]> =>
      (await newSession().preview(table, 'sms.csv', { ...OPTIONS, region, owner: null }, 'phone-csv')).facts.map((one) =>
        say(one)
      );
    expect(await facts('GB')).toContain('Numbers without a country code are read as numbers of GB, which is assumed');
    expect(await facts('RO')).toContain('Numbers without a country code are read as numbers of RO');
    const session = newSession();
    const options = { ...OPTIONS, region: 'RO', owner: null };
    const { source } = await session.importFile(table, 'sms.csv', 'phone-csv', options, () => {});
    expect((await session.parties({})).flatMap((row) => row.identifiers).sort()).toEqual(['+40722123456', '+40744555666']);
    expect(source?.facts.map((one) => say(one, 'fr'))).toContain(
      'Les numéros sans indicatif de pays sont lus comme numéros de RO'
    );
  });

  it('tells findings, facts and questions in English and in French, also after reopening', async () => {
    const kept: Kept[] = [];
    const session = newSession(kept);
    const texts: Sentence[] = [];
    const findings: Finding[] = [];
    const files: [string, Blob, string | null][] = [
      ['WhatsApp Chat with Bogdan.txt', WITH_BOGDAN, 'whatsapp-text'],
      ['empty.xml', new Blob([]), null],
      ['holiday.jpg', new Blob([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3)]), null],
      ['table.csv', new Blob(['Date,From,To,Text\n2025-03-04 10:00,07700900123,07700900124,hi\nonly,two\n']), 'phone-csv'],
      [
        'calls.xml',
        new Blob(['<calls count="2"><call number="07700900123" duration="1" date="1" type="1" /></calls>']),
        'sms-backup-xml'
      ],
      [
        'cut.xml',
        new Blob(['<?xml version="1.0"?><project xmlns="http://pa.cellebrite.com/report/2.0"><decodedData>']),
        'ufed-xml'
      ]
    ];
    for (const [name, blob, format] of files) {
      const preview = await session.preview(blob, name, { ...OPTIONS, zone: null, owner: null }, format);
      texts.push(...preview.facts, ...preview.questions.map((question) => question.reason));
      if (preview.finding !== null) findings.push(preview.finding);
      if (format === null) continue;
      const report = await session.importFile(blob, name, format, { ...OPTIONS, zone: null, owner: null }, () => {});
      findings.push(...report.findings);
      if (report.failure !== null) findings.push(report.failure);
    }
    const codes = findings.map((finding) => finding.code);
    expect(codes).toEqual(
      expect.arrayContaining(['empty-file', 'not-recognised', 'damaged-csv', 'count-disagrees', 'cut-short'])
    );
    expect(texts.length).toBeGreaterThan(12);
    for (const { sentence, message } of findings) expect(say(sentence)).toBe(message);
    for (const sentence of [...texts, ...findings.map((finding) => finding.sentence)]) {
      expect(say(sentence, 'fr')).not.toBe(say(sentence));
      expect(say(sentence, 'fr')).not.toMatch(/\b(the|is|are|which|rows|file)\b/);
    }
    const saved = new SavedCase();
    for (const { kind, bytes } of kept) saved.add(kind, bytes);
    const reopened = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
    expect((await reopened.overview()).findings).toEqual((await session.overview()).findings);
  });

  it('reads findings and facts that an earlier version kept as bare English', async () => {
    const kept: Kept[] = [];
    await filled(kept);
    const saved = new SavedCase();
    for (const { kind, bytes } of kept) {
      const { arrays, json } = unpackBlock(bytes);
      const directory = json as { sources?: { facts: unknown; findings: unknown }[] };
      for (const source of directory.sources ?? []) {
        source.facts = ['UTF-16'];
        source.findings = [{ code: 'cut-short', severity: 'note', message: 'It ends early.', file: 'a.txt', place: null }];
      }
      saved.add(kind, packBlock(kind, arrays, json));
    }
    const { findings, sources } = await new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 }).overview();
    expect(sources[0]?.facts).toEqual([asWritten('UTF-16')]);
    expect(findings[0]).toMatchObject({ message: 'It ends early.', sentence: asWritten('It ends early.') });
  });

  it('shows months in the zone of the case, which it keeps, and refuses a zone without rules', async () => {
    const kept: Kept[] = [];
    const session = await filled(kept);
    // 10:00 in London on 25 September.
    expect(await session.overview()).toMatchObject({ zone: 'Europe/London', months: [{ fromMs: Date.UTC(2025, 7, 31, 23) }] });
    await session.setZone('America/Sao_Paulo');
    await expect(session.setZone('Mars/Olympus')).rejects.toThrow(RangeError);
    const saved = new SavedCase();
    for (const { kind, bytes } of kept) saved.add(kind, bytes);
    expect(saved.unfinished).toBe(0);
    const reopened = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
    for (const one of [session, reopened]) {
      expect(await one.overview()).toMatchObject({
        zone: 'America/Sao_Paulo',
        months: [{ fromMs: Date.UTC(2025, 8, 1, 3), toMs: Date.UTC(2025, 9, 1, 3), messages: 6 }]
      });
    }
  });

  it('passes over what an import that never ended left on disk', async () => {
    const kept: Kept[] = [];
    await filled(kept);
    const last = kept.findLastIndex((block) => block.kind === 'directory');
    const saved = new SavedCase();
    for (const { kind, bytes } of kept.slice(0, last)) saved.add(kind, bytes);
    expect(saved.unfinished).toBeGreaterThan(0);
    const reopened = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
    expect(await reopened.overview()).toMatchObject({ messages: 4, sources: [{ name: 'WhatsApp Chat with Bogdan.txt' }] });
    expect((await reopened.filter({})).total).toBe(4);
  });

  it('names who is tied to whom and what stands behind each hop', async () => {
    const session = await filled();
    const view = await session.network({}, { maxNodes: 100, includeCalls: true, seed: 1 });
    expect([...view.labels].sort()).toEqual(['Ana', 'Bogdan', 'Carla']);
    expect(view.totalEdges).toBe(2);
    const path = await session.path(await partyNamed(session, 'Bogdan'), await partyNamed(session, 'Carla'), {});
    expect(path?.map((hop) => [hop.from.label, hop.to.label, hop.messages])).toEqual([
      ['Bogdan', 'Ana', 4],
      ['Ana', 'Carla', 2]
    ]);
  });

  it('tells how far topics are, lets them be stopped, and lets no older answer replace a newer one', async () => {
    const session = await filled();
    const shares: number[] = [];
    await session.topics({}, 1, null, (share) => shares.push(share));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const stopped = session.topics({}, 1, null, () => {});
    void session.cancelTopics();
    await expect(stopped).rejects.toThrow('Finding topics was stopped.');
    const older = [session.topics({}, 1, null, () => {}), session.network({}, { maxNodes: 10, includeCalls: true, seed: 1 })];
    const newer = [session.topics({}, 1, null, () => {}), session.network({}, { maxNodes: 10, includeCalls: true, seed: 1 })];
    for (const question of await Promise.allSettled(older)) expect(question.status).toBe('rejected');
    for (const question of await Promise.allSettled(newer)) expect(question.status).toBe('fulfilled');
  });

  it('shows where a folded message stands in every file', async () => {
    const session = await filled();
    const longer = chat([
      [0, 'Ana', 'salut, vin la 5'],
      [1, 'Bogdan', 'ok adu banii'],
      [300, 'Ana', 'am ajuns']
    ]);
    const report = await session.importFile(longer, 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', OPTIONS, () => {});
    expect(report.sum).toMatchObject({ seen: 3, kept: 1, folded: 2 });
    const detail = await session.message(0);
    expect(detail?.provenance.map((place) => place.sourceId)).toEqual([0, 2]);
    expect(detail?.copies).toBe(1);
    const inThird = await session.filter({ sources: [2] });
    expect(inThird.total).toBe(3);
    expect(inThird.facets.sources.find((value) => value.value === 2)?.count).toBe(3);
  });

  it('marks the number that the officer gave as the device’s own', async () => {
    const session = await filled();
    const rows = await session.parties({});
    expect(rows.find((row) => row.label === 'Ana')?.isOwnerOf).toEqual([
      'WhatsApp Chat with Bogdan.txt',
      'WhatsApp Chat with Carla.txt'
    ]);
    expect(rows.find((row) => row.label === 'Bogdan')?.isOwnerOf).toEqual([]);
  });

  it('counts states bit by bit', async () => {
    const session = newSession();
    const file = chat([
      [0, 'Ana', 'This message was deleted'],
      [1, 'Bogdan', '<Media omitted>'],
      [2, 'Bogdan', 'ok']
    ]);
    await session.importFile(file, 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', OPTIONS, () => {});
    const { facets } = await session.filter({});
    expect(facets.states.find((value) => value.value === MessageState.tombstone)?.count).toBe(1);
    expect((await session.filter({ states: MessageState.mediaOmitted })).total).toBe(1);
    expect((await session.filter({ not: { states: MessageState.mediaOmitted } })).total).toBe(2);
  });
});
