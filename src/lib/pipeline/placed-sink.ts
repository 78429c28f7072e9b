/** Places of a source that was taken out of a container, counted from the container. */
import type { SourcePlace } from '../evidence/records.ts';
import type { EvidenceSink } from '../evidence/sink.ts';

/** The sink itself where nothing stands before its places. */
export function placedIn(sink: EvidenceSink, before: string): EvidenceSink {
  return before === '' ? sink : new PlacedSink(sink, before);
}

/** A place counted from the container. */
export function placeIn(before: string, place: SourcePlace): SourcePlace {
  if (before === '') return place;
  return { ...place, path: place.path === '' ? before : `${before}/${place.path}` };
}

class PlacedSink implements EvidenceSink {
  readonly #sink: EvidenceSink;
  readonly #before: string;
  /** Paths repeat from record to record. */
  readonly #paths = new Map<string, string>();

  constructor(sink: EvidenceSink, before: string) {
    this.#sink = sink;
    this.#before = before;
  }

  seen(...args: Parameters<EvidenceSink['seen']>): void {
    this.#sink.seen(...args);
  }
  message(record: Parameters<EvidenceSink['message']>[0]): void {
    this.#sink.message({ ...record, place: this.#placed(record.place) });
  }
  call(record: Parameters<EvidenceSink['call']>[0]): void {
    this.#sink.call({ ...record, place: this.#placed(record.place) });
  }
  contact(record: Parameters<EvidenceSink['contact']>[0]): void {
    this.#sink.contact({ ...record, place: this.#placed(record.place) });
  }
  account(record: Parameters<EvidenceSink['account']>[0]): void {
    this.#sink.account({ ...record, place: this.#placed(record.place) });
  }
  location(record: Parameters<EvidenceSink['location']>[0]): void {
    this.#sink.location({ ...record, place: this.#placed(record.place) });
  }
  generic(record: Parameters<EvidenceSink['generic']>[0]): void {
    this.#sink.generic({ ...record, place: this.#placed(record.place) });
  }
  device(fact: Parameters<EvidenceSink['device']>[0]): void {
    this.#sink.device({ ...fact, place: this.#placed(fact.place) });
  }
  membership(record: Parameters<EvidenceSink['membership']>[0]): void {
    this.#sink.membership({ ...record, place: this.#placed(record.place) });
  }
  refuse(kind: Parameters<EvidenceSink['refuse']>[0], finding: Parameters<EvidenceSink['refuse']>[1]): void {
    this.#sink.refuse(kind, { ...finding, place: finding.place === null ? null : this.#placed(finding.place) });
  }
  note(finding: Parameters<EvidenceSink['note']>[0]): void {
    this.#sink.note({ ...finding, place: finding.place === null ? null : this.#placed(finding.place) });
  }
  fold(kind: Parameters<EvidenceSink['fold']>[0], place: SourcePlace): void {
    this.#sink.fold(kind, this.#placed(place));
  }
  progress(bytesDone: number): void {
    this.#sink.progress(bytesDone);
  }

  #placed(place: SourcePlace): SourcePlace {
    let path = this.#paths.get(place.path);
    if (path === undefined) {
      path = placeIn(this.#before, place).path;
      this.#paths.set(place.path, path);
    }
    return { ...place, path };
  }
}
