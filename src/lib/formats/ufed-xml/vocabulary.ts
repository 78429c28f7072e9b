/**
 * Words of the UFED report schema (namespace http://pa.cellebrite.com/report/2.0) as numbers, so that a tag
 * is judged once and not a million times.
 */

/** What an element is to the reader. */
export const Kind = {
  other: 0,
  project: 1,
  modelType: 2,
  model: 3,
  field: 4,
  modelField: 5,
  value: 6,
  dataSource: 7,
  extractionInfo: 8,
  caseInformation: 9,
  metadata: 10,
  item: 11,
  file: 12,
  decodedData: 13
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

const ELEMENTS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['project', Kind.project],
  ['modelType', Kind.modelType],
  ['model', Kind.model],
  ['field', Kind.field],
  ['multiField', Kind.field],
  ['modelField', Kind.modelField],
  ['multiModelField', Kind.modelField],
  ['value', Kind.value],
  ['source', Kind.dataSource],
  ['extractionInfo', Kind.extractionInfo],
  ['caseInformation', Kind.caseInformation],
  ['metadata', Kind.metadata],
  ['item', Kind.item],
  ['file', Kind.file],
  ['decodedData', Kind.decodedData]
]);

/** Kind of an element by its name as written; a namespace prefix is not part of the word. */
export function kindOf(name: string): Kind {
  return ELEMENTS.get(name.slice(name.indexOf(':') + 1)) ?? Kind.other;
}

/** Numbers of field names, the known ones first and the same in every report. */
const KNOWN_FIELDS = [
  'Source',
  'ServiceIdentifier',
  'Id',
  'Name',
  'Body',
  'Subject',
  'Identifier',
  'TimeStamp',
  'Status',
  'Type',
  'Label',
  'Role',
  'IsPhoneOwner',
  'Filename',
  'ContentType',
  'attachment_extracted_path',
  'URL',
  'Title',
  'Transcript',
  'Messages',
  'Participants',
  'From',
  'To',
  'Cc',
  'Bcc',
  'Parties',
  'Participant',
  'Attachment',
  'Attachments',
  'Folder',
  'Duration',
  'VideoCall',
  'Direction',
  'Value',
  'Domain',
  'Category',
  'Username',
  'ServiceType',
  'Position',
  'Longitude',
  'Latitude',
  'Precision',
  'Description',
  'Organizations',
  'Notes',
  'SourceApplication',
  'ChatType',
  'SystemMessageBody',
  'SystemMessageTimeStamp',
  'Action',
  'EmbeddedInstantMessage',
  'DateDelivered',
  'DateRead',
  'StartTime',
  'EndTime',
  'LastActivity',
  'MessageExtraData',
  'ActivityLog',
  'Account',
  'SSID',
  'BSSID',
  'MCC',
  'MNC',
  'LAC',
  'CID',
  'Entries',
  'FromPoint',
  'ToPoint',
  'WayPoints',
  'SharedContacts',
  'Address',
  'Photos',
  'IsDeleted',
  'Edited',
  'UserMapping',
  'Positions',
  'HorizontalAccuracy',
  'Radius'
] as const;
export type KnownField = (typeof KNOWN_FIELDS)[number];

export const Field = Object.fromEntries(KNOWN_FIELDS.map((name, i) => [name, i])) as Readonly<Record<KnownField, number>>;

/** Field names of one report; unknown ones get the next numbers. */
export class FieldNames {
  readonly #numbers = new Map<string, number>(KNOWN_FIELDS.map((name, i) => [name, i]));
  readonly #names: string[] = [...KNOWN_FIELDS];

  number(name: string): number {
    let at = this.#numbers.get(name);
    if (at === undefined) {
      at = this.#names.length;
      // A hostile report could name fields without end; beyond this they share one name.
      if (at >= 1 << 16) return at - 1;
      this.#numbers.set(name, at);
      this.#names.push(name);
    }
    return at;
  }

  name(at: number): string {
    return this.#names[at] ?? '';
  }
}

