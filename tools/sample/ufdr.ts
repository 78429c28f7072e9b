/**
 * The report of phone A: a UFED `report.xml` written in pieces, so that a million messages never
 * stand in memory. `writeUfedReport` gives the bare report for benchmarks; `ufdrEntries` the
 * members of the .ufdr zip.
 */
import { createHash } from 'node:crypto';
import { appIdentifier, international, isSaved, savedName } from './address-book.ts';
import { writeZip } from './archive.ts';
import { callsOf } from './calls.ts';
import { END_MS, isoMillis, london, MINUTE_MS } from './clock.ts';
import { AS_WRITTEN, type Exchange } from './exchange.ts';
import { testIccid, testImei, testImsi } from './identifiers.ts';
import { accountAt, SORIN_NEW_SIM, type Person } from './people.ts';
import { hashOf, Stream } from './random.ts';
import { messagesOf, type Message } from './talk.ts';
import { crowdThreads } from './crowd.ts';
import { coreThreads, ownerOf, sizesOf, type Thread } from './threads.ts';
import * as models from './ufed-models.ts';
import { placeholderFiles, routeOfTheMove } from './ufed-extras.ts';

/** What the writer counted while writing; grows as pieces are taken. */
interface ReportTally {
  /** Models directly under a modelType, by type. */
  readonly models: Record<string, number>;
  /** InstantMessage and SMS records, second copies included. */
  messages: number;
  calls: number;
  contacts: number;
  /** Records that repeat another one exactly (second extraction, or the same message twice). */
  duplicates: { messages: number; calls: number; contacts: number };
  deletedMessages: number;
  base64Fields: number;
  spellings: number[];
}

export const emptyTally = (): ReportTally => ({
  models: {},
  messages: 0,
  calls: 0,
  contacts: 0,
  duplicates: { messages: 0, calls: 0, contacts: 0 },
  deletedMessages: 0,
  base64Fields: 0,
  spellings: [0, 0, 0, 0, 0, 0]
});

interface ReportOptions {
  readonly seed: number;
  /** Size of the whole sample case; decides the threads. */
  readonly scale: number;
  /** Stop after this many messages, second copies not written; absent: all of phone A. */
  readonly messages?: number;
  readonly exchange?: Exchange;
  /** Leave out fields that say nothing, as older reports do. */
  readonly brief?: boolean;
}

const LOGICAL = 0;
const FILE_SYSTEM = 1;
const owner = ownerOf('A');

function partyOf(
  person: Person,
  thread: Pick<Thread, 'app'>,
  atMs: number,
  role: 'From' | 'To' | null,
  exchange: Exchange = AS_WRITTEN
): models.PartyData {
  const name = person === owner ? exchange.name(owner) : savedName('A', person, atMs, exchange);
  return { identifier: appIdentifier(thread.app, person, atMs), name, role, owner: person === owner };
}

function attachmentOf(m: Message): models.AttachmentData | null {
  if (m.kind !== 'voice' && m.kind !== 'photo') return null;
  const r = new Stream('attachment', m.thread.id, m.index);
  const day = new Date(m.atMs).toISOString().slice(0, 10).replaceAll('-', '');
  const serial = String(m.index % 10000).padStart(4, '0');
  if (m.kind === 'photo') {
    const filename = `IMG-${day}-WA${serial}.jpg`;
    return {
      filename,
      contentType: 'image/jpeg',
      bytes: r.int(40_000, 400_000),
      title: null,
      transcript: null,
      path: `files\\Image\\${filename}`
    };
  }
  const filename = `PTT-${day}-WA${serial}.opus`;
  const seconds = r.int(2, 58);
  return {
    filename,
    contentType: 'audio/ogg; codecs=opus',
    bytes: seconds * 2400,
    title: `Duration: 00:00:${String(seconds).padStart(2, '0')}`,
    transcript: null,
    path: `files\\Audio\\${filename}`
  };
}

