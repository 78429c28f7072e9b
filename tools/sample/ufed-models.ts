/**
 * Models of a UFED report as XML text, in the field order of current reports.
 *
 * Shapes follow the schema http://pa.cellebrite.com/report/2.0: `field` holds one `value` or
 * `empty`, `modelField` one model, `multiModelField` several. Each function returns one `model`.
 */
import { isoMillis, isoSeconds, timeSpan, ufedSpelling } from './clock.ts';
import { uuidOf } from './random.ts';

/** Hands out model ids and source indexes in order of writing. */
export class ModelIds {
  #serial = 0;
  /** @param brief leave out fields that say nothing, as older reports do */
  constructor(
    readonly seed: number,
    readonly brief = false
  ) {}
  /** Attributes that every model carries. */
  attributes(type: string, deleted: string, confidence: string, extraction: number): string {
    const n = ++this.#serial;
    return `type="${type}" id="${uuidOf(this.seed, n)}" deleted_state="${deleted}" decoding_confidence="${confidence}" isrelated="False" source_index="${1000 + n}" extractionId="${extraction}"`;
  }
}

/** CDATA of any text; a closing mark inside is split over two sections. */
const cdata = (text: string): string => `<![CDATA[${text.includes(']]>') ? text.replaceAll(']]>', ']]]]><![CDATA[>') : text}]]>`;

/** Characters that XML 1.0 cannot hold: such values are written in Base64. */
// eslint-disable-next-line no-control-regex
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

export function field(name: string, type: string, value: string | null): string {
  if (value === null || value === '') return `<field name="${name}" type="${type}"><empty /></field>\n`;
  if (ILLEGAL.test(value)) {
    const base64 = Buffer.from(value, 'utf8').toString('base64');
    return `<field name="${name}" type="${type}"><value type="${type}" format="Base64String">${cdata(base64)}</value></field>\n`;
  }
  return `<field name="${name}" type="${type}"><value type="${type}">${cdata(value)}</value></field>\n`;
}

/** A TimeStamp field in one of the six spellings. */
function timeField(name: string, atMs: number | null, spelling: number): string {
  if (atMs === null) return `<field name="${name}" type="TimeStamp"><empty /></field>\n`;
  const text = ufedSpelling(atMs, spelling);
  const attributes = spelling === 0 ? ` format="TimeStampKnown" formattedTimestamp="${isoSeconds(atMs)}"` : '';
  return `<field name="${name}" type="TimeStamp"><value type="TimeStamp"${attributes}>${text}</value></field>\n`;
}

export interface PartyData {
  readonly identifier: string;
  readonly name: string | null;
  readonly role: 'From' | 'To' | null;
  readonly owner: boolean;
}

export function party(ids: ModelIds, data: PartyData, extraction: number): string {
  return (
    `<model ${ids.attributes('Party', 'Unknown', 'High', extraction)}>\n` +
    (ids.brief ? '' : field('UserMapping', 'DecodingSourceOptions', null)) +
    field('Identifier', 'String', data.identifier) +
    (data.role ? field('Role', 'PartyRole', data.role) : '') +
    field('Name', 'String', data.name) +
    field('IsPhoneOwner', 'Boolean', data.owner ? 'True' : 'False') +
    (ids.brief ? '' : field('IsGroupAdmin', 'Boolean', null)) +
    '</model>\n'
  );
}

const many = (name: string, type: string, models: string): string =>
  models === ''
    ? `<multiModelField name="${name}" type="${type}" />\n`
    : `<multiModelField name="${name}" type="${type}">\n${models}</multiModelField>\n`;

export interface AttachmentData {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly title: string | null;
  readonly transcript: string | null;
  readonly path: string;
}

function attachment(ids: ModelIds, data: AttachmentData): string {
  return (
    `<model ${ids.attributes('Attachment', 'Intact', 'High', 1)}>\n` +
    field('Filename', 'String', data.filename) +
    field('ContentType', 'String', data.contentType) +
    `<dataField name="Data" type="MemoryRange"><source length="${data.bytes}" /></dataField>\n` +
    field('URL', 'String', null) +
    field('Title', 'String', data.title) +
    field('Transcript', 'String', data.transcript) +
    field('attachment_extracted_path', 'String', data.path) +
    '</model>\n'
  );
}

