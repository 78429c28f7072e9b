import { describe, expect, it } from 'vitest';
import { fillIn, editZip, WORDS } from '../../../tests/fixtures/returned-sheets.ts';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { QualityFlag } from '../language/contract.ts';
import { packEvent } from '../records/certified-log.ts';
import { packBlock } from '../evidence/blocks.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';
import type { LineChoice, MadeFile, RequestOptions, ReturnedSummary, SheetFormat } from './translator-contract.ts';
import { Translations } from './translations.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
const STATEMENT = { translator: 'Ioana Pop', qualification: 'DPSI 1234', translatedOn: '2025-11-28' };
const CHAT = ['salut, vin la 5', 'ok adu banii', 'n-am banii azi', 'atunci maine la opt', 'duba e in spate', 'bine'];

const REQUEST: RequestOptions = {
  formats: ['docx', 'xlsx', 'xliff'],
  madeBy: 'DC 4411',
  caseLabel: null,
  hasNames: true,
  words: {
    ...WORDS,
    flags: [[QualityFlag.lowConfidence, 'low confidence']],
    caveat: 'Machine translation by {model}; not evidence',
    caveatDoubts: 'Machine translation by {model}; not evidence; doubts: {doubts}',
    requestLine: 'Request {number} of {date}',
    countLine: '{lines} lines, {context} context',
    buildLine: 'Build {build}, root {root}',
    caseLine: 'Case: {label}',
    person: 'Person {n}',
    unknownSender: 'unknown',
    unknownTime: 'no time'
  }
};

interface Kept {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

async function chatCase(kept: Kept[] = [], lines: readonly string[] = CHAT): Promise<CaseSession> {
  const session = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: { put: async (kind, bytes) => void kept.push({ kind, bytes: bytes.slice() }) },
    clock: () => Date.UTC(2025, 10, 25, 12)
  });
  const minute = (i: number): string => new Date(Date.UTC(2025, 8, 25, 9) + i * 60_000).toISOString();
  const text = lines
    .map((body, i) => {
      const [year, month, day, hour, min] = minute(i).split(/[-T:]/);
      return `${day}/${month}/${year}, ${hour}:${min} - ${i % 2 === 0 ? 'Ana' : 'Bogdan'}: ${body}`;
    })
    .join('\n');
  const report = await session.importFile(
    new Blob([`${text}\n`]),
    'WhatsApp Chat with Bogdan.txt',
    'whatsapp-text',
    OPTIONS,
    () => {}
  );
  expect(report.failure).toBeNull();
  await session.storeTranslations(
    lines.map((body, messageId) => ({
      messageId,
      language: 'ron',
      text: `machine of ${body}`,
      flags: messageId === 1 ? QualityFlag.lowConfidence : 0,
      meanLogProb: -0.4,
      model: { id: 'romance-en', sha256Hex: 'f'.repeat(64) }
    }))
  );
  return session;
}

const choose = (messageIds: readonly number[], contextLines = 1): LineChoice => ({ lines: { messageIds }, contextLines });

async function make(
  session: CaseSession,
  choice: LineChoice,
  options = REQUEST
): Promise<Record<SheetFormat, Uint8Array<ArrayBuffer>>> {
  const { files } = await session.makeRequest(choice, options);
  const of = (ending: string): Uint8Array<ArrayBuffer> => (files.find(({ name }) => name.endsWith(ending)) as MadeFile)?.bytes;
  return { docx: of('.docx'), xlsx: of('.xlsx'), xliff: of('.xlf') };
}

const read = (session: CaseSession, bytes: Uint8Array<ArrayBuffer>, name = 'back.docx'): Promise<ReturnedSummary> =>
  session.readReturned(new Blob([bytes]), name);

const translated = (line: number) => ({ translation: `certified ${line}` });
const row = async (session: CaseSession, id: number) => (await session.message(id))!;

