/** What a case can be asked about the build of its network: what holds it together, what changed, what chance makes. */
import type { CaseFilter, PartyLabel } from './contract.ts';

export interface BridgeRow {
  readonly a: PartyLabel;
  readonly b: PartyLabel;
  readonly messages: number;
  readonly calls: number;
  /** People on the smaller side once this tie is gone. */
  readonly apart: number;
}

export interface TieChangeRow {
  readonly a: PartyLabel;
  readonly b: PartyLabel;
  /** Messages and calls in each span. */
  readonly before: number;
  readonly after: number;
}

/** A conversation of three or more as the one edge that it is, before it is shared out into ties of two. */
export interface GroupTieRow {
  /** The conversation's number; null for a call of several. */
  readonly thread: number | null;
  readonly label: string;
  readonly members: number;
  /** Those who ever wrote or called there. */
  readonly active: number;
  readonly messages: number;
  readonly calls: number;
  /** What each message or call adds to the tie between its sender and each other active member; 0 where it ties nobody. */
  readonly share: number;
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface StructureView {
  readonly rule: { readonly id: 'structure'; readonly version: number };
  readonly nodes: number;
  readonly ties: number;
  /** Ties that are the only way between two parts of the network; those that cut off most first. */
  readonly bridges: readonly BridgeRow[];
  readonly bridgeCount: number;
  /** Groups, those with the most messages and calls first, with the rule by which they become ties of two. */
  readonly groups: {
    readonly count: number;
    /** Messages and calls in them, of `of` in all. */
    readonly events: number;
    readonly of: number;
    /** A group with more active members ties nobody. */
    readonly mostActive: number;
    readonly rows: readonly GroupTieRow[];
  };
  /** Groups of the same people with as many contacts each, dealt by chance; null where there are too few ties. */
  readonly chance: {
    readonly networks: number;
    readonly own: number;
    readonly least: number;
    readonly most: number;
    /** Exchanges of two ties, in all networks together. */
    readonly swaps: number;
  } | null;
  /** Of conversations of two; null where there are none. */
  readonly reciprocity: { readonly pairs: number; readonly bothWays: number; readonly evenness: number } | null;
  /** The filter's time against as long a time before it, else its first half against its second; null without times. */
  readonly changes: {
    readonly before: Span;
    readonly after: Span;
    readonly began: number;
    readonly ended: number;
    readonly rows: readonly TieChangeRow[];
  } | null;
}

export interface StructureApi {
  /** A later call ends an earlier one. */
  structure(filter: CaseFilter, includeCalls: boolean, onProgress: (share: number) => void): Promise<StructureView>;
  cancelStructure(): Promise<void>;
}
