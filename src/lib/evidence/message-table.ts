/** The messages of a case in columns; row number = MessageId. See [Note: Columns]. */
import { Column, Dictionary, TextColumn } from './columns.ts';
import { CONFIDENCES, DIRECTIONS, MessageState, TIME_BASES, type EvidenceTime, type SourcePlace } from './records.ts';

export const PLACE_UNITS = ['byte', 'row', 'element'] as const;

/** A variable number of ids a row: `ends[row]` is where the row's values stop. */
export class ListColumn {
  readonly ends = new Column(Uint32Array);
  readonly values = new Column(Uint32Array);

  push(ids: readonly number[]): void {
    for (const id of ids) this.values.push(id);
    this.ends.push(this.values.length);
  }

  at(row: number): Uint32Array {
    return this.values.view(row === 0 ? 0 : this.ends.at(row - 1), this.ends.at(row));
  }

  reserve(rows: number): void {
    this.ends.reserve(rows);
    // One receiver a row is the rule; groups grow from there.
    this.values.reserve(rows);
  }

  truncate(length: number): void {
    this.ends.truncate(length);
    this.values.truncate(length === 0 ? 0 : this.ends.at(length - 1));
  }
}

/** Where rows come from: the same five columns for every kind of row. */
export class PlaceColumns {
  readonly source = new Column(Uint16Array);
  readonly path = new Column(Uint32Array);
  readonly offset = new Column(Float64Array);
  readonly unit = new Column(Uint8Array);
  readonly itemId = new TextColumn();
  readonly paths: Dictionary;

  constructor(paths: Dictionary) {
    this.paths = paths;
  }

  push(source: number, place: SourcePlace, itemId: string): void {
    this.source.push(source);
    this.path.push(this.paths.number(place.path));
    this.offset.push(place.offset);
    this.unit.push(PLACE_UNITS.indexOf(place.unit));
    this.itemId.push(itemId);
  }

  at(row: number): { source: number; place: SourcePlace; itemId: string } {
    return {
      source: this.source.at(row),
      place: {
        path: this.paths.at(this.path.at(row)),
        offset: this.offset.at(row),
        unit: PLACE_UNITS[this.unit.at(row)] ?? 'byte'
      },
      itemId: this.itemId.at(row)
    };
  }

  reserve(rows: number): void {
    for (const column of [this.source, this.path, this.offset, this.unit, this.itemId]) column.reserve(rows);
  }

  truncate(length: number): void {
    this.source.truncate(length);
    this.path.truncate(length);
    this.offset.truncate(length);
    this.unit.truncate(length);
    this.itemId.truncate(length);
  }

  get sizeBytes(): number {
    return this.source.sizeBytes + this.path.sizeBytes + this.offset.sizeBytes + this.unit.sizeBytes + this.itemId.sizeBytes;
  }
}

/** UTC, basis and raw text of a row's time; unknown UTC is NaN. */
export class TimeColumns {
  readonly utcMs = new Column(Float64Array);
  readonly basis = new Column(Uint8Array);
  readonly raw = new TextColumn();

  push(time: EvidenceTime): void {
    this.utcMs.push(time.utcMs ?? Number.NaN);
    this.basis.push(TIME_BASES.indexOf(time.basis));
    this.raw.push(time.raw);
  }

  reserve(rows: number): void {
    for (const column of [this.utcMs, this.basis, this.raw]) column.reserve(rows);
  }

  truncate(length: number): void {
    this.utcMs.truncate(length);
    this.basis.truncate(length);
    this.raw.truncate(length);
  }

  get sizeBytes(): number {
    return this.utcMs.sizeBytes + this.basis.sizeBytes + this.raw.sizeBytes;
  }
}

export interface MessageRowInput {
  readonly time: EvidenceTime;
  readonly service: number;
  readonly thread: number;
  readonly from: number;
  readonly to: readonly number[];
  readonly direction: (typeof DIRECTIONS)[number];
  readonly state: number;
  readonly confidence: (typeof CONFIDENCES)[number];
  readonly body: string;
  readonly attachments: number;
  readonly source: number;
  readonly place: SourcePlace;
  readonly itemId: string;
}

export class MessageTable {
  readonly time = new TimeColumns();
  readonly service = new Column(Uint8Array);
  readonly thread = new Column(Uint32Array);
  readonly from = new Column(Uint32Array);
  readonly to = new ListColumn();
  readonly direction = new Column(Uint8Array);
  readonly state = new Column(Uint16Array);
  readonly confidence = new Column(Uint8Array);
  readonly body = new TextColumn();
  /** Attachments of a row: `attachmentEnds[row - 1]` to `attachmentEnds[row]` in the case's list. */
  readonly attachmentEnds = new Column(Uint32Array);
  readonly place: PlaceColumns;

