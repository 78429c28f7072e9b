/**
 * [Note: Identifiers across cases]
 * What two cases may have in common, written the same way in both: telephone numbers in E.164, e-mail addresses, ids and
 * handles inside one service, IMEI, IMSI. A name is never one: two phones each know a "Mama". Nor is what a network hands
 * out to everybody (short codes, sender names such as a bank's), nor a group.
 */

export const IDENTIFIER_KINDS = ['number', 'email', 'handle', 'imei', 'imsi'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

export interface Identifier {
  readonly kind: IdentifierKind;
  /** Kind and normal form, `number:+447700900123`, `handle:telegram:user42`: equal exactly where the identifiers are. */
  readonly key: string;
}

/** An account as the evidence names it. */
export interface NamedAccount {
  readonly service: string;
  readonly identifier: string;
  readonly e164: string | null;
}

/** Services that name accounts by telephone number: what is no full number there is a short code or a word. */
const NUMBERS_ALONE: ReadonlySet<string> = new Set(['phone', 'sms', 'mms', 'rcs', 'facetime', 'imessage', 'unknown']);
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s.]+$/u;
const GROUP = /@(?:g\.us|broadcast|newsletter|call)$/u;
/** Digits with the marks people put between them: a number that is not full, so that it means another one elsewhere. */
const DIGITS = /^[\d+().\s-]+$/u;
const UUID_OR_PRIVATE = /@lid$|^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/u;
/** Messengers whose accounts are full numbers, or ids of the service's own making. */
const NUMBER_MESSENGERS: ReadonlySet<string> = new Set(['whatsapp', 'whatsapp business', 'signal', 'viber']);

/** The identifier by which an account can be known elsewhere; null where it has none but a name or a short code. */
export function identifierOfAccount({ service, identifier, e164 }: NamedAccount): Identifier | null {
  if (e164 !== null) return { kind: 'number', key: `number:${e164}` };
  const plain = identifier.normalize('NFKC').trim().toLowerCase();
  if (plain.startsWith('name:') || GROUP.test(plain)) return null;
  if (EMAIL.test(plain)) return { kind: 'email', key: `email:${plain}` };
  if (NUMBERS_ALONE.has(service)) return null;
  if (NUMBER_MESSENGERS.has(service) && !UUID_OR_PRIVATE.test(plain)) return null;
  // A service's own numeric ids are whole as they stand; blanks stand in names.
  if (plain.length < 3 || /\s/u.test(plain) || (DIGITS.test(plain) && !/^\d+$/u.test(plain))) return null;
  return { kind: 'handle', key: `handle:${service}:${plain}` };
}

const IMEI_NAME = /\bimei(?:sv|\d)?\b/iu;
const IMSI_NAME = /\bimsi\b/iu;
/** Makers' placeholders: one figure throughout. */
const ONE_FIGURE = /^(\d)\1*$/u;

/**
 * Identifiers in a fact that a report states of a device or a card. An IMEI counts by its first 14 digits: the last is
 * a check digit, or the software's version, and not every tool writes it.
 */
export function identifiersOfFact(name: string, value: string): Identifier[] {
  const kind = IMEI_NAME.test(name) ? 'imei' : IMSI_NAME.test(name) ? 'imsi' : null;
  if (kind === null) return [];
  const found = value.match(/\d[\d\s/-]{12,20}\d/gu) ?? [];
  return found.flatMap((run): Identifier[] => {
    const digits = run.replace(/\D/gu, '');
    if (ONE_FIGURE.test(digits)) return [];
    if (kind === 'imei') return digits.length < 14 || digits.length > 16 ? [] : [{ kind, key: `imei:${digits.slice(0, 14)}` }];
    return digits.length < 14 || digits.length > 15 ? [] : [{ kind, key: `imsi:${digits}` }];
  });
}

/** Kind and text of a key, as it is shown. */
export function readKey(key: string): { readonly kind: IdentifierKind; readonly service: string | null; readonly text: string } {
  const kind = IDENTIFIER_KINDS.find((one) => key.startsWith(`${one}:`));
  if (kind === undefined) throw new RangeError('That is no identifier.');
  const rest = key.slice(kind.length + 1);
  if (kind !== 'handle') return { kind, service: null, text: rest };
  const at = rest.indexOf(':');
  return { kind, service: rest.slice(0, at), text: rest.slice(at + 1) };
}