/** Mostly the current spelling; some threads come from decoders that write older ones. */
const spellingOf = (thread: Thread): number =>
  thread.app === 'Telegram' ? 1 : thread.app === 'SMS' ? 2 + (hashOf(thread.id) % 4) : 0;

/** Lines that hold a control character, which a report can only carry in Base64. */
const isControlLine = (m: Message): boolean =>
  m.thread.id === 'football' && m.kind === 'text' && m.plantedId === undefined && m.index % 97 === 5;

function* chat(thread: Thread, options: ReportOptions, ids: models.ModelIds, tally: ReportTally): Generator<string> {
  const all = thread.deletedOnA ? [] : messagesOf(thread, options.seed, options.exchange);
  const list = all.filter((m) => m.kind !== 'missed-call');
  const spelling = spellingOf(thread);
  const last = all[all.length - 1]?.atMs ?? null;
  const others = thread.members.filter((p) => p !== owner);
  const first = others[0] ?? owner;
  tally.models['Chat'] = (tally.models['Chat'] ?? 0) + 1;
  yield models.chatOpen(ids, {
    source: thread.app,
    id: thread.group === undefined ? appIdentifier(thread.app, first, END_MS) : `${hashOf(thread.id)}-group@g.us`,
    name: thread.group ?? null,
    startMs: all[0]?.atMs ?? null,
    lastMs: last,
    spelling,
    participants: thread.members.map((p) => partyOf(p, thread, last ?? END_MS, null, options.exchange)),
    deleted: thread.deletedOnA ? 'Deleted' : 'Intact'
  });
  const pair = thread.members.length === 2;
  const random = new Stream(options.seed, 'stanza', thread.id);
  for (const m of list) {
    if (options.messages !== undefined && tally.messages >= options.messages) break;
    const mine = m.from === owner;
    const removed = m.kind === 'removed';
    const body = isControlLine(m) ? `${m.text}\u0001\u0016` : m.text;
    if (isControlLine(m)) tally.base64Fields += 1;
    const record: models.InstantMessageData = {
      source: thread.app,
      from: partyOf(m.from, thread, m.atMs, 'From', options.exchange),
      to: mine && pair ? [partyOf(first, thread, m.atMs, 'To', options.exchange)] : [],
      body,
      identifier: random.hex(32),
      atMs: m.atMs,
      spelling,
      deleted: removed ? 'Deleted' : 'Intact',
      confidence: removed ? (m.text === '' ? 'Low' : 'Medium') : 'High',
      attachment: attachmentOf(m),
      label: m.kind === 'system' ? 'System' : m.forwarded ? 'Forwarded' : null
    };
    yield models.instantMessage(ids, record);
    tally.messages += 1;
    tally.spellings[spelling] = (tally.spellings[spelling] ?? 0) + 1;
    if (removed) tally.deletedMessages += 1;
    const doubled = thread.id === 'football' && m.kind === 'text' && m.index % 61 === 7 && !isControlLine(m);
    if (doubled && options.messages === undefined) {
      yield models.instantMessage(ids, record);
      tally.messages += 1;
      tally.duplicates.messages += 1;
    }
  }
  yield models.CHAT_CLOSE;
}

function* texts(
  thread: Thread,
  extraction: number,
  options: ReportOptions,
  ids: models.ModelIds,
  tally: ReportTally
): Generator<string> {
  const other = thread.members.find((p) => p !== owner) ?? owner;
  const spelling = spellingOf(thread);
  for (const m of messagesOf(thread, options.seed, options.exchange)) {
    if (options.messages !== undefined && tally.messages >= options.messages) return;
    const sent = m.from === owner;
    yield models.sms(ids, {
      party: partyOf(other, thread, m.atMs, sent ? 'To' : 'From', options.exchange),
      body: m.text,
      atMs: m.atMs,
      spelling,
      sent,
      extraction
    });
    tally.messages += 1;
    tally.models['SMS'] = (tally.models['SMS'] ?? 0) + 1;
    tally.spellings[spelling] = (tally.spellings[spelling] ?? 0) + 1;
  }
}