describe('a request to a translator', () => {
  it('holds the chosen lines with their neighbours as context, and says what it holds before it is made', async () => {
    const session = await chatCase();
    const plan = await session.planRequest(choose([1, 4]));
    expect(plan).toMatchObject({ lines: 2, context: 4, languages: [{ language: 'ron', lines: 2 }], isTooMany: false });
    expect(plan.characters).toBe((CHAT[1] as string).length + (CHAT[4] as string).length);
    expect(await session.planRequest(choose([1], 0))).toMatchObject({ lines: 1, context: 0 });
    expect((await session.translatorHistory()).requests).toEqual([]);
  });

  it('takes a filtered set too, and says when it is too much', async () => {
    const session = await chatCase();
    const { setId } = await session.filter({ text: 'banii' });
    expect(await session.planRequest({ lines: { setId, order: 'time' }, contextLines: 0 })).toMatchObject({
      lines: 2,
      context: 0
    });
    expect(await session.planRequest(choose(Array.from({ length: 5001 }, (_, i) => i)))).toMatchObject({ isTooMany: true });
    await expect(session.makeRequest(choose([]), REQUEST)).rejects.toThrow('words to translate');
  });

  it('shows the case label and names only where the officer allows it', async () => {
    const session = await chatCase();
    const text = async (options: RequestOptions): Promise<string> =>
      new TextDecoder().decode((await make(session, choose([1]), { ...options, formats: ['xliff'] })).xliff);
    const open = await text({ ...REQUEST, caseLabel: 'HERON' });
    expect(open).toContain('HERON');
    expect(open).toContain('Bogdan');
    const shut = await text({ ...REQUEST, hasNames: false });
    expect(shut).not.toContain('HERON');
    expect(shut).not.toContain('Bogdan');
    expect(shut).toContain('Person 1');
  });

  it('gives each machine text its caveat and its doubts', async () => {
    const session = await chatCase();
    const { xliff } = await make(session, choose([1], 0));
    expect(new TextDecoder().decode(xliff)).toContain('Machine translation by romance-en; not evidence; doubts: low confidence');
  });
});

describe('a line that was made again after its request', () => {
  const made = (text: string, id: string, flags: number, otherReading?: string) => ({
    messageId: 1,
    language: 'ron',
    text,
    flags,
    meanLogProb: -0.3,
    model: { id, sha256Hex: id.repeat(64).slice(0, 64) },
    ...(otherReading === undefined ? {} : { otherReading })
  });

  it('keeps on the sheet, and beside what came back, the doubts and the model of what was sent', async () => {
    const session = await chatCase();
    await session.storeTranslations([made('I bring the money', 'a', QualityFlag.lowConfidence, 'They bring the money')]);
    const { docx, xliff } = await make(session, choose([1], 0));
    const sent = 'Machine translation by a; not evidence; doubts: low confidence';
    const sheet = new TextDecoder().decode(xliff);
    expect(sheet).toContain(sent);
    expect(sheet).not.toContain('They bring the money');
    await session.storeTranslations([made('OK, I am bringing the money', 'b', 0)]);
    expect(await row(session, 1)).toMatchObject({ translation: 'OK, I am bringing the money', modelId: 'b', flags: 0 });

    const back = await fillIn('docx', docx, () => ({ translation: 'ok, bringing the cash' }), {
      translator: STATEMENT.translator,
      qualification: STATEMENT.qualification,
      date: '28/11/2025'
    });
    const summary = await read(session, back);
    const [line] = await session.returnedLines(summary.returnedId, 'new', 0, 10);
    // The newer line says something else, which is a doubt of both.
    const flags = QualityFlag.lowConfidence | QualityFlag.enginesDisagree;
    expect(line).toMatchObject({ machineText: 'I bring the money', modelId: 'a', flags });
  });
});

