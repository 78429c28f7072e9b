/** Who began a communication and who it went to, from whichever columns a table has. */
import type { AccountRef, Direction } from '../../evidence/records.ts';
import { cleanCell, ownText, remembered } from './cells.ts';
import { partiesOf, type Party } from './party.ts';
import { isDamaged, type CsvPeople } from './people.ts';
import { plainHeader, type Recipe } from './recipe.ts';
import type { RowView } from './table.ts';

export interface Ends {
  readonly from: AccountRef | null;
  readonly to: readonly AccountRef[];
  readonly direction: Direction;
  /** The "to" cell names the conversation itself and not a person. */
  readonly isToThread: boolean;
  /** Numbers of the row that a spreadsheet spoilt. */
  readonly damaged: number;
}

export class EndsReader {
  readonly #people: CsvPeople;

  readonly #directionOf: (cell: string) => Direction;
  readonly #partiesOf = remembered(partiesOf);
  readonly #clean = remembered((cell) => ownText(cleanCell(cell).trim()));

  constructor(people: CsvPeople, recipe: Recipe) {
    this.#people = people;
    const incoming = new Set(recipe.direction.incoming.map(plainHeader));
    const outgoing = new Set(recipe.direction.outgoing.map(plainHeader));
    this.#directionOf = remembered((cell) => {
      const word = plainHeader(cleanCell(cell));
      return incoming.has(word) ? 'incoming' : outgoing.has(word) ? 'outgoing' : 'unknown';
    });
  }

  /** Direction that the row states in words. */
  stated(view: RowView): Direction {
    return this.#directionOf(view.raw('direction'));
  }

  read(view: RowView, service: string, row: number): Ends {
    let direction = this.stated(view);
    const refs = (parties: readonly Party[], name: string): AccountRef[] =>
      parties.map((party) => this.#people.of(service, party, row, parties.length === 1 ? name : ''));
    const cell = (role: 'from' | 'to' | 'party' | 'fromName' | 'toName' | 'partyName'): string => this.#clean(view.raw(role));
    const thread = this.#clean(view.raw('thread'));
    const toCell = cell('to');
    const toParties = this.#partiesOf(toCell);
    const isToThread = thread !== '' && toCell === thread && toParties.every((party) => party.kind === 'word');
    const fromParties = this.#partiesOf(cell('from') || cell('fromName'));
    const named = isToThread ? [] : toParties.length > 0 ? toParties : this.#partiesOf(cell('toName'));
    let from = refs(fromParties.slice(0, 1), cell('fromName'))[0] ?? null;
    let to = refs(named, cell('toName'));
    const parties = from === null && to.length === 0 ? this.#partiesOf(cell('party') || cell('partyName')) : [];
    if (parties.length > 0) {
      const all = refs(parties, cell('partyName'));
      const begins = parties.findIndex((party) => party.end === 'from');
      const ownAt = all.findIndex((ref) => this.#people.isOwner(ref));
      const others = all.filter((_, i) => i !== ownAt);
      const own = ownAt >= 0 ? (all[ownAt] as AccountRef) : this.#people.owner(service);
      if (begins >= 0 && direction === 'unknown') direction = begins === ownAt ? 'outgoing' : 'incoming';
      else if (direction === 'unknown' && parties.every((party) => party.end === 'to')) direction = 'outgoing';
      if (direction === 'outgoing') [from, to] = [own, others];
      else if (direction === 'incoming')
        [from, to] = [all[begins >= 0 && begins !== ownAt ? begins : ownAt === 0 ? 1 : 0] ?? null, own === null ? [] : [own]];
      // Without a direction nobody can say who began: the other side stands as the one addressed.
      else [from, to] = [null, others];
    }
    if (direction === 'unknown') {
      if (this.#people.isOwner(from)) direction = 'outgoing';
      else if (to.some((ref) => this.#people.isOwner(ref))) direction = 'incoming';
    }
    if (from === null && direction === 'outgoing') from = this.#people.owner(service);
    if (to.length === 0 && direction === 'incoming' && !isToThread && thread === '')
      to = [this.#people.owner(service)].filter((ref) => ref !== null);
    const damaged = [from, ...to].filter((ref) => isDamaged(ref)).length;
    // The row says which end is the phone itself, and the officer says whose phone it is.
    const own = this.#people.owner(service);
    if (own !== null && direction === 'outgoing' && isDamaged(from)) from = own;
    if (own !== null && direction === 'incoming' && to.length === 1 && isDamaged(to[0] ?? null)) to = [own];
    return { from, to, direction, isToThread, damaged };
  }
}