function* threadsOfA(options: ReportOptions): Generator<Thread> {
  for (const thread of coreThreads(options.scale)) if (thread.devices.includes('A')) yield thread;
  const { crowdRecords } = sizesOf(options.scale);
  const records = options.messages === undefined ? crowdRecords : Infinity;
  for (const thread of crowdThreads(options.seed, records)) if (thread.devices[0] === 'A') yield thread;
}

function* modelType(type: string, body: Iterable<string>): Generator<string> {
  yield `<modelType type="${type}">\n`;
  yield* body;
  yield '</modelType>\n';
}

function* calls(options: ReportOptions, ids: models.ModelIds, tally: ReportTally): Generator<string> {
  const list = callsOf('A', options.seed);
  const write = (i: number, extraction: number): string => {
    const c = list[i];
    if (!c) return '';
    const incoming = c.to === owner;
    const other = incoming ? c.from : c.to;
    tally.calls += 1;
    tally.models['Call'] = (tally.models['Call'] ?? 0) + 1;
    return models.call(ids, {
      source: 'Native Call Log',
      type: incoming ? (c.missed ? 'Missed' : 'Incoming') : 'Outgoing',
      atMs: c.atMs,
      spelling: 3 + (i % 3),
      durationS: c.durationS,
      party: partyOf(other, { app: 'SMS' }, c.atMs, incoming ? 'From' : 'To', options.exchange),
      extraction
    });
  };
  for (let i = 0; i < list.length; i++) yield write(i, FILE_SYSTEM);
  // The logical extraction saw the last forty only: second copies of the same calls.
  for (let i = Math.max(0, list.length - 40); i < list.length; i++) {
    yield write(i, LOGICAL);
    tally.duplicates.calls += 1;
  }
  for (const thread of coreThreads(options.scale)) {
    if (!thread.devices.includes('A') || thread.deletedOnA || thread.app !== 'WhatsApp') continue;
    for (const m of messagesOf(thread, options.seed, options.exchange)) {
      if (m.kind !== 'missed-call' || m.from === owner) continue;
      tally.calls += 1;
      tally.models['Call'] = (tally.models['Call'] ?? 0) + 1;
      yield models.call(ids, {
        source: 'WhatsApp',
        type: 'Missed',
        atMs: m.atMs,
        spelling: 0,
        durationS: 0,
        party: partyOf(m.from, thread, m.atMs, 'From', options.exchange),
        extraction: FILE_SYSTEM
      });
    }
  }
}

function* contacts(options: ReportOptions, ids: models.ModelIds, tally: ReportTally): Generator<string> {
  const people = new Map<string, Person>();
  for (const thread of threadsOfA(options)) {
    for (const person of thread.members) if (person !== owner) people.set(person.id, person);
    if (people.size > 20_000) break;
  }
  let n = 0;
  for (const person of people.values()) {
    if (!isSaved('A', person)) continue;
    const telegram = person.id === 'marco' ? ['marco@example.org'] : [];
    for (const [i, account] of person.accounts.entries()) {
      const name = savedName('A', person, account.fromMs ?? 0, options.exchange) ?? person.name;
      const data = {
        name: person.id === 'gez' ? `${name}\u0007` : name,
        source: i % 2 === 0 ? 'Phonebook' : 'WhatsApp',
        numbers: account.id.startsWith('+') ? [n % 3 === 0 ? international(account.id) : account.id] : [],
        emails: account.id.includes('@') ? [account.id] : telegram,
        notes: person.id === 'pell' ? 'keys in office\u000bafter 9' : null,
        deleted: person.id === 'mathieu' ? ('Deleted' as const) : ('Intact' as const)
      };
      for (const extraction of n < 15 ? [FILE_SYSTEM, LOGICAL] : [FILE_SYSTEM]) {
        yield models.contact(ids, { ...data, extraction });
        tally.contacts += 1;
        tally.models['Contact'] = (tally.models['Contact'] ?? 0) + 1;
        if (person.id === 'gez') tally.base64Fields += 1;
        if (extraction === LOGICAL) tally.duplicates.contacts += 1;
      }
      n++;
    }
  }
}

