/** The cast: who they are in the story, what they speak, which accounts they used and when. */
import { frMobile, ukFixed, ukMobile } from './identifiers.ts';
import type { Language } from './words/bank.ts';
import { london } from './clock.ts';

/** Part played in the story. For the truth file only: no reader or analysis ever sees it. */
export type Role =
  | 'organiser'
  | 'lieutenant'
  | 'bookkeeper'
  | 'driver'
  | 'transporter'
  | 'controlled'
  | 'line-controller'
  | 'line-runner'
  | 'customer'
  | 'innocent';

interface Account {
  /** E.164 number, or an address or sender name where there is no number. */
  readonly id: string;
  /** First instant of use; absent: since before the period. */
  readonly fromMs?: number;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly gender: 'f' | 'm';
  readonly role: Role;
  readonly community: string;
  readonly languages: readonly Language[];
  /** In order of use; the last one is current at the end of the period. */
  readonly accounts: readonly Account[];
}

/** Moments that the plot turns on (London time). */
export const SORIN_NEW_SIM = london('2025-11-17 18:40');
export const RAY_NEW_NUMBER = london('2025-11-15 21:05');
export const LINE_NEW_NUMBER = london('2025-12-03 17:30');
export const BARBER_NEW_NUMBER = london('2025-10-20 10:00');
export const MOVE_DAY = '2025-12-12';
/** Phone C's clock ran ahead by this much, between these instants. */
export const CLOCK_AHEAD_MS = (3 * 60 + 7) * 60_000;
export const CLOCK_WRONG_FROM = london('2025-10-06 09:00');
export const CLOCK_WRONG_UNTIL = london('2025-10-27 09:00');

type Row = [
  id: string,
  name: string,
  gender: 'f' | 'm',
  role: Role,
  community: string,
  languages: string,
  accounts: (string | [string, number])[]
];

const ROWS: Row[] = [
  ['ray', 'Ray', 'm', 'organiser', 'labour', 'en', [ukMobile(101), [ukMobile(164), RAY_NEW_NUMBER]]],
  ['sorin', 'Sorin', 'm', 'lieutenant', 'labour', 'ro it en', [ukMobile(112), [ukMobile(187), SORIN_NEW_SIM]]],
  ['vitor', 'Vitor', 'm', 'driver', 'labour', 'pt en', [ukMobile(118)]],
  ['carla', 'Carla', 'f', 'bookkeeper', 'labour', 'it en', [ukMobile(121)]],
  ['mathieu', 'Mathieu', 'm', 'transporter', 'labour', 'fr', [frMobile(11)]],
  ['ionela', 'Ionela', 'f', 'controlled', 'labour', 'ro es', [ukMobile(130)]],
  ['costel', 'Costel', 'm', 'controlled', 'labour', 'ro', [ukMobile(131)]],
  ['duarte', 'Duarte', 'm', 'controlled', 'labour', 'pt', [ukMobile(132)]],
  ['lurdes', 'Lurdes', 'f', 'controlled', 'labour', 'pt', [ukMobile(133)]],
  ['wilmer', 'Wilmer', 'm', 'controlled', 'labour', 'es', [ukMobile(134)]],
  ['rosario', 'Rosario', 'f', 'controlled', 'labour', 'es', [ukMobile(135)]],
  ['fabio', 'Fabio', 'm', 'controlled', 'labour', 'it', [ukMobile(136)]],
  ['benoit', 'Benoît', 'm', 'controlled', 'labour', 'fr', [frMobile(36)]],
  ['craig', 'Craig', 'm', 'controlled', 'labour', 'en', [ukMobile(138)]],
  ['marlon', 'Marlon', 'm', 'line-controller', 'line', 'en', [ukMobile(220)]],
  ['kez', 'Kez', 'f', 'line-runner', 'line', 'en fr', [ukMobile(230), [ukMobile(271), LINE_NEW_NUMBER]]],
  ['pip', 'Pip', 'm', 'line-runner', 'line', 'en', [ukMobile(224)]],
  ['shaun', 'Shaun', 'm', 'controlled', 'line', 'en', [ukMobile(226)]],
  ['mama-s', 'Mama', 'f', 'innocent', 'sorin-family', 'ro', [ukMobile(150)]],
  ['diana', 'Diana', 'f', 'innocent', 'sorin-family', 'ro', [ukMobile(151)]],
  ['marco', 'Marco', 'm', 'innocent', 'football', 'it', [ukMobile(152)]],
  ['gez', 'Gez', 'm', 'innocent', 'football', 'en', [ukMobile(153)]],
  ['mihai', 'Mihai', 'm', 'innocent', 'football', 'ro', [ukMobile(154)]],
  ['paulo', 'Paulo', 'm', 'innocent', 'football', 'pt', [ukMobile(155)]],
  ['iker', 'Iker', 'm', 'innocent', 'football', 'es', [ukMobile(156)]],
  ['nadia', 'Nadia Shop', 'f', 'innocent', 'shop', 'fr en', [ukMobile(160)]],
  ['helen', 'Helen Harrowfen', 'f', 'innocent', 'workplace', 'en', [ukMobile(161)]],
  ['pell', 'Mr Pell Lettings', 'm', 'innocent', 'lettings', 'en', [ukFixed(14)]],
  ['barber', 'Dorin Barber', 'm', 'innocent', 'shop', 'ro', [ukMobile(162), [ukMobile(163), BARBER_NEW_NUMBER]]],
  ['mama-i', 'Mama ❤️', 'f', 'innocent', 'ionela-family', 'ro', [ukMobile(170)]],
  ['adela', 'Adela', 'f', 'innocent', 'ionela-family', 'ro', [ukMobile(171)]],
  ['bianca', 'Bianca', 'f', 'innocent', 'ionela-family', 'ro es', [ukMobile(172)]],
  ['sandra', 'Sandra', 'f', 'innocent', 'vitor-family', 'pt', [ukMobile(180)]],
  ['nelo', 'Nelo', 'm', 'innocent', 'vitor-family', 'pt', [ukMobile(181)]],
  ['pilar', 'Pilar', 'f', 'innocent', 'vitor-family', 'es', [ukMobile(182)]],
  ['amelie', 'Amélie', 'f', 'innocent', 'vitor-family', 'fr', [frMobile(82)]],
  ['giulia', 'Giulia', 'f', 'innocent', 'vitor-family', 'it', [ukMobile(183)]],
  ['garage', 'Quayside Garage', 'm', 'innocent', 'shop', 'en', [ukFixed(21)]],
  ['mum-k', 'Mum', 'f', 'innocent', 'kez-family', 'en', [ukMobile(190)]],
  ['tia', 'Tia', 'f', 'innocent', 'kez-family', 'fr en', [ukMobile(191)]],
  ['parcel', 'PARCELINFO', 'f', 'innocent', 'automated', 'en', ['PARCELINFO']]
];

