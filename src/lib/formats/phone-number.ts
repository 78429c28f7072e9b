/**
 * Identifiers of accounts: numbers to E.164, WhatsApp ids to numbers, and everything else left as it is
 * spelt. A record names accounts, never persons; whether two accounts are one person is the officer's word.
 */
import { parsePhoneNumberFromString, isSupportedCountry } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import type { AccountRef } from '../evidence/records.ts';

/** Services whose identifiers are telephone numbers, so that a bare row of digits is one. */
const NUMBER_SERVICES: ReadonlySet<string> = new Set([
  'phone',
  'sms',
  'mms',
  'rcs',
  'whatsapp',
  'whatsapp business',
  'imessage',
  'facetime',
  'signal',
  'viber',
  'unknown'
]);

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const ODD_SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\r\n]+/g;
const JID = /^([^@\s]+)@(s\.whatsapp\.net|c\.us|g\.us|lid|broadcast|newsletter|call)$/i;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s.]+$/;
/** Characters that people and programs put into a number. */
const NUMBER_SHAPE = /^(?:tel:|sip:)?\+?[\d\s().\-/\u2010-\u2015]+$/i;
const SCIENTIFIC = /^\d(?:[.,]\d+)?e\+?\d{1,2}$/i;

/** A number that a spreadsheet spoilt (4.47E+11): its digits are lost and must not be made up. */
export function isDamagedNumber(raw: string): boolean {
  return SCIENTIFIC.test(raw.trim());
}

/** Removes what cannot be seen and evens the spaces; the raw text stays in `rawIdentifier`. */
export function cleanIdentifier(raw: string): string {
  return raw.replace(INVISIBLE, '').replace(ODD_SPACES, ' ').trim();
}

function regionOf(region: string): CountryCode | undefined {
  return isSupportedCountry(region) ? region : undefined;
}

/**
 * E.164 of a telephone number, or undefined where the text is none: short codes (up to 6 digits), masked
 * numbers, words, spoilt numbers. `region` (ISO 3166 alpha-2) is used for numbers in national form.
 *
 * Ranges kept for fiction and tests are not 'valid' by the numbering plan and still must match each other,
 * so a number in international form needs only a possible length; one in national form must be valid, or
 * have a possible length of at least 9 digits, or be valid when read as international without its plus.
 */
export function e164Of(raw: string, region: string): string | undefined {
  const key = `${region}\n${raw}`;
  let found = recent.get(key);
  if (found === undefined) {
    found = { number: parsed(raw, region) };
    if (recent.size >= MOST_RECENT) recent.clear();
    recent.set(key, found);
  }
  return found.number;
}

/** Files that are read after each other name the same people, and a number costs more to parse than the rest of a short record. */
const recent = new Map<string, { readonly number: string | undefined }>();
const MOST_RECENT = 4096;

function parsed(raw: string, region: string): string | undefined {
  let text = cleanIdentifier(raw);
  if (!NUMBER_SHAPE.test(text)) return undefined;
  text = text.replace(/^(?:tel|sip):/i, '');
  const digits = text.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 17) return undefined;
  if (text.startsWith('+')) return possible(parse('+' + digits));
  if (digits.startsWith('00')) return possible(parse('+' + digits.slice(2)));
  const country = regionOf(region);
  const national = country === undefined ? undefined : parse(digits, country);
  if (national?.isValid() === true) return national.number;
  if (!digits.startsWith('0')) {
    const international = parse('+' + digits);
    if (international?.isValid() === true) return international.number;
    // 447700900123: with the region's own calling code in front it is that region's number.
    if (national !== undefined && digits.startsWith(national.countryCallingCode) && national.isPossible()) return national.number;
    if (digits.length >= 11 && international?.isPossible() === true) return international.number;
  }
  return national?.isPossible() === true && national.nationalNumber.length >= 9 ? national.number : undefined;
}

function parse(text: string, country?: CountryCode): PhoneNumber | undefined {
  return country === undefined ? parsePhoneNumberFromString(text) : parsePhoneNumberFromString(text, country);
}

function possible(number: PhoneNumber | undefined): string | undefined {
  return number?.isPossible() === true ? number.number : undefined;
}

/**
 * One account from the spelling of a source.
 * - `447...@s.whatsapp.net` and `447...@c.us` (also with a `:12` device mark) become +447...
 * - `...@g.us` (group), `@lid` (private id), `@broadcast`, `@newsletter` stay as they are, in lower case: no number is in them.
 * - numbers become E.164 where the service names accounts by number, or where a plus stands in front.
 * - e-mail addresses become lower case; short codes, alphanumeric senders and masked numbers stay as spelt.
 * `service` is taken in lower case. `name` is what the source shows beside the identifier.
 */
export function accountRef(service: string, raw: string, region: string, name = ''): AccountRef {
  const lower = service.toLowerCase();
  const clean = cleanIdentifier(raw);
  let identifier = clean;
  let e164: string | undefined;
  const jid = JID.exec(clean);
  if (jid !== null) {
    const user = (jid[1] as string).replace(/[:.]\d+$/, '');
    const host = (jid[2] as string).toLowerCase();
    e164 = host === 's.whatsapp.net' || host === 'c.us' ? e164Of('+' + user, region) : undefined;
    identifier = e164 ?? `${user}@${host}`.toLowerCase();
  } else if (EMAIL.test(clean)) {
    identifier = clean.toLowerCase();
  } else if (NUMBER_SERVICES.has(lower) || clean.startsWith('+')) {
    e164 = e164Of(clean, region);
    if (e164 !== undefined) identifier = e164;
    else if (NUMBER_SHAPE.test(clean)) identifier = clean.replace(/[^\d+]/g, '') || clean;
  }
  return {
    service: lower,
    identifier,
    rawIdentifier: raw,
    ...(e164 === undefined ? {} : { e164 }),
    ...(name === '' ? {} : { name })
  };
}

/** True for identifiers that name a group and not an account. */
export function isGroupId(identifier: string): boolean {
  return /@(?:g\.us|broadcast|newsletter)$/i.test(identifier);
}

/**
 * One object per account and name for the length of one read: parsing a number takes some 20 microseconds,
 * and a phone names the same few hundred accounts a million times.
 */
export class AccountBook {
  readonly #region: string;
  readonly #services = new Map<string, Map<string, Map<string, AccountRef>>>();

  constructor(region: string) {
    this.#region = region;
  }

  /** As `accountRef`; the same arguments give the same object. */
  of(service: string, raw: string, name = ''): AccountRef {
    let byRaw = this.#services.get(service);
    if (byRaw === undefined) this.#services.set(service, (byRaw = new Map()));
    let byName = byRaw.get(raw);
    if (byName === undefined) byRaw.set(raw, (byName = new Map()));
    let ref = byName.get(name);
    if (ref === undefined) byName.set(name, (ref = accountRef(service, raw, this.#region, name)));
    return ref;
  }
}