export interface InstantMessageData {
  readonly source: string;
  readonly from: PartyData;
  readonly to: readonly PartyData[];
  readonly body: string;
  readonly identifier: string;
  readonly atMs: number;
  readonly spelling: number;
  readonly deleted: 'Intact' | 'Deleted';
  readonly confidence: 'High' | 'Medium' | 'Low';
  readonly attachment: AttachmentData | null;
  /** Label of the message: forwarded, or the app's own line. */
  readonly label: 'Forwarded' | 'System' | null;
}

export function instantMessage(ids: ModelIds, m: InstantMessageData): string {
  const head = `<model ${ids.attributes('InstantMessage', m.deleted, m.confidence, 1)}>\n`;
  const from = party(ids, m.from, 1);
  let to = '';
  for (const p of m.to) to += party(ids, p, 1);
  const label =
    m.label === null
      ? ''
      : many(
          'MessageExtraData',
          'InstantMessageExtraData',
          `<model ${ids.attributes('MessageLabel', 'Intact', 'High', 1)}>\n${field('Label', 'Label', m.label)}</model>\n`
        );
  return (
    head +
    field('UserMapping', 'DecodingSourceOptions', 'Decoding') +
    field('Source', 'String', m.source) +
    (ids.brief ? '' : field('ServiceIdentifier', 'String', null)) +
    `<modelField name="From" type="Party">\n${from}</modelField>\n` +
    many('To', 'Party', to) +
    field('Body', 'String', m.body) +
    field('Identifier', 'String', m.identifier) +
    timeField('TimeStamp', m.atMs, m.spelling) +
    (ids.brief ? '' : '<modelField name="Attachment" type="Attachment"><empty /></modelField>\n') +
    many('Attachments', 'Attachment', m.attachment ? attachment(ids, m.attachment) : '') +
    field('Status', 'MessageStatus', m.from.owner ? 'Sent' : 'Read') +
    (ids.brief ? '' : '<multiModelField name="SharedContacts" type="Contact" />\n') +
    field('Platform', 'Platform', 'Mobile') +
    label +
    field('Type', 'InstantMessageType', 'AppMessage') +
    (ids.brief
      ? ''
      : field('IsLocationSharing', 'Boolean', null) +
        '<multiModelField name="EmbeddedInstantMessage" type="InstantMessage" />\n') +
    field('SourceApplication', 'String', m.source) +
    '</model>\n'
  );
}

/** Beginning of a Chat, up to and including the opening of its Messages. */
export function chatOpen(
  ids: ModelIds,
  c: {
    source: string;
    id: string;
    name: string | null;
    startMs: number | null;
    lastMs: number | null;
    spelling: number;
    participants: readonly PartyData[];
    deleted: 'Intact' | 'Deleted';
  }
): string {
  const head = `<model ${ids.attributes('Chat', c.deleted, 'High', 1)}>\n`;
  return (
    head +
    field('UserMapping', 'DecodingSourceOptions', 'Decoding') +
    field('Source', 'String', c.source) +
    field('ServiceIdentifier', 'String', null) +
    field('Id', 'String', c.id) +
    field('Name', 'String', c.name) +
    timeField('StartTime', c.startMs, c.spelling) +
    timeField('LastActivity', c.lastMs, c.spelling) +
    many('Participants', 'Party', c.participants.map((p) => party(ids, p, 1)).join('')) +
    '<multiModelField name="Photos" type="ContactPhoto" />\n' +
    '<multiModelField name="Messages" type="InstantMessage">\n'
  );
}
export const CHAT_CLOSE = '</multiModelField>\n</model>\n';

export function sms(
  ids: ModelIds,
  m: { party: PartyData; body: string; atMs: number; spelling: number; sent: boolean; extraction: number }
): string {
  return (
    `<model ${ids.attributes('SMS', 'Intact', 'High', m.extraction)}>\n` +
    field('Source', 'String', 'Native Messages') +
    field('Folder', 'String', m.sent ? 'Sent' : 'Inbox') +
    field('Status', 'MessageStatus', m.sent ? 'Sent' : 'Read') +
    field('Body', 'String', m.body) +
    timeField('TimeStamp', m.atMs, m.spelling) +
    field('SMSC', 'String', null) +
    many('Parties', 'Party', party(ids, m.party, m.extraction)) +
    '</model>\n'
  );
}