  constructor(paths: Dictionary) {
    this.place = new PlaceColumns(paths);
  }

  get length(): number {
    return this.thread.length;
  }

  get sizeBytes(): number {
    return (
      this.time.sizeBytes +
      this.service.sizeBytes +
      this.thread.sizeBytes +
      this.from.sizeBytes +
      this.to.ends.sizeBytes +
      this.to.values.sizeBytes +
      this.direction.sizeBytes +
      this.state.sizeBytes +
      this.confidence.sizeBytes +
      this.body.sizeBytes +
      this.attachmentEnds.sizeBytes +
      this.place.sizeBytes
    );
  }

  push(row: MessageRowInput): number {
    this.time.push(row.time);
    this.service.push(row.service);
    this.thread.push(row.thread);
    this.from.push(row.from);
    this.to.push(row.to);
    this.direction.push(DIRECTIONS.indexOf(row.direction));
    this.state.push(row.state | (row.time.ambiguous === true ? MessageState.timeAmbiguous : 0));
    this.confidence.push(CONFIDENCES.indexOf(row.confidence));
    this.body.push(row.body);
    this.attachmentEnds.push((this.length > 1 ? this.attachmentEnds.at(this.length - 2) : 0) + row.attachments);
    this.place.push(row.source, row.place, row.itemId);
    return this.length - 1;
  }

  /** Range of the row's attachments in the case's list. */
  attachmentRange(row: number): [from: number, to: number] {
    return [row === 0 ? 0 : this.attachmentEnds.at(row - 1), this.attachmentEnds.at(row)];
  }

  /** Room for `rows` messages in all. */
  reserve(rows: number): void {
    for (const column of this.#columns()) column.reserve(rows);
  }

  truncate(length: number): void {
    for (const column of this.#columns()) column.truncate(length);
  }

  #columns(): { reserve(rows: number): void; truncate(length: number): void }[] {
    return [
      this.time,
      this.service,
      this.thread,
      this.from,
      this.to,
      this.direction,
      this.state,
      this.confidence,
      this.body,
      this.attachmentEnds,
      this.place
    ];
  }
}

/** A second or later place where a kept message was seen. */
export class CopyTable {
  readonly message = new Column(Uint32Array);
  readonly place: PlaceColumns;

  constructor(paths: Dictionary) {
    this.place = new PlaceColumns(paths);
  }

  get length(): number {
    return this.message.length;
  }

  truncate(length: number): void {
    this.message.truncate(length);
    this.place.truncate(length);
  }
}

export interface CallRowInput {
  readonly time: EvidenceTime;
  readonly service: number;
  readonly from: number;
  readonly to: readonly number[];
  readonly duration_s: number | null;
  readonly direction: number;
  readonly outcome: number;
  readonly isVideo: boolean;
  readonly state: number;
  readonly confidence: number;
  readonly source: number;
  readonly place: SourcePlace;
  readonly itemId: string;
}

/** The calls of a case; row number = CallId. */
export class CallTable {
  readonly time = new TimeColumns();
  readonly service = new Column(Uint8Array);
  readonly from = new Column(Uint32Array);
  readonly to = new ListColumn();
  /** Seconds; NaN where the source states none. */
  readonly duration_s = new Column(Float64Array);
  readonly direction = new Column(Uint8Array);
  readonly outcome = new Column(Uint8Array);
  readonly isVideo = new Column(Uint8Array);
  readonly state = new Column(Uint16Array);
  readonly confidence = new Column(Uint8Array);
  readonly place: PlaceColumns;

  constructor(paths: Dictionary) {
    this.place = new PlaceColumns(paths);
  }

  get length(): number {
    return this.from.length;
  }

  push(row: CallRowInput): number {
    this.time.push(row.time);
    this.service.push(row.service);
    this.from.push(row.from);
    this.to.push(row.to);
    this.duration_s.push(row.duration_s ?? Number.NaN);
    this.direction.push(row.direction);
    this.outcome.push(row.outcome);
    this.isVideo.push(row.isVideo ? 1 : 0);
    this.state.push(row.state);
    this.confidence.push(row.confidence);
    this.place.push(row.source, row.place, row.itemId);
    return this.length - 1;
  }

  truncate(length: number): void {
    this.time.truncate(length);
    for (const column of [
      this.service,
      this.from,
      this.to,
      this.duration_s,
      this.direction,
      this.outcome,
      this.isVideo,
      this.state,
      this.confidence,
      this.place
    ]) {
      column.truncate(length);
    }
  }
}
