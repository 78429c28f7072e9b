/** A place that somebody points to in a message of a database: never where the device was. */
import type { EvidenceTime, SourcePlace } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import type { SqlRow } from './database.ts';
import { rowConfidence, rowState } from './row-place.ts';

export interface SharedPosition {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly label: string;
}

interface Pointing {
  readonly row: SqlRow;
  readonly time: EvidenceTime;
  readonly place: SourcePlace;
  readonly id: string;
}

/** Writes nothing where the numbers are no place on earth. */
export function writeSharedPosition(sink: EvidenceSink, message: Pointing, position: SharedPosition): void {
  const { latitude_deg, longitude_deg, label } = position;
  if (!(Math.abs(latitude_deg) <= 90 && Math.abs(longitude_deg) <= 180)) return;
  const { row, time, place, id } = message;
  sink.seen('location');
  sink.location({
    latitude_deg,
    longitude_deg,
    precision_m: null,
    kind: 'shared',
    label,
    time,
    state: rowState(row),
    confidence: rowConfidence(row),
    place,
    itemId: id
  });
}
