import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildId } from '../../tools/build-id.ts';
import { run } from './run.ts';
import { DOUBT_WORDS, type MachineText } from './machine-text.ts';

const root = mkdtempSync(join(tmpdir(), 'skein-cli-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** In a process of its own, as from a terminal: it takes seconds to begin, so the other tests run in this one. */
function fromTerminal(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'src/cli/analyse.ts', ...args], { maxBuffer: 1 << 26 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    );
  });
}

async function analyse(...args: string[]): Promise<Run> {
  let out = '';
  let err = '';
  const code = await run(args, { print: (line) => (out += `${line}\n`), complain: (line) => (err += `${line}\n`) });
  return { code, out, err };
}

function file(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

const lines = (name: string): Record<string, unknown>[] =>
  readFileSync(join(root, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const CHAT = file(
  'WhatsApp Chat with Bogdan.txt',
  [
    '25/09/2025, 10:00 - Ana: unde esti acum? te astept la 07700 900123',
    '25/09/2025, 10:02 - Bogdan: vin acum, adu banii',
    ''
  ].join('\n')
);

describe('doubts in the result files', () => {
  it('are in the words of the app', () => {
    const path = new URL('../messages/en.json', import.meta.url);
    const catalogue = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>);
    const words = catalogue.filter(([key]) => key.startsWith('messages_flag_')).map(([, value]) => value);
    expect(Object.values(DOUBT_WORDS).sort()).toEqual(words.sort());
  });
});

describe('analyse', () => {
  it('reads, translates and writes every line with its original and its place', async () => {
    const { code, out } = await fromTerminal(
      CHAT,
      '--out',
      join(root, 'out'),
      '--owner',
      'WhatsApp Chat with Bogdan.txt=07700900100=Ana'
    );
    expect(out).toContain('2 seen = 2 kept + 0 folded + 0 refused');
    expect(out).toMatch(/languages: ron 2 \(2 translated, \d in doubt\)/);
    expect(code).toBe(0);
    const [first, second] = lines('out/messages.ndjson');
    expect(first).toMatchObject({
      kind: 'message',
      time_utc: '2025-09-25T09:00:00.000Z',
      time_basis: 'zone-chosen-by-officer',
      from: 'whatsapp:+447700900100',
      body: 'unde esti acum? te astept la 07700 900123',
      language: 'ron'
    });
    // A number is masked before translation and put back: it can never be altered.
    expect(first?.['translation']).toContain('07700 900123');
    expect(second?.['translation']).toEqual(expect.any(String));
    // Machine text leaves only with what made it, its doubts and its caveat.
    for (const line of [first, second]) {
      const { machine } = line as unknown as { machine: MachineText };
      expect(machine).toMatchObject({ model: 'romance-en', model_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(machine.mean_log_prob ?? 1).toBeLessThan(0);
      expect(machine).toHaveProperty('by_itself');
      expect(machine.other_reading !== null).toBe(machine.doubts.includes('unsure who is meant'));
      expect(machine.doubts.length).toBe(((line?.['flags'] ?? []) as string[]).length);
      expect(machine.caveat).toMatch(/^Machine translation by romance-en; not evidence by itself, read with the original/);
      for (const doubt of machine.doubts) expect(machine.caveat).toContain(doubt);
    }
    expect(second?.['provenance']).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), offset: expect.any(Number) });
    const summary = JSON.parse(readFileSync(join(root, 'out/summary.json'), 'utf8')) as Record<string, unknown>;
    expect(summary).toMatchObject({
      build: buildId(),
      files: [{ format: 'whatsapp-text', seen: 2, kept: 2 }],
      counts: { messages: 2, calls: 0, accounts: 2, threads: 1 },
      languages: { ron: 2 },
      language_table: [
        {
          language: 'ron',
          lines: 2,
          share: 1,
          distinct_lines: 2,
          characters: 60,
          translated: 2,
          by_model: { 'romance-en': 2 },
          certified: 0,
          without_english: { no_model: 0, cannot_tell: 0, too_short: 0, waiting: 0, nothing_to_translate: 0 }
        }
      ],
      translation: { lines: 2, by_model: { 'romance-en': 2 } },
      network: { nodes: 2, edges: 1, communities: 1 }
    });
    const terms = JSON.parse(readFileSync(join(root, 'out/terms.json'), 'utf8')) as Record<string, unknown>;
    // Two people are one community: there is no rest to compare with.
    expect(terms).toMatchObject({ communities: [{ community: 0, messages: 2, outsideOf: 0, terms: [] }] });
    expect(readFileSync(join(root, 'out/network.graphml'), 'utf8')).toContain('<edge source="n0" target="n1">');
  });

  it('lists who may be one person, with the message behind it', async () => {
    const sms = (number: string, minute: number, body: string): string =>
      `<sms protocol="0" address="${number}" date="${1_758_700_000_000 + minute * 60_000}" type="1" body="${body}" read="1" status="-1" />`;
    const backup = file(
      'sms.xml',
      `<?xml version='1.0' encoding='UTF-8' ?><smses count="2">${sms('07700900111', 0, 'this is my new number 07700 900122')}${sms('07700900122', 5, 'hello')}</smses>`
    );
    const { code } = await analyse(backup, '--out', join(root, 'who'), '--no-translate', '--owner', 'sms.xml=07700900100=Ana');
    expect(code).toBe(0);
    const { suggestions } = JSON.parse(readFileSync(join(root, 'who/identity.json'), 'utf8')) as { suggestions: unknown[] };
    expect(suggestions).toEqual([
      {
        a: expect.objectContaining({ identifiers: ['+447700900111'], files: ['sms.xml'] }),
        b: expect.objectContaining({ identifiers: ['+447700900122'] }),
        shown: true,
        reasons_for: [expect.objectContaining({ kind: 'said-so', messageId: 0, body: 'this is my new number 07700 900122' })],
        reasons_against: []
      }
    ]);
  });

  it('lists when cards, handsets and numbers were in use, with the rows that say so', async () => {
    const records = file(
      'network.csv',
      [
        'Record Type,A Number,B Number,Start Date Time,Duration (secs),IMEI,IMSI,First Cell ID',
        'MOC,447700900123,447700900124,13/05/2024 10:00:00,65,350000000000011,234150000000001,c1',
        'MOC,447700900123,447700900124,14/06/2024 10:00:00,65,350000000000011,234150000000002,c1'
      ].join('\r\n')
    );
    const owner = ['--owner', 'network.csv=07700900123=Ana'];
    expect((await analyse(records, '--out', join(root, 'lanes'), '--no-translate', '--zone', 'UTC', ...owner)).code).toBe(0);
    const { lanes } = JSON.parse(readFileSync(join(root, 'lanes/identity.json'), 'utf8')) as { lanes: unknown[] };
    expect(lanes[0]).toMatchObject({
      kind: 'handset',
      text: '35000000000001',
      spans: [
        { from_utc: '2024-05-13T10:00:00.000Z', uses: 1 },
        { from_utc: '2024-06-14T10:00:00.000Z', uses: 1 }
      ],
      named_together_with: [
        { kind: 'sim', text: '234150000000001', uses: 1 },
        { kind: 'sim', text: '234150000000002', uses: 1 },
        { kind: 'number', text: '+447700900123', uses: 2 }
      ],
      first_and_last: [
        { what: 'record', offset: 2, unit: 'row' },
        { what: 'record', offset: 3, unit: 'row' }
      ]
    });
    expect(lanes).toHaveLength(4);
  });

  it('says what one of two phones alone holds, with its messages', async () => {
    const backup = (name: string, other: string, isOfAna: boolean, minutes: readonly number[]): string => {
      const lines = minutes.map(
        (minute) =>
          `<sms protocol="0" address="${other}" date="${1_758_700_000_000 + minute * 60_000}" type="${isOfAna ? 2 : 1}" body="line of minute ${minute}" read="1" status="-1" />`
      );
      return file(name, `<?xml version='1.0' encoding='UTF-8' ?><smses count="${lines.length}">${lines.join('')}</smses>`);
    };
    const ana = backup('ana.xml', '07700900122', true, [0, 1, 2, 3, 4]);
    const bo = backup('bo.xml', '07700900100', false, [0, 1, 3, 4]);
    const owners = ['--owner', 'ana.xml=07700900100=Ana', '--owner', 'bo.xml=07700900122=Bo'];
    expect((await analyse(ana, bo, '--out', join(root, 'phones'), '--no-translate', ...owners)).code).toBe(0);
    const { pairs } = JSON.parse(readFileSync(join(root, 'phones/phones.json'), 'utf8')) as { pairs: unknown[] };
    expect(pairs).toMatchObject([
      { same_time: 4, only_on_a: { while_the_other_holds_earlier_and_later_ones: { count: 1, message_ids: [2] } } }
    ]);
    const { ties, of } = JSON.parse(readFileSync(join(root, 'phones/ties.json'), 'utf8')) as { ties: unknown[]; of: object };
    expect([ties, of]).toEqual([[], { 'address-book': 0, 'shared-identifier': 0, near: 0 }]);
  });

  it('writes patterns, the timeline and places, each figure with the messages behind it', async () => {
    const row = (hour: number, lat: number, lon: number): string =>
      `call,in,07700900124,2014-07-07 ${hour}:13:30,12,${lat},${lon}`;
    const records = file(
      'records.csv',
      [
        'interaction,direction,correspondent_id,datetime,call_duration,latitude,longitude',
        row(22, 51.51, -0.13),
        row(23, 51.51, -0.13)
      ].join('\n')
    );
    const { code } = await analyse(
      CHAT,
      records,
      '--out',
      join(root, 'when'),
      '--no-translate',
      '--owner',
      'WhatsApp Chat with Bogdan.txt=07700900100=Ana',
      '--owner',
      'records.csv=07700900100=Ana'
    );
    expect(code).toBe(0);
    const read = (name: string): unknown => JSON.parse(readFileSync(join(root, 'when', name), 'utf8'));
    const atTen = Array.from({ length: 24 }, (_, hour) => (hour === 10 ? 2 : 0));
    expect(read('timeline.json')).toMatchObject({
      zone: 'Europe/London',
      messages: 2,
      bin_days: 1,
      // 25 September 2025 was a Thursday.
      hours_of_week: { thursday: atTen, monday: Array.from({ length: 24 }, () => 0) },
      devices: { lanes: [{ messages: 2, by_bin: [2] }] },
      clock_doubts: [{ kind: 'zone-chosen', label: 'WhatsApp Chat with Bogdan.txt', message_ids: [0, 1] }]
    });
    // Beside a call stands the network's antenna: an area, and no place of the phone.
    expect(read('places.json')).toMatchObject({
      devices: [{ precise: 0, areas: 2 }],
      places: [],
      areas: [{ isCell: true, isAssumed: true, uses: 2, latitude_deg: 51.51 }]
    });
    expect(read('patterns.json')).toMatchObject({
      messages: 2,
      findings: [],
      rules: expect.arrayContaining([{ id: 'night', version: 1 }])
    });
  });

  it('compares with the files of another case, once it is said what for', async () => {
    const sms = (name: string, numbers: readonly string[]): string =>
      file(
        name,
        `<?xml version='1.0' encoding='UTF-8' ?><smses count="${numbers.length}">${numbers
          .map((n) => `<sms protocol="0" address="${n}" date="1758700000000" type="1" body="ok" read="1" status="-1" />`)
          .join('')}</smses>`
      );
    const [own, others] = [sms('north.xml', ['07700900111', '60777']), sms('south.xml', ['+447700900111', '60777'])];
    const to = ['--out', join(root, 'cross'), '--no-translate'];
    expect((await analyse(own, '--against', others, ...to)).code).toBe(2);
    const { code } = await analyse(own, '--against', others, '--purpose', 'Operation HERON', ...to);
    expect(code).toBe(0);
    const use = { messages: 1, first_utc: '2025-09-24T07:46:40.000Z' };
    expect(JSON.parse(readFileSync(join(root, 'cross/crosscase.json'), 'utf8'))).toMatchObject({
      purpose: 'Operation HERON',
      identifiers_here: 1,
      identifiers_there: 1,
      links: [
        {
          kind: 'number',
          text: '+447700900111',
          here: { ...use, files: [{ name: 'north.xml', count: 1 }] },
          there: { ...use, files: [{ name: 'south.xml', count: 1 }] }
        }
      ]
    });
  });

  it('gives 1 and names file and reason when something was refused', async () => {
    const wrong = file('notes.csv', 'just,words\nand,more\n');
    const { code, out } = await analyse(wrong, '--no-translate', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ files: [{ name: 'notes.csv', format: null }], counts: { messages: 0 } });
  });

  it('gives 2 and the usage for arguments that cannot be used', async () => {
    for (const args of [
      [],
      ['--zone', 'Mars/Olympus', '--json', CHAT],
      ['missing.xml', '--json'],
      ['--region', 'Mars', '--json', CHAT],
      ['--frobnicate']
    ]) {
      const { code, err } = await analyse(...args);
      expect(code, args.join(' ')).toBe(2);
      expect(err).toContain('Usage: npm run -s analyse');
    }
    expect(await analyse(CHAT, '--json', '--no-translate', '--terms', 'missing.txt')).toMatchObject({ code: 2 });
    const { code, out, err } = await fromTerminal('--frobnicate');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('unknown option --frobnicate');
  });

  it('counts a list of search terms, each with the messages that it finds', async () => {
    const terms = file('terms.txt', '\uFEFFbanii\r\n# not a term\n\n"te astept"\n+447700900123\nunde AND (\nabsent*\n');
    const { code } = await analyse(CHAT, '--terms', terms, '--no-translate', '--out', join(root, 'terms'));
    expect(code).toBe(0);
    const found = JSON.parse(readFileSync(join(root, 'terms/searches.json'), 'utf8')) as { terms: unknown[] };
    const first_utc = '2025-09-25T09:00:00.000Z';
    expect(found).toEqual({
      messages: 2,
      terms: [
        expect.objectContaining({ text: 'banii', messages: 1, message_ids: [1], first_utc: '2025-09-25T09:02:00.000Z' }),
        expect.objectContaining({ text: '"te astept"', messages: 1, message_ids: [0], first_utc }),
        // The chat writes it in national form.
        expect.objectContaining({ text: '+447700900123', messages: 1, message_ids: [0], threads: 1, senders: 1 }),
        expect.objectContaining({
          text: 'unde AND (',
          fault: expect.objectContaining({ at: expect.any(Number) }),
          message_ids: []
        }),
        expect.objectContaining({ text: 'absent*', fault: null, messages: 0, message_ids: [], first_utc: null })
      ]
    });
    const summary = JSON.parse(readFileSync(join(root, 'terms/summary.json'), 'utf8')) as Record<string, unknown>;
    expect(summary['searches']).toEqual({ terms: 5, unreadable: 1 });
  });

  it('gives the shortest way between two people with the messages of each step, and names who is in no file', async () => {
    const carla = file(
      'WhatsApp Chat with Carla.txt',
      '26/09/2025, 10:00 - Ana: hello\n26/09/2025, 10:05 - Carla: hello\n26/09/2025, 10:09 - Ana: later\n'
    );
    const owner = (name: string): string[] => ['--owner', `WhatsApp Chat with ${name}.txt=07700900100=Ana`];
    const asked = ['--path', 'bogdan=Carla', '--path', 'Ana=+447700900199', '--path', '07700 900100=Carla'];
    const to = ['--no-translate', '--out', join(root, 'paths')];
    expect((await analyse(CHAT, carla, ...owner('Bogdan'), ...owner('Carla'), ...asked, ...to)).code).toBe(0);
    const { paths } = JSON.parse(readFileSync(join(root, 'paths/paths.json'), 'utf8')) as {
      paths: { fault: string | null; ways: { over: string; hops: Record<string, unknown>[] }[] }[];
    };
    expect(paths.map(({ fault }) => fault)).toEqual([null, '+447700900199 stands in no file', null]);
    expect(paths[0]!.ways).toHaveLength(1);
    expect(paths[0]!.ways[0]!.over).toBe('talk');
    expect(paths[0]!.ways[0]!.hops).toEqual([
      expect.objectContaining({ from: 'Bogdan', to: 'Ana', messages: 2, calls: 0, message_ids: [0, 1], other_ties: [] }),
      expect.objectContaining({
        from: 'Ana',
        to: 'Carla',
        messages: 3,
        first_utc: '2025-09-26T09:00:00.000Z',
        message_ids: [2, 3, 4]
      })
    ]);
    expect(paths[2]!.ways[0]!.hops).toHaveLength(1);
    const rows = readFileSync(join(root, 'paths/paths.csv'), 'utf8').trim().split('\r\n');
    expect(rows).toHaveLength(4);
    expect(rows[2]).toContain('1,"talk",2,"Ana","Carla",3,0,"2025-09-26T09:00:00.000Z","2025-09-26T09:09:00.000Z","",');
    const summary = JSON.parse(readFileSync(join(root, 'paths/summary.json'), 'utf8')) as Record<string, unknown>;
    expect(summary['paths']).toEqual({ asked: 3, connected: 2, unknown: 1 });
    expect((await analyse(CHAT, '--path', 'Ana', ...to)).code).toBe(2);
  });

  it('counts ties that are no talk by kind, and entries of an address book of which nobody says whose it is', async () => {
    const book = file('contacts.csv', 'Name,Phone number\nBo at work,+447700900122\nDan,+447700900144\n');
    expect((await analyse(book, '--no-translate', '--out', join(root, 'ties'))).code).toBe(0);
    const of = { 'address-book': 0, 'shared-identifier': 0, near: 0 };
    expect(JSON.parse(readFileSync(join(root, 'ties/ties.json'), 'utf8'))).toMatchObject({
      rule: { id: 'other-ties' },
      of,
      tie_nobody: { 'address-book': 2 },
      ties: []
    });
    const summary = JSON.parse(readFileSync(join(root, 'ties/summary.json'), 'utf8')) as Record<string, unknown>;
    expect(summary['other_ties']).toEqual(of);
  });

  it('says how the network is built: bridges, both ways, groups as one tie each, what changed', async () => {
    const group = file(
      'WhatsApp Chat with Farm.txt',
      ['Bogdan', 'Carla', 'Bogdan', 'Dan']
        .map((name, i) => `2${5 + i}/09/2025, 10:0${i} - ${name}: line ${i}`)
        .join('\n')
        .concat('\n')
    );
    const owner = (name: string): string[] => ['--owner', `WhatsApp Chat with ${name}.txt=07700900100=Ana`];
    const to = ['--no-translate', '--out', join(root, 'built')];
    expect((await analyse(CHAT, group, ...owner('Bogdan'), ...owner('Farm'), ...to)).code).toBe(0);
    const built = JSON.parse(readFileSync(join(root, 'built/structure.json'), 'utf8')) as Record<string, unknown>;
    expect(built).toMatchObject({
      reciprocity: { pairs: 1, both_ways: 1, evenness: 1 },
      groups: { count: 1, events: 4, of: 6, rows: [{ label: 'Farm', active: 3, messages: 4, calls: 0, share: 1 / 2 }] },
      changes: { before: { from_utc: '2025-09-25T09:00:00.000Z' }, began: expect.any(Number) }
    });
    const { network } = JSON.parse(readFileSync(join(root, 'built/summary.json'), 'utf8')) as { network: unknown };
    expect(network).toMatchObject({ bridges: built['bridge_count'], groups: 1, both_ways: 1, ties_begun: expect.any(Number) });
  });

  it('measures a bare list of ties', async () => {
    const ties = file('ties.csv', 'from,to\na,b\nb,c\nc,a\nc,d\nd,d\n');
    const { code, out } = await analyse('--edges', ties, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      build: buildId(),
      rows: 5,
      loops: 1,
      network: { nodes: 4, edges: 4, components: 1 },
      top_degree: [
        ['c', 3],
        ['a', 2],
        ['b', 2],
        ['d', 1]
      ]
    });
  });
});
