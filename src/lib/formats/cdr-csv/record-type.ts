/** What a network's word for a record says: a call or a text, which leg of it, whether it went on or to voicemail. */
import { plainHeader } from '../phone-csv/recipe.ts';

export interface RecordType {
  readonly kind: 'call' | 'message' | 'data';
  /** 'made' by the subscriber A, 'received' by B, or passed on; null where the word does not tell. */
  readonly leg: 'made' | 'received' | 'forwarded' | null;
  readonly isVoicemail: boolean;
  readonly service: 'phone' | 'sms' | 'mms';
}

const DATA = /\b(?:gprs|data|internet|pdp|packet|web|volte registration|location update)\b/;
const MESSAGE = /\b(?:s ?m ?s|mms|text|message|smsmo|smsmt|picture)\b|^sms|^mms/;
const FORWARDED = /\b(?:cf[wub]?|cfnry|forward(?:ed|ing)?|divert(?:ed)?|redirect(?:ed|ion)?)\b/;
const VOICEMAIL = /\b(?:voice ?mail|vm|vmail|mailbox|answerphone)\b/;
const MADE = /\b(?:mo|moc|mosms|smsmo|orig(?:inated|inating)?|outgoing|out|made|mobile originated)\b/;
const RECEIVED = /\b(?:mt|mtc|mtsms|smsmt|term(?:inated|inating)?|incoming|in|received|mobile terminated)\b/;
/** Numbers that UK networks give to their mailboxes. */
const MAILBOXES: ReadonlySet<string> = new Set(['121', '222', '123', '901', '443', '1571', '+447953222222']);

export function recordType(word: string): RecordType {
  const plain = plainHeader(word);
  const isMessage = MESSAGE.test(plain) && !VOICEMAIL.test(plain);
  const kind = DATA.test(plain) && !isMessage ? 'data' : isMessage ? 'message' : 'call';
  const leg = FORWARDED.test(plain) ? 'forwarded' : MADE.test(plain) ? 'made' : RECEIVED.test(plain) ? 'received' : null;
  return {
    kind,
    leg,
    isVoicemail: VOICEMAIL.test(plain),
    service: kind === 'message' ? (/mms|picture/.test(plain) ? 'mms' : 'sms') : 'phone'
  };
}

/** Types of the layout without a header. */
export function codedType(record: string, service: string): RecordType {
  const isMessage = service === '21' || service === '22';
  return {
    kind: isMessage ? 'message' : 'call',
    leg: record === '1' ? 'made' : 'received',
    isVoicemail: false,
    service: isMessage ? 'sms' : 'phone'
  };
}

export function isMailbox(number: string): boolean {
  return MAILBOXES.has(number.replace(/\s/g, ''));
}
