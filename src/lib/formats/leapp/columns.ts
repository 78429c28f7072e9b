/**
 * What the columns of an artifact of ALEAPP or iLEAPP are, by their headers. The tools' modules are written by many
 * hands: one calls the other side "Receiver", another "Recipient" or "Chat Contact ID". Headers are compared without
 * case, spaces and signs, so that the table's names ("from_id") and those of a TSV ("From ID") are the same.
 */

export type LeappRole =
  | 'time'
  | 'text'
  | 'from'
  | 'fromName'
  | 'to'
  | 'toName'
  | 'party'
  | 'partyName'
  | 'own'
  | 'direction'
  | 'thread'
  | 'threadName'
  | 'attachment'
  | 'duration'
  | 'outcome'
  | 'callType'
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'numbers'
  | 'emails'
  | 'organisation'
  | 'itemId'
  | 'service'
  | 'latitude'
  | 'longitude';

/** Of several headers that fit one role the earlier in the list is taken. */
const WORDS: Readonly<Record<LeappRole, readonly string[]>> = {
  time: [
    'messagetimestamp',
    'timestamp',
    'startingtimestamp',
    'callstart',
    'starttime',
    'dateandtime',
    'datetime',
    'senttime',
    'sentdate',
    'sentat',
    'messagedate',
    'messagetime',
    'calldate',
    'calltimestamp',
    'date',
    'time',
    'created',
    'creationtime'
  ],
  text: ['message', 'text', 'messagetext', 'messagebody', 'body', 'content', 'messagecontent', 'comment'],
  from: [
    'fromid',
    'senderid',
    'sender',
    'authorid',
    'from',
    'author',
    'callerid',
    'calloriginator',
    'originator',
    'caller',
    'fromphonenumber'
  ],
  fromName: ['sendername', 'displayname', 'authorname', 'fromname', 'calloriginatorname', 'callername'],
  to: [
    'toid',
    'receiverid',
    'recipientid',
    'recipient',
    'recipients',
    'receiver',
    'to',
    'calltarget',
    'callee',
    'target',
    'tophonenumber'
  ],
  toName: ['receiver', 'receivername', 'recipientname', 'toname', 'callparticipantname'],
  party: [
    'chatcontactid',
    'contactid',
    'partnerid',
    'partner',
    'participant',
    'otherparty',
    'phonenumber',
    'number',
    'address',
    'remoteparty',
    'contact'
  ],
  partyName: ['contactfullname', 'contactname', 'partnername', 'participantname', 'name'],
  own: ['account', 'accountlogin', 'localaccount', 'owner'],
  direction: ['messagedirection', 'calldirection', 'direction', 'fromme', 'sentbyme', 'isfromme', 'issent', 'type'],
  thread: ['threadid', 'conversationid', 'chatid', 'chatroomid', 'roomid', 'channelid', 'thread', 'conversation', 'chat'],
  threadName: ['threadname', 'threadtopic', 'conversationname', 'chatname', 'groupname', 'channelname', 'chattitle'],
  attachment: ['attachmentfile', 'attachmentname', 'attachmentpath', 'attachment', 'attachments', 'media', 'mediafile', 'file'],
  duration: ['durationhms', 'callduration', 'duration', 'durationinseconds', 'durations', 'durationsec'],
  outcome: ['disconnectedcause', 'callstate', 'callresult', 'callstatus', 'status', 'answered', 'calloutcome'],
  callType: ['calltype', 'mediatype', 'videocall', 'isvideo'],
  name: ['fullname', 'contactname', 'displayname', 'name', 'nickname', 'username'],
  firstName: ['firstname', 'givenname'],
  lastName: ['lastname', 'familyname', 'surname'],
  numbers: ['phonenumbers', 'phonenumber', 'phone', 'phones', 'mobile', 'number', 'whatsappid'],
  emails: ['emailaddresses', 'emailaddress', 'emails', 'email'],
  organisation: ['company', 'organizationname', 'organization', 'organisation'],
  itemId: ['messageguid', 'messageid', 'guid', 'msgid', 'callid', 'uniqueid', 'identifier'],
  service: ['service', 'servicename', 'protocol'],
  latitude: ['latitude'],
  longitude: ['longitude']
};

export type LeappColumns = ReadonlyMap<LeappRole, number>;

/** A header without case, spaces and signs. */
export function bareHeader(header: string): string {
  return header.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

export function columnsOf(headers: readonly string[]): LeappColumns {
  const bare = headers.map(bareHeader);
  const columns = new Map<LeappRole, number>();
  for (const [role, words] of Object.entries(WORDS) as [LeappRole, readonly string[]][]) {
    for (const word of words) {
      const at = bare.indexOf(word);
      if (at < 0) continue;
      columns.set(role, at);
      break;
    }
  }
  // One column is one thing: "Receiver" is a name only beside the id of a receiver.
  if (columns.get('toName') === columns.get('to')) columns.delete('toName');
  return columns;
}

export type ArtifactKind = 'message' | 'call' | 'contact' | 'location' | 'generic';

/** What the rows are. The artifact's own name tells calls from messages where both have a direction and a duration. */
export function kindOf(name: string, columns: LeappColumns): ArtifactKind {
  const has = (...roles: LeappRole[]): boolean => roles.some((role) => columns.has(role));
  const isCall = /\bcalls?\b|call ?(?:log|history)|facetime/i.test(name.replace(/_/g, ' '));
  const hasSide = has('from', 'to', 'party', 'thread');
  if (has('time') && isCall && hasSide && has('duration', 'direction', 'outcome')) return 'call';
  if (has('time') && has('text') && hasSide && has('direction', 'from', 'thread')) return 'message';
  const isBook = /contact|address ?book|friends|buddies|phone ?book/i.test(name.replace(/_/g, ' '));
  if (has('name', 'firstName', 'lastName') && (has('numbers', 'emails') || isBook) && !has('text')) return 'contact';
  return has('latitude') && has('longitude') && has('time') ? 'location' : 'generic';
}

const SERVICES =
  /\b(whatsapp|telegram|signal|viber|kik|skype|teams|discord|instagram|snapchat|facebook|messenger|wechat|line|wire|threema|tiktok|twitter|slack|bereal|burner|textnow|imessage|facetime|grindr|tinder|badoo|hinge|bumble|linkedin|google chat|google voice|imo|zalo|potato chat|wickr|session)\b/i;

/** The app that the rows are of, by the artifact's name; '' where it is none that is known by name. */
export function serviceOf(name: string): string {
  const found = SERVICES.exec(name.replace(/_/g, ' '))?.[1]?.toLowerCase() ?? '';
  if (found === 'messenger') return 'facebook messenger';
  if (found !== '') return found;
  return /\b(?:sms|mms|text messages?|imessages?)\b/i.test(name.replace(/_/g, ' ')) ? 'sms' : '';
}