function head(options: ReportOptions): string {
  const item = (name: string, value: string, extra = ''): string =>
    `<item name="${name}" sourceExtraction="1"${extra}><![CDATA[${value}]]></item>\n`;
  const [oldSim, newSim] = owner.accounts;
  const files = placeholderFiles()
    .map((f) => {
      const sha = createHash('sha256').update(f.bytes).digest('hex');
      return `<file fs="Filesystem" fsid="fs-1" path="/data/media/${f.path}" size="${f.bytes.length}" id="${f.id}" extractionId="1" embedded="false" isrelated="False" deleted="Intact" source_index="${f.index}">\n<accessInfo><timestamp name="CreationTime">${isoMillis(f.atMs)}</timestamp></accessInfo>\n<metadata section="File"><item name="SHA256"><![CDATA[${sha}]]></item><item name="Local Path"><![CDATA[${f.path.replaceAll('/', '\\')}]]></item><item name="Tags"><![CDATA[${f.tag}]]></item></metadata>\n</file>\n`;
    })
    .join('');
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    `<project id="${hashOf(options.seed, 'project')}" name="Phone A" reportVersion="5.0.0.0" containsGarbage="False" extractionType="FileSystem" xmlns="http://pa.cellebrite.com/report/2.0">\n` +
    '<sourceExtractions>\n<extractionInfo id="0" name="Logical" isCustomName="False" type="Logical" deviceName="Phone A" index="0" IsPartialData="True" />\n<extractionInfo id="1" name="File System" isCustomName="False" type="FileSystem" deviceName="Phone A" index="1" IsPartialData="False" />\n</sourceExtractions>\n' +
    '<caseInformation>\n<field name="Case number" isSystem="True" isRequired="False" fieldType="CaseNumber" multipleLines="False"><![CDATA[SAMPLE/0001]]></field>\n<field name="Exhibit number" isSystem="False" isRequired="False" fieldType="Text" multipleLines="False"><![CDATA[SMP/1]]></field>\n</caseInformation>\n' +
    '<metadata section="Extraction Data">\n' +
    item('ExtractionStartDateTime', '01/02/2026 10:02:11 +00:00') +
    item('ExtractionEndDateTime', '01/02/2026 11:40:37 +00:00') +
    '</metadata>\n<metadata section="Device Info">\n' +
    item('DeviceInfoSelectedManufacturer', 'Sample') +
    item('DeviceInfoSelectedDeviceName', 'Handset A') +
    item('IMEI', testImei(1)) +
    item('IMSI', testImsi(11), ` group="Last known use: ${isoMillis(SORIN_NEW_SIM)}"`) +
    item('IMSI', testImsi(12), ` group="Last known use: ${isoMillis(END_MS - 5 * 60 * MINUTE_MS)}"`) +
    item('ICCID', testIccid(11)) +
    item('ICCID', testIccid(12)) +
    item('MSISDN', oldSim?.id ?? '', ` group="Last known use: ${isoMillis(SORIN_NEW_SIM)}"`) +
    item('MSISDN', newSim?.id ?? '', ` group="Last known use: ${isoMillis(END_MS - 5 * 60 * MINUTE_MS)}"`) +
    item('LastUsedMSISDN', newSim?.id ?? '') +
    item('TimeZone', 'Europe/London') +
    '</metadata>\n' +
    `<taggedFiles>\n${files}</taggedFiles>\n<decodedData>\n`
  );
}

