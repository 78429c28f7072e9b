/**
 * Identifiers that belong to nobody.
 *
 * Sources: Ofcom, "Telephone numbers for use in TV and radio drama programmes" (mobile
 * 07700 900000-900999, London 020 7946 0000-0999, no area 01632 960000-960999, cities such as
 * 0113 496 0000-0999); ARCEP decision 2018-0881, numbers for audiovisual works (06 39 98 00 00 to
 * 99 99); RFC 2606 (example.com, example.org); ITU test networks (MCC 001, MNC 01); IMEI type
 * allocation codes that begin 00 are for test equipment.
 */

/** UK drama mobile, index 0-999, in E.164. */
export const ukMobile = (index: number): string => `+447700900${String(index).padStart(3, '0')}`;
/** French drama mobile, index 0-9999, in E.164. */
export const frMobile = (index: number): string => `+3363998${String(index).padStart(4, '0')}`;
/** UK drama number without area, index 0-999, in E.164. */
export const ukFixed = (index: number): string => `+441632960${String(index).padStart(3, '0')}`;

/** City ranges of the drama list, each followed by three free digits. */
const CITY_PREFIXES = ['+44207946', '+44113496', '+44114496', '+44115496', '+44116496'] as const;

/**
 * The n-th account for people outside the cast. Numbers first (mobiles from 400 up, French, fixed,
 * cities); when those are used up, addresses at example.org.
 */
export function crowdAccount(n: number): string {
  if (n < 600) return ukMobile(400 + n);
  let rest = n - 600;
  if (rest < 9000) return frMobile(1000 + rest);
  rest -= 9000;
  if (rest < 800) return ukFixed(200 + rest);
  rest -= 800;
  const city = CITY_PREFIXES[Math.floor(rest / 1000)];
  if (city !== undefined) return `${city}0${String(rest % 1000).padStart(3, '0')}`;
  rest -= CITY_PREFIXES.length * 1000;
  return `contact.${String(rest).padStart(6, '0')}@example.org`;
}

const RESERVED = [
  /^\+447700900\d{3}$/,
  /^\+442079460\d{3}$/,
  /^\+441632960\d{3}$/,
  /^\+44(113|114|115|116)4960\d{3}$/,
  /^\+3363998\d{4}$/
];

/** True when an E.164 number lies in a range reserved for fiction. */
export function isReservedNumber(e164: string): boolean {
  return RESERVED.some((range) => range.test(e164));
}

/** "07700 900123" or "06 39 98 00 11": how people write the number in a message. */
export function spoken(e164: string): string {
  if (e164.startsWith('+44')) return `0${e164.slice(3, 7)} ${e164.slice(7)}`;
  if (e164.startsWith('+33')) {
    return `0${e164.slice(3)}`.replace(/(\d\d)(?=\d)/g, '$1 ');
  }
  return e164;
}

/** "447700900123@s.whatsapp.net" for numbers; other accounts stay as they are. */
export function whatsAppId(account: string): string {
  return account.startsWith('+') ? `${account.slice(1)}@s.whatsapp.net` : account;
}

/** Test-equipment IMEI (type allocation code 00-prefixed) with its Luhn digit. */
export function testImei(serial: number): string {
  const body = `00440123${String(serial).padStart(6, '0')}`;
  let sum = 0;
  for (let i = 0; i < 14; i++) {
    const digit = Number(body[i]) * (i % 2 === 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return body + String((10 - (sum % 10)) % 10);
}

/** IMSI of the ITU test network 001-01. */
export const testImsi = (serial: number): string => `00101${String(serial).padStart(10, '0')}`;
/** ICCID with country code 999, which is not assigned. */
export const testIccid = (serial: number): string => `89999${String(serial).padStart(14, '0')}`;
