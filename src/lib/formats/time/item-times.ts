/** Times of the items of one source: placed, and what is doubtful counted. */
import type { EvidenceTime, SourcePlace } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import type { FindingTally } from '../finding-tally.ts';
import { NO_TIME, placeCocoa, placeStamp, placeUnix } from './evidence-time.ts';
import { parseStamp } from './stamp.ts';
import { chosenClock, type ZoneClock } from './zone-clock.ts';

export class ItemTimes {
  /** Stamps seen that state no offset. */
  zoneless = 0;
  readonly #clock: ZoneClock | null;
  readonly #tally: FindingTally;

  constructor(options: Pick<ReadOptions, 'zone'>, tally: FindingTally) {
    this.#clock = chosenClock(options.zone);
    this.#tally = tally;
  }

  /** Unix time by the format's own description, in seconds or milliseconds; '' is no time. */
  unix(raw: string, place: SourcePlace): EvidenceTime {
    if (raw === '') return NO_TIME;
    const time = placeUnix(raw);
    if (time.utcMs === null) this.#tally.add('time-unreadable', 'warning', 'times-unreadable', place);
    return time;
  }

  /** Time of Apple's systems, in seconds or nanoseconds since 2001; '' and 0 are no time. */
  cocoa(raw: string, place: SourcePlace): EvidenceTime {
    if (raw === '' || raw === '0') return NO_TIME;
    const time = placeCocoa(raw);
    if (time.utcMs === null) this.#tally.add('time-unreadable', 'warning', 'times-unreadable', place);
    return time;
  }

  /** A stamp in words; without an offset it is read in the officer's zone. */
  stamp(raw: string, place: SourcePlace): EvidenceTime {
    if (raw === '') return NO_TIME;
    const stamp = parseStamp(raw, 'dmy');
    if (stamp === null) this.#tally.add('time-unreadable', 'warning', 'times-unreadable', place);
    else if (stamp.offset_min === null) {
      this.zoneless++;
      if (this.#clock === null) this.#tally.add('time-without-zone', 'warning', 'json-no-zone', place);
    }
    const time = placeStamp(raw, stamp, this.#clock);
    if (time.ambiguous === true) this.#tally.add('time-ambiguous', 'warning', 'times-repeated', place);
    return time;
  }

  /** A stamp that the format describes as UTC and writes without saying so. */
  utcStamp(raw: string, place: SourcePlace): EvidenceTime {
    if (raw === '') return NO_TIME;
    const stamp = parseStamp(raw, 'dmy');
    if (stamp === null) this.#tally.add('time-unreadable', 'warning', 'times-unreadable', place);
    const time = placeStamp(raw, stamp === null || stamp.offset_min !== null ? stamp : { ...stamp, offset_min: 0 }, null);
    return stamp?.offset_min === null ? { ...time, basis: 'utc-by-spec' } : time;
  }
}
