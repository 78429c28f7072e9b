/** A card to a contact: its name, its accounts, and everything else as named texts. */
import type { AccountRef } from '../../evidence/records.ts';
import type { AccountBook } from '../phone-number.ts';
import type { Card } from './cards.ts';
import { partsOf, plainText, type CardProperty } from './property.ts';

export interface CardContact {
  readonly name: string;
  readonly accounts: readonly AccountRef[];
  readonly organisation: string;
  readonly notes: string;
  readonly uid: string;
  /** All that has no field of its own, in the card's order: ['ADR (work)', '1 High Street, London']. */
  readonly details: readonly (readonly [name: string, value: string])[];
}

/** Properties that programs of the time before IMPP used for handles, with the service each means. */
const HANDLES: ReadonlyMap<string, string> = new Map([
  ['X-AIM', 'aim'],
  ['X-ICQ', 'icq'],
  ['X-JABBER', 'xmpp'],
  ['X-GTALK', 'google talk'],
  ['X-GOOGLE-TALK', 'google talk'],
  ['X-MSN', 'msn'],
  ['X-YAHOO', 'yahoo'],
  ['X-SKYPE', 'skype'],
  ['X-SKYPE-USERNAME', 'skype'],
  ['X-QQ', 'qq'],
  ['X-TWITTER', 'twitter'],
  ['X-TELEGRAM', 'telegram'],
  ['X-WHATSAPP', 'whatsapp']
]);
/** Say nothing about the person. */
const SILENT: ReadonlySet<string> = new Set(['VERSION', 'PRODID', 'END', 'BEGIN', 'FN', 'N', 'ORG', 'NOTE', 'UID']);

/** 'tel:+44-7700-900012;ext=102' and the like: the number, and what follows it. */
function telephone(content: string): string {
  const bare = plainText(content).trim();
  return /^tel:/i.test(bare) ? (bare.slice(4).split(';', 1)[0] as string) : bare;
}

function nameOf(properties: readonly CardProperty[]): string {
  const first = (name: string): CardProperty | undefined =>
    properties.find((one) => one.name === name && one.content.trim() !== '');
  const full = first('FN');
  if (full !== undefined) return plainText(full.content).trim();
  const parts = first('N');
  if (parts !== undefined) {
    const [family = '', given = '', middle = '', prefix = '', suffix = ''] = partsOf(parts.content, ';').map((part) =>
      part.trim()
    );
    const whole = [prefix, given, middle, family, suffix].filter((part) => part !== '').join(' ');
    if (whole !== '') return whole;
  }
  const nick = first('NICKNAME') ?? first('ORG');
  return nick === undefined
    ? ''
    : partsOf(nick.content, ';')
        .filter((part) => part.trim() !== '')
        .join(', ')
        .trim();
}

function labelOf(property: CardProperty, labels: ReadonlyMap<string, string>): string {
  const types = (property.params.get('TYPE') ?? [])
    .map((type) => type.toLowerCase())
    .filter((type) => type !== 'pref' && type !== '');
  const own = labels.get(property.group) ?? '';
  const said = [...types, ...(own === '' ? [] : [own])].join(', ');
  return said === '' ? property.name : `${property.name} (${said})`;
}

/** Apple ties a label of the user's own to a property by its group: item1.TEL, item1.X-ABLabel. */
function labelsOf(properties: readonly CardProperty[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const one of properties)
    if (one.name === 'X-ABLABEL' && one.group !== '')
      labels.set(one.group, plainText(one.content).replace(/^_\$!<(.*)>!\$_$/, '$1'));
  return labels;
}

export function contactOf(card: Card, book: AccountBook): CardContact {
  const accounts: AccountRef[] = [];
  const details: [string, string][] = [];
  const labels = labelsOf(card.properties);
  const name = nameOf(card.properties);
  const add = (service: string, raw: string): void => {
    const ref = book.of(service, raw);
    if (!accounts.some((held) => held.service === ref.service && held.identifier === ref.identifier)) accounts.push(ref);
  };
  for (const property of card.properties) {
    const text = plainText(property.content).trim();
    if (property.inlineBytes !== null) {
      const type = property.params.get('TYPE')?.[0] ?? property.params.get('MEDIATYPE')?.[0] ?? '';
      details.push([property.name, [type, `${property.inlineBytes} B`].filter((part) => part !== '').join(', ')]);
      continue;
    }
    if (text === '') continue;
    const handle = HANDLES.get(property.name);
    if (property.name === 'TEL') {
      add('phone', telephone(property.content));
      // Which number is which the account cannot say.
      if (labelOf(property, labels) !== 'TEL') details.push([labelOf(property, labels), text]);
    } else if (property.name === 'EMAIL') {
      add('email', text.replace(/^mailto:/i, ''));
      if (!/^EMAIL(?: \(internet\))?$/.test(labelOf(property, labels))) details.push([labelOf(property, labels), text]);
    } else if (property.name === 'IMPP') {
      const [, scheme = '', address = ''] = /^([a-z][a-z0-9+.-]*):(.+)$/is.exec(text) ?? [];
      const service = (property.params.get('X-SERVICE-TYPE')?.[0] ?? scheme).toLowerCase();
      if (address === '') details.push([labelOf(property, labels), text]);
      else add(service === '' ? 'unknown' : service, address);
    } else if (handle !== undefined) add(handle, text);
    else if (property.name === 'N' && name !== '') {
      // The parts of a name are kept where the whole one does not hold them.
      const parts = partsOf(property.content, ';')
        .map((part) => part.trim())
        .filter((part) => part !== '');
      if (parts.some((part) => !name.includes(part))) details.push(['N', partsOf(property.content, ';').join(';')]);
    } else if (property.name === 'FN') {
      if (text !== name) details.push(['FN', text]);
    } else if (property.name === 'X-ABLABEL' || SILENT.has(property.name)) continue;
    else if (property.name === 'ADR')
      details.push([
        labelOf(property, labels),
        partsOf(property.content, ';')
          .map((part) => part.trim())
          .filter((part) => part !== '')
          .join(', ')
      ]);
    else details.push([labelOf(property, labels), text]);
  }
  const texts = (wanted: string): string[] => card.properties.filter((one) => one.name === wanted).map((one) => one.content);
  return {
    name: name === '' ? (accounts.find((ref) => ref.service === 'email')?.rawIdentifier ?? '') : name,
    accounts,
    organisation: texts('ORG')
      .map((org) =>
        partsOf(org, ';')
          .map((part) => part.trim())
          .filter((part) => part !== '')
          .join(', ')
      )
      .join('; '),
    notes: texts('NOTE').map(plainText).join('\n'),
    uid: texts('UID')[0] ?? '',
    details
  };
}