describe.each(['docx', 'xlsx', 'xliff'] as const)('a returned %s', (format) => {
  it('is shown first, taken in after, and undone, with every version kept', async () => {
    const kept: Kept[] = [];
    const session = await chatCase(kept);
    const files = await make(session, choose([1, 2]));
    const bytes = await fillIn(
      format,
      files[format],
      (line) => (line === 2 ? { translation: 'ok, bring the cash', note: 'slang' } : undefined),
      {
        translator: STATEMENT.translator,
        qualification: STATEMENT.qualification,
        date: '28/11/2025'
      }
    );
    const before = kept.length;
    const summary = await read(session, bytes, `back.${format}`);
    expect(summary).toMatchObject({
      failure: null,
      format,
      statement: STATEMENT,
      requests: [1],
      counts: { new: 1, changed: 0, same: 0, empty: 1, missing: 0, refused: 0 }
    });
    const [line] = await session.returnedLines(summary.returnedId, 'new', 0, 10);
    expect(line).toMatchObject({
      messageId: 1,
      original: 'ok adu banii',
      text: 'ok, bring the cash',
      note: 'slang',
      reference: 'T1-0002'
    });
    expect(line?.diff?.some((piece) => piece.kind === 'added' && piece.text.includes('cash'))).toBe(true);
    expect(kept.length).toBe(before);
    expect((await row(session, 1)).certified).toBeNull();

    const intake = await session.takeIn(summary.returnedId, summary.statement, 'DC 4411', []);
    const detail = await row(session, 1);
    expect(detail.certified).toMatchObject({
      text: 'ok, bring the cash',
      translator: 'Ioana Pop',
      translatedOn: '2025-11-28',
      note: 'slang'
    });
    expect(detail.translation).toBe('machine of ok adu banii');
    expect(detail.versions.map(({ kind, isShown }) => [kind, isShown])).toEqual([
      ['machine', false],
      ['certified', true]
    ]);
    expect(detail.certifiedDiff?.map((piece) => (piece.kind === 'removed' ? '' : piece.text)).join('')).toBe(
      'ok, bring the cash'
    );

    // The case as it comes back from disk is the same.
    const saved = new SavedCase();
    for (const block of kept) saved.add(block.kind, block.bytes);
    const restored = saved.finish();
    const again = new CaseSession({ ...restored, keeper: null, clock: () => 0 });
    expect(await row(again, 1)).toEqual(detail);

    await session.withdrawIntake(intake.number, 'DC 4411');
    const undone = await row(session, 1);
    expect(undone.certified).toBeNull();
    expect(undone.versions).toHaveLength(2);
    expect(undone.versions[1]).toMatchObject({ kind: 'certified', isShown: false, withdrawn: { by: 'DC 4411' } });
    await expect(session.withdrawIntake(intake.number, 'DC 4411')).rejects.toThrow('not there');
  });
});

describe('certified text', () => {
  it('is what search meets, and hits say that it is; undoing gives the machine text back', async () => {
    const session = await chatCase();
    await session.filter({ text: 'machine' });
    const { xliff } = await make(session, choose([1], 0));
    const summary = await read(session, await fillIn('xliff', xliff, () => ({ translation: 'bring the umbrella' })));
    const intake = await session.takeIn(summary.returnedId, STATEMENT, 'me', []);
    const found = await session.filter({ text: 'umbrella' });
    expect(found.total).toBe(1);
    const [hit] = await session.rows(found.setId, 'time', 0, 1);
    expect(hit?.hits.map(({ side }) => side)).toEqual(['certified']);
    expect((await session.filter({ text: 'machine' })).total).toBe(CHAT.length - 1);
    // A model that comes later makes another machine text; the certified one still counts.
    const other = { id: 'other', sha256Hex: 'e'.repeat(64) };
    await session.storeTranslations([
      { messageId: 1, language: 'ron', text: 'second machine', flags: 0, meanLogProb: -1, model: other }
    ]);
    expect((await session.filter({ text: 'second' })).total).toBe(0);
    expect((await session.filter({ text: 'umbrella' })).total).toBe(1);
    expect(
      (await row(session, 1)).versions.map((version) => (version.kind === 'machine' ? version.text : version.certified.text))
    ).toEqual(['machine of ok adu banii', 'second machine', 'bring the umbrella']);
    await session.withdrawIntake(intake.number, 'me');
    expect((await session.filter({ text: 'umbrella' })).total).toBe(0);
    expect((await session.filter({ text: 'second' })).total).toBe(1);
  });

  it('of a second file stands before the first, which comes back when the second is undone', async () => {
    const session = await chatCase();
    const { xliff } = await make(session, choose([1], 0));
    const first = await read(session, await fillIn('xliff', xliff, () => ({ translation: 'first' })));
    await session.takeIn(first.returnedId, STATEMENT, 'me', []);
    const same = await read(session, await fillIn('xliff', xliff, () => ({ translation: 'first' })));
    expect(same.counts).toMatchObject({ same: 1, new: 0 });
    expect(same.heldBy).toBe(1);
    const second = await read(session, await fillIn('xliff', xliff, () => ({ translation: 'second' })));
    expect(second.counts).toMatchObject({ changed: 1 });
    const intake = await session.takeIn(second.returnedId, STATEMENT, 'me', []);
    expect((await row(session, 1)).certified?.text).toBe('second');
    await session.withdrawIntake(intake.number, 'me');
    expect((await row(session, 1)).certified?.text).toBe('first');
  });

  it('leaves old cases as they were and refuses records of a later version', () => {
    const saved = new SavedCase();
    expect(saved.finish().certified.intakes).toEqual([]);
    const later = packBlock('certified', {}, { version: 2, event: {} });
    expect(() => new SavedCase().add('certified', later)).toThrow('version 2');
    const request = { kind: 'request', number: 1, salt: 's', madeAtMs: 0, madeBy: 'x', lines: [] } as const;
    const known = new SavedCase();
    known.add('certified', packEvent(request));
    expect(known.finish().certified.requests).toEqual([request]);
  });
});

