/**
 * What a case can be asked about places. In `CaseFilter.places` a number stands for a set of messages of the newest
 * answer, as its rows name it in `set`: what the device in question sent and received around that time.
 */
import type { LocationKind } from '../evidence/records.ts';
import type { CaseFilter, Provenance } from './contract.ts';

export interface PlaceDevice {
  readonly id: number;
  readonly label: string;
  /** Positions that the device's files hold, of these without a time, and days with any of the days they span. */
  readonly fixes: number;
  readonly untimed: number;
  readonly days: number;
  readonly span: number;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** By kind: precise fixes, cells and other areas, positions that stand in messages. */
  readonly precise: number;
  readonly areas: number;
  readonly shared: number;
}

/** One use of a place or an area, with where it stands in the file. */
export interface PlaceFix {
  readonly deviceId: number;
  readonly utcMs: number | null;
  readonly timeRaw: string;
  readonly latitude_deg: number | null;
  readonly longitude_deg: number | null;
  /** Null where the file states none. */
  readonly radius_m: number | null;
  readonly kind: LocationKind;
  readonly label: string;
  readonly provenance: Provenance;
}

export interface VisitRow {
  readonly deviceId: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly fixes: number;
  /** What the device's files hold from a quarter of an hour before until a quarter of an hour after. */
  readonly messages: number;
  readonly set: number;
}

export interface PlaceRow {
  readonly id: number;
  /** The name that most of its fixes have in the files; '' where none has. */
  readonly label: string;
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly extent_m: number;
  /** The widest circle that a file states for one of its fixes; null where none states any. */
  readonly radius_m: number | null;
  readonly fixes: number;
  readonly untimed: number;
  readonly deviceIds: readonly number[];
  readonly visits: readonly VisitRow[];
  readonly messages: number;
  readonly set: number;
  /** First and last of its fixes, and some between. */
  readonly examples: readonly PlaceFix[];
}

export interface AreaRow {
  readonly id: number;
  readonly label: string;
  readonly isCell: boolean;
  /** Null where no file gives its position. */
  readonly latitude_deg: number | null;
  readonly longitude_deg: number | null;
  readonly radius_m: number;
  /** No file states how far it reaches. */
  readonly isAssumed: boolean;
  readonly uses: number;
  readonly deviceIds: readonly number[];
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly messages: number;
  readonly set: number;
  readonly examples: readonly PlaceFix[];
}

export interface MeetingRow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly messages: number;
  readonly set: number;
}

/** Two devices. See [Note: Meetings]. */
export interface MeetingPairRow {
  readonly a: { readonly id: number; readonly label: string };
  readonly b: { readonly id: number; readonly label: string };
  readonly daysOfBoth: number;
  readonly span: number;
  readonly days: number;
  readonly byChance: number;
  readonly upTo: number;
  readonly asMany: number;
  readonly deals: number;
  readonly isMoreThanHabit: boolean;
  readonly meetings: readonly MeetingRow[];
  readonly messages: number;
  readonly set: number;
}

/** A point to draw: the fixes that are in no place. */
export interface LoneFixes {
  readonly deviceId: Uint16Array;
  readonly latitude_deg: Float64Array;
  readonly longitude_deg: Float64Array;
  /** 1 for one on the move. */
  readonly moving: Uint8Array;
}

export interface PlacesView {
  readonly devices: readonly PlaceDevice[];
  readonly places: readonly PlaceRow[];
  readonly areas: readonly AreaRow[];
  readonly pairs: readonly MeetingPairRow[];
  readonly lone: LoneFixes;
  /** Lone fixes that are not drawn because there are too many. */
  readonly loneLeftOut: number;
  /** Positions without coordinates that name no cell or network, and those that stand in messages. */
  readonly unplaced: number;
  readonly shared: number;
  /** Parts of the filter that positions do not have: only files and time were applied. */
  readonly isPartlyApplied: boolean;
  readonly rule: { readonly id: 'places'; readonly version: number };
  readonly elapsed_ms: number;
}

export interface PlaceApi {
  /** Positions of a filter's files and time. A later call ends an earlier one. */
  places(filter: CaseFilter, onProgress: (share: number) => void): Promise<PlacesView>;
  cancelPlaces(): Promise<void>;
}