/** Base number of customers of the line. */
export const CUSTOMERS = 22;
const CUSTOMER_NAMES =
  `Baz Deano Lisa2 JB Twin Macca Shell Donny OldTom Rich Vee Gaz Nige Sal Tommo Pat Wez Kim Jonno Bev Stu Fran`.split(' ');

function personOf(row: Row): Person {
  const [id, name, gender, role, community, languages, accounts] = row;
  return {
    id,
    name,
    gender,
    role,
    community,
    languages: languages.split(' ') as Language[],
    accounts: accounts.map((a) => (typeof a === 'string' ? { id: a } : { id: a[0], fromMs: a[1] }))
  };
}

/** The cast by id, customers of the line included. */
export const CAST: ReadonlyMap<string, Person> = new Map([
  ...ROWS.map((row) => [row[0], personOf(row)] as const),
  ...CUSTOMER_NAMES.slice(0, CUSTOMERS).map((name, i): readonly [string, Person] => {
    const languages = i % 7 === 3 ? 'pt' : i % 7 === 5 ? 'es' : 'en';
    const row: Row = [`customer-${i}`, name, i % 3 === 2 ? 'f' : 'm', 'customer', 'line', languages, [ukMobile(300 + i)]];
    return [row[0], personOf(row)];
  })
]);

/** The account that a person used at an instant. */
export function accountAt(person: Person, atMs: number): string {
  let current = person.accounts[0]?.id ?? person.id;
  for (const account of person.accounts) {
    if (account.fromMs !== undefined && account.fromMs <= atMs) current = account.id;
  }
  return current;
}

/** A member of the cast who must exist. */
export function castMember(id: string): Person {
  const person = CAST.get(id);
  if (!person) throw new Error(`nobody called ${id} in the cast`);
  return person;
}

/** The nine people who are controlled at work, in ledger order. */
export const WORKERS = ['ionela', 'costel', 'duarte', 'lurdes', 'wilmer', 'rosario', 'fabio', 'benoit', 'craig'] as const;
export type Worker = (typeof WORKERS)[number];