describe('rows that do not fit', () => {
  const three = async (edit: (xml: string) => string): Promise<[CaseSession, ReturnedSummary]> => {
    const session = await chatCase();
    const { xliff } = await make(session, choose([0, 1, 2], 0));
    const filled = new TextDecoder().decode(await fillIn('xliff', xliff, translated));
    return [session, await read(session, new TextEncoder().encode(edit(filled)))];
  };
  const unit = (xml: string, line: number): string => new RegExp(`<unit id="T1-000${line}".*?</unit>`, 's').exec(xml)?.[0] ?? '';
  const reasons = async ([session, summary]: [CaseSession, ReturnedSummary]) =>
    (await session.returnedLines(summary.returnedId, 'refused', 0, 10)).map(({ reference, refusal }) => [reference, refusal]);

  it('in another order are matched all the same, and deleted rows are named', async () => {
    const [session, summary] = await three((xml) =>
      xml
        .replace(unit(xml, 2), '')
        .replace(unit(xml, 3), '')
        .replace('<unit id="T1-0001"', `${unit(xml, 3)}<unit id="T1-0001"`)
    );
    expect(summary.counts).toMatchObject({ new: 2, missing: 1, refused: 0 });
    expect((await session.returnedLines(summary.returnedId, 'missing', 0, 9)).map(({ reference }) => reference)).toEqual([
      'T1-0002'
    ]);
    await session.takeIn(summary.returnedId, STATEMENT, 'me', []);
    expect((await row(session, 2)).certified?.text).toBe('certified 3');
    expect((await row(session, 1)).certified).toBeNull();
  });

  const swap = (xml: string): string =>
    xml.replace('id="T1-0001"', 'id="X"').replace('id="T1-0002"', 'id="T1-0001"').replace('id="X"', 'id="T1-0002"');
  it.each<[string, (xml: string) => string, (readonly [string, string])[]]>([
    [
      'exchanged numbers',
      swap,
      [
        ['T1-0002', 'check-disagrees'],
        ['T1-0001', 'check-disagrees']
      ]
    ],
    [
      'an edited original',
      (xml) => xml.replaceAll('<source>ok adu banii</source>', '<source>ok adu cheile</source>'),
      [['T1-0002', 'original-edited']]
    ],
    [
      'a number that is there twice',
      (xml) => xml.replace(unit(xml, 1), unit(xml, 1) + unit(xml, 1)),
      [
        ['T1-0001', 'line-double'],
        ['T1-0001', 'line-double']
      ]
    ],
    ['a number that was never sent', (xml) => xml.replace('id="T1-0002"', 'id="T1-0099"'), [['T1-0099', 'line-unknown']]],
    ['a request that was never made', (xml) => xml.replace('id="T1-0002"', 'id="T8-0002"'), [['T8-0002', 'request-unknown']]],
    [
      'a number that cannot be read',
      (xml) => xml.replace('id="T1-0002"', 'id="two"'),
      [[expect.stringContaining('two') as string, 'reference-unreadable']]
    ],
    [
      'a translation of half a line',
      (xml) => xml.replace(/(<unit id="T1-0002".*?)<\/unit>/s, '$1<segment><source></source><target></target></segment></unit>'),
      [['T1-0002', 'partly-translated']]
    ],
    [
      'machine text that was edited in place',
      (xml) =>
        xml
          .replace('<target>certified 2</target>', '<target></target>')
          .replace('<target>machine of ok adu banii</target>', '<target>bring the money</target>'),
      [['T1-0002', 'machine-edited']]
    ]
  ])('are refused by name: %s', async (_, edit, expected) => {
    const found = await three(edit);
    expect(await reasons(found)).toEqual(expected);
    const [session, summary] = found;
    const intake = await session.takeIn(summary.returnedId, STATEMENT, 'me', []);
    expect(intake.refused).toBe(expected.length);
  });

  it('never fit another case, even of the same words', async () => {
    const [mine, theirs] = [await chatCase(), await chatCase()];
    const { xliff } = await make(theirs, choose([0, 1], 0));
    await make(mine, choose([0, 1], 0));
    const summary = await read(mine, await fillIn('xliff', xliff, translated));
    expect(summary.counts).toMatchObject({ refused: 2, new: 0 });
    await expect(mine.takeIn(summary.returnedId, STATEMENT, 'me', [])).rejects.toThrow('no line');
  });

  it('stay out where the officer passes over them, and their words are kept', async () => {
    const session = await chatCase();
    const { xliff } = await make(session, choose([0, 1], 0));
    const summary = await read(session, await fillIn('xliff', xliff, translated));
    const lines = await session.returnedLines(summary.returnedId, 'new', 0, 9);
    const intake = await session.takeIn(summary.returnedId, STATEMENT, 'me', [lines[0]!.at]);
    expect(intake).toMatchObject({ lines: 1, refused: 1 });
    expect((await row(session, 0)).certified).toBeNull();
  });

  it('hold a formula: its result is not taken for a translation', async () => {
    const session = await chatCase();
    const { xlsx } = await make(session, choose([0], 0));
    const filled = await editZip(await fillIn('xlsx', xlsx, () => ({ translation: 'x' })), (path, xml) =>
      path.startsWith('xl/worksheets/')
        ? xml.replace(/<c r="F2" t="inlineStr">.*?<\/c>/s, '<c r="F2" t="str"><f>WEBSERVICE("http://x")</f><v>fetched</v></c>')
        : xml
    );
    const found: [CaseSession, ReturnedSummary] = [session, await read(session, filled)];
    expect(await reasons(found)).toEqual([['T1-0001', 'formula']]);
  });
});