/** The report as text, piece by piece; `tally` is complete when the last piece was taken. */
export function* reportText(options: ReportOptions, tally: ReportTally): Generator<string> {
  const ids = new models.ModelIds(options.seed, options.brief ?? false);
  const bump = (type: string): void => void (tally.models[type] = (tally.models[type] ?? 0) + 1);
  const whole = options.messages === undefined;
  yield head(options);
  if (whole) {
    yield* modelType('Call', calls(options, ids, tally));
    yield* modelType('Contact', contacts(options, ids, tally));
    const accounts: [string, string, number][] = [
      ['WhatsApp', accountAt(owner, END_MS).slice(1), SORIN_NEW_SIM],
      ['WhatsApp', accountAt(owner, 0).slice(1), london('2025-09-01 08:00')],
      ['Telegram', 'sorin@example.org', london('2025-09-01 08:10')]
    ];
    yield* modelType(
      'UserAccount',
      accounts.map(([service, username, createdMs]) => {
        bump('UserAccount');
        return models.userAccount(ids, { name: owner.name, username, service, createdMs });
      })
    );
    const route = routeOfTheMove();
    yield* modelType(
      'Location',
      route.locations.map((l) => (bump('Location'), models.location(ids, l)))
    );
    yield* modelType(
      'CellTower',
      route.towers.map((c) => (bump('CellTower'), models.cellTower(ids, c)))
    );
    yield* modelType(
      'ApplianceUsage',
      [0, 1, 2].map((i) => {
        bump('ApplianceUsage');
        return models.applianceUsage(ids, {
          name: 'Van fridge',
          startMs: london('2025-12-12 04:20') + i * 3_600_000,
          cycles: 3 + i
        });
      })
    );
  }
  yield* modelType(
    'SMS',
    (function* () {
      for (const thread of threadsOfA(options)) {
        if (thread.app !== 'SMS') continue;
        if (!whole && tally.messages * 5 >= (options.messages ?? 0)) return;
        yield* texts(thread, FILE_SYSTEM, options, ids, tally);
      }
      if (!whole) return;
      for (const thread of coreThreads(options.scale)) {
        if (thread.app !== 'SMS' || !thread.devices.includes('A')) continue;
        const before = tally.messages;
        yield* texts(thread, LOGICAL, options, ids, tally);
        tally.duplicates.messages += tally.messages - before;
      }
    })()
  );
  yield* modelType(
    'Chat',
    (function* () {
      for (const thread of threadsOfA(options)) {
        if (thread.app === 'SMS') continue;
        if (!whole && tally.messages >= (options.messages ?? 0)) return;
        yield* chat(thread, options, ids, tally);
      }
    })()
  );
  yield '</decodedData>\n</project>\n';
}

/** Joins pieces of text into UTF-8 chunks of about 256 KiB. */
export function* utf8Chunks(pieces: Iterable<string>): Generator<Uint8Array> {
  let held = '';
  for (const piece of pieces) {
    held += piece;
    if (held.length >= 262_144) {
      yield Buffer.from(held, 'utf8');
      held = '';
    }
  }
  if (held !== '') yield Buffer.from(held, 'utf8');
}

/** Size and seed of a report without calls, contacts and second copies. */
export interface BareReport {
  readonly messages: number;
  readonly seed?: number;
  readonly brief?: boolean;
}

const bareOptions = ({ messages, seed = 1, brief = false }: BareReport): ReportOptions => ({
  seed,
  scale: Math.max(6000, messages),
  messages,
  brief
});

/**
 * A bare report.xml with exactly `messages` messages (a fifth at most as SMS, the rest in chats),
 * for benchmarks and tests. Chunks of about 256 KiB of UTF-8; nothing is held back.
 *
 * About 2,570 bytes a message, so a million pass 2 GiB; with `brief` about 2,100, which stay below.
 */
export async function* writeUfedReport(opts: BareReport): AsyncGenerator<Uint8Array> {
  yield* utf8Chunks(reportText(bareOptions(opts), emptyTally()));
}

/** A .ufdr (zip with report.xml alone) with exactly `messages` messages, written to `path`. */
export async function writeUfdr(path: string, opts: BareReport): Promise<void> {
  await writeZip(path, [{ name: 'report.xml', chunks: utf8Chunks(reportText(bareOptions(opts), emptyTally())) }], true);
}