/** What becomes of a model. 'part' belongs to the model around it; 'thread' is the frame of its messages. */
export type ModelUse =
  'thread' | 'message' | 'activity' | 'call' | 'contact' | 'account' | 'location' | 'journey' | 'part' | 'generic';

export interface ModelType {
  readonly name: string;
  readonly use: ModelUse;
  /** 1 for the fields that are read, 2 for those with few different values; null reads all. */
  readonly wanted: Uint8Array | null;
}

const FEW_VALUES: ReadonlySet<KnownField> = new Set<KnownField>([
  'Source',
  'Status',
  'Type',
  'Label',
  'Folder',
  'SourceApplication',
  'Role',
  'IsPhoneOwner',
  'ContentType',
  'Name',
  'ChatType',
  'Account'
]);

function wanted(...names: KnownField[]): Uint8Array {
  const flags = new Uint8Array(KNOWN_FIELDS.length);
  for (const name of names) flags[Field[name]] = FEW_VALUES.has(name) ? 2 : 1;
  return flags;
}

const MESSAGE_FIELDS = wanted(
  'Source',
  'Body',
  'Subject',
  'Identifier',
  'TimeStamp',
  'Status',
  'Type',
  'Label',
  'Folder',
  'SourceApplication',
  'DateRead',
  'DateDelivered',
  'IsDeleted',
  'Edited',
  'Account'
);

const PARTY_FIELDS = wanted('Identifier', 'Name', 'Role', 'IsPhoneOwner', 'Status');
// A phone names the same few hundred parties in every message.
PARTY_FIELDS[Field.Identifier] = 2;

const TYPES: readonly ModelType[] = [
  {
    name: 'Chat',
    use: 'thread',
    wanted: wanted('Source', 'ServiceIdentifier', 'Id', 'Name', 'ChatType', 'Description', 'StartTime', 'LastActivity', 'Account')
  },
  { name: 'InstantMessage', use: 'message', wanted: MESSAGE_FIELDS },
  { name: 'SMS', use: 'message', wanted: MESSAGE_FIELDS },
  { name: 'MMS', use: 'message', wanted: MESSAGE_FIELDS },
  { name: 'Email', use: 'message', wanted: MESSAGE_FIELDS },
  { name: 'ChatActivity', use: 'activity', wanted: null },
  { name: 'Call', use: 'call', wanted: null },
  { name: 'Contact', use: 'contact', wanted: null },
  { name: 'UserAccount', use: 'account', wanted: null },
  { name: 'Location', use: 'location', wanted: null },
  { name: 'CellTower', use: 'location', wanted: null },
  { name: 'WirelessNetwork', use: 'location', wanted: null },
  { name: 'Journey', use: 'journey', wanted: null },
  { name: 'Party', use: 'part', wanted: PARTY_FIELDS },
  {
    name: 'Attachment',
    use: 'part',
    wanted: wanted('Filename', 'ContentType', 'attachment_extracted_path', 'URL', 'Title', 'Transcript')
  },
  ...[
    'PhoneNumber',
    'EmailAddress',
    'UserID',
    'ContactEntry',
    'Coordinate',
    'ContactPhoto',
    'StreetAddress',
    'Organization',
    'MessageLabel',
    'KeyValueModel',
    'ReplyMessageData',
    'QuotedMessageData',
    'ForwardedMessageData',
    'ProfilePicture',
    'WebAddress',
    'Price'
  ].map((name): ModelType => ({ name, use: 'part', wanted: null }))
];

/** Model types of one report; unknown ones are 'generic' and read whole. */
export class ModelTypes {
  readonly #types = new Map<string, ModelType>(TYPES.map((type) => [type.name, type]));

  of(name: string): ModelType {
    let type = this.#types.get(name);
    if (type === undefined) {
      type = { name, use: 'generic', wanted: null };
      if (this.#types.size < 4096) this.#types.set(name, type);
    }
    return type;
  }
}