describe('a file that is no returned sheet', () => {
  const zipOf = async (xml: string): Promise<Uint8Array<ArrayBuffer>> => {
    const session = await chatCase();
    const { docx } = await make(session, choose([0], 0));
    return editZip(docx, (path, part) => (path === 'word/document.xml' ? xml : part));
  };
  it.each<[string, () => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>, string]>([
    ['empty', () => new Uint8Array(), 'empty-file'],
    ['a picture', () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'not-recognised'],
    ['an old Word file', () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 'not-recognised'],
    ['XLIFF 1.2', () => new TextEncoder().encode('<xliff version="1.2"><file/></xliff>'), 'not-recognised'],
    ['another XML', () => new TextEncoder().encode('<html><body>x</body></html>'), 'not-recognised'],
    [
      'entities that fetch and multiply',
      () =>
        new TextEncoder().encode(
          '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;">]><xliff version="2.1"><file>&b;</file></xliff>'
        ),
      'damaged-xml'
    ],
    [
      'a document with a DTD',
      () => zipOf('<!DOCTYPE w [<!ENTITY a "x">]><w:document xmlns:w="w">&a;</w:document>'),
      'damaged-xml'
    ],
    ['a document cut off', () => zipOf('<w:document><w:body>'), 'damaged-xml'],
    [
      'a document without our table',
      () => zipOf('<w:document><w:body><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>'),
      'not-recognised'
    ],
    [
      'a part of 70 MB of one letter',
      () => zipOf(`<w:document>${'x'.repeat(70_000_000)}</w:document>`),
      'too-large|ratio-too-high'
    ]
  ])('%s is refused in words', async (_, bytes, codes) => {
    const session = await chatCase();
    const summary = await read(session, await bytes(), 'odd.docx');
    expect(codes.split('|')).toContain(summary.failure?.code);
    expect(summary.failure?.message).toContain('odd.docx');
    expect(summary.returnedId).toBe(0);
  });
});

it('holds five thousand lines', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `linia ${i} adu banii la ${i}`);
  const session = await chatCase([], lines);
  const choice = choose(
    Array.from({ length: 5000 }, (_, i) => i),
    0
  );
  const files = await make(session, choice);
  for (const format of ['docx', 'xlsx', 'xliff'] as const) {
    const summary = await read(session, await fillIn(format, files[format], translated));
    expect(summary.counts).toEqual({ new: 5000, changed: 0, same: 0, empty: 0, missing: 0, refused: 0 });
  }
}, 600_000);
