/** Under which name each seized phone had saved an account, and which id an app shows for it. */
import { AS_WRITTEN, type Exchange } from './exchange.ts';
import { spoken, whatsAppId } from './identifiers.ts';
import { accountAt, castMember, RAY_NEW_NUMBER, type Person } from './people.ts';
import type { App, Device } from './threads.ts';

/** Names that differ from the person's own, by device and account. */
const SAVED: Readonly<Record<string, string>> = {
  [`A ${accountAt(castMember('ray'), 0)}`]: 'R',
  [`A ${accountAt(castMember('ray'), RAY_NEW_NUMBER)}`]: 'U',
  [`A ${accountAt(castMember('kez'), 0)}`]: 'T line',
  [`A ${accountAt(castMember('kez'), Infinity)}`]: 'T line new',
  [`A ${accountAt(castMember('barber'), 0)}`]: 'Frizerie',
  [`A ${accountAt(castMember('barber'), Infinity)}`]: 'Frizerie nou',
  [`A ${accountAt(castMember('mathieu'), 0)}`]: 'M Lille',
  [`B ${accountAt(castMember('vitor'), 0)}`]: 'Vitor masina',
  [`C ${accountAt(castMember('sorin'), 0)}`]: 'S',
  [`D ${accountAt(castMember('ray'), 0)}`]: 'Tio',
  [`D ${accountAt(castMember('ray'), RAY_NEW_NUMBER)}`]: 'Tio novo'
};

/** People whom a phone had not saved: the app shows the number. */
const UNSAVED = new Set(['B benoit', 'B craig', 'C customer-6', 'C customer-11', 'D craig']);

/** True when the phone holds a contact for the person. */
export const isSaved = (device: Device, person: Person): boolean =>
  !UNSAVED.has(`${device} ${person.id}`) && !/^[A-Z]{6,}$/.test(person.accounts[0]?.id ?? '');

/** "+44 7700 900138": how apps show a number without a name. */
export function international(e164: string): string {
  if (e164.startsWith('+44')) return `+44 ${e164.slice(3, 7)} ${e164.slice(7)}`;
  if (e164.startsWith('+33')) return `+33 ${spoken(e164).slice(1)}`;
  return e164;
}

/** Name on this phone at an instant, or null when it was not saved. */
export function savedName(device: Device, person: Person, atMs: number, exchange: Exchange = AS_WRITTEN): string | null {
  if (!isSaved(device, person)) return null;
  return SAVED[`${device} ${accountAt(person, atMs)}`] ?? exchange.name(person);
}

/** Identifier as the app stores it: WhatsApp's number id, an address for Telegram, else the number. */
export function appIdentifier(app: App, person: Person, atMs: number): string {
  const account = accountAt(person, atMs);
  if (app === 'WhatsApp') return whatsAppId(account);
  if (app === 'Telegram') return `${person.id}@example.org`;
  return account;
}