export function call(
  ids: ModelIds,
  c: {
    source: string;
    type: 'Incoming' | 'Outgoing' | 'Missed';
    atMs: number;
    spelling: number;
    durationS: number;
    party: PartyData;
    extraction: number;
  }
): string {
  return (
    `<model ${ids.attributes('Call', 'Intact', 'High', c.extraction)}>\n` +
    field('Source', 'String', c.source) +
    field('Type', 'CallType', c.type) +
    field('Status', 'CallStatus', c.type === 'Missed' ? 'Missed' : 'Established') +
    timeField('TimeStamp', c.atMs, c.spelling) +
    field('Duration', 'TimeSpan', timeSpan(c.durationS)) +
    field('VideoCall', 'Boolean', 'False') +
    many('Parties', 'Party', party(ids, c.party, c.extraction)) +
    '</model>\n'
  );
}

export function contact(
  ids: ModelIds,
  c: {
    name: string;
    source: string;
    numbers: readonly string[];
    emails: readonly string[];
    notes: string | null;
    extraction: number;
    deleted: 'Intact' | 'Deleted';
  }
): string {
  const head = `<model ${ids.attributes('Contact', c.deleted, 'High', c.extraction)}>\n`;
  const entry = (type: string, category: string, value: string): string =>
    `<model ${ids.attributes(type, c.deleted, 'High', c.extraction)}>\n` +
    field('Category', 'String', category) +
    field('Value', 'String', value) +
    '</model>\n';
  const entries =
    c.numbers.map((n) => entry('PhoneNumber', 'Mobile', n)).join('') +
    c.emails.map((e) => entry('EmailAddress', 'Home', e)).join('');
  const notes =
    c.notes === null
      ? ''
      : `<multiField name="Notes" type="String"><value type="String">${cdata(c.notes)}</value></multiField>\n`;
  return (
    head +
    field('Source', 'String', c.source) +
    field('Name', 'String', c.name) +
    notes +
    many('Entries', 'ContactEntry', entries) +
    '</model>\n'
  );
}

export function userAccount(ids: ModelIds, a: { name: string; username: string; service: string; createdMs: number }): string {
  return (
    `<model ${ids.attributes('UserAccount', 'Intact', 'High', 1)}>\n` +
    field('Source', 'String', a.service) +
    field('Name', 'String', a.name) +
    field('Username', 'String', a.username) +
    field('ServiceType', 'String', a.service) +
    timeField('TimeCreated', a.createdMs, 0) +
    '</model>\n'
  );
}

/** A Coordinate; `comma` writes decimals the way a continental locale does. */
function position(ids: ModelIds, lat: number, lon: number, comma: boolean): string {
  const write = (n: number): string => (comma ? n.toFixed(5).replace('.', ',') : n.toFixed(5));
  return (
    `<modelField name="Position" type="Coordinate">\n<model ${ids.attributes('Coordinate', 'Intact', 'High', 1)}>\n` +
    field('Longitude', 'Double', write(lon)) +
    field('Latitude', 'Double', write(lat)) +
    '</model>\n</modelField>\n'
  );
}

export function location(
  ids: ModelIds,
  l: { atMs: number; spelling: number; lat: number; lon: number; comma: boolean; name: string }
): string {
  return (
    `<model ${ids.attributes('Location', 'Intact', 'Medium', 1)}>\n` +
    field('Name', 'String', l.name) +
    field('Category', 'String', 'Device locations') +
    timeField('TimeStamp', l.atMs, l.spelling) +
    position(ids, l.lat, l.lon, l.comma) +
    field('Precision', 'String', '25') +
    '</model>\n'
  );
}

export function cellTower(ids: ModelIds, c: { atMs: number; cid: number; lat: number; lon: number }): string {
  return (
    `<model ${ids.attributes('CellTower', 'Intact', 'High', 1)}>\n` +
    field('MCC', 'String', '001') +
    field('MNC', 'String', '01') +
    field('LAC', 'String', '4101') +
    field('CID', 'String', String(c.cid)) +
    timeField('TimeStamp', c.atMs, 0) +
    position(ids, c.lat, c.lon, true) +
    '</model>\n'
  );
}

/** A type that no published schema names: readers must count it and keep it as it is. */
export function applianceUsage(ids: ModelIds, u: { name: string; startMs: number; cycles: number }): string {
  return (
    `<model ${ids.attributes('ApplianceUsage', 'Intact', 'Low', 1)}>\n` +
    field('ApplianceName', 'String', u.name) +
    `<field name="StartTime" type="TimeStamp"><value type="TimeStamp">${isoMillis(u.startMs)}</value></field>\n` +
    field('Cycles', 'Integer', String(u.cycles)) +
    '</model>\n'
  );
}
