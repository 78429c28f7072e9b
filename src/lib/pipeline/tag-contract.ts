/** What a case can be asked about tags on messages. Part of CaseApi; see contract.ts. */
import type { TagChange, TagFault, TagMark } from '../records/tag-log.ts';

export type { TagFault, TagMark };

/** A tag as rows and facets name it. */
export interface TagName {
  readonly id: number;
  readonly name: string;
}

export interface TagRow extends TagName {
  /** Messages that have it. */
  readonly messages: number;
}

export interface TagView {
  readonly version: number;
  readonly tags: readonly TagRow[];
  /** Newest first, with how many messages each was about in their place. */
  readonly changes: readonly TagStep[];
  /** What undo would take back. */
  readonly undoable: TagStep | null;
}

export interface TagStep extends Omit<TagChange, 'messages'> {
  readonly messages: number;
}

/** These messages, or everything of a filtered set. */
export type Tagged = { readonly messageIds: readonly number[] } | { readonly setId: number };

export type TagRequest =
  | { readonly kind: 'make'; readonly name: string }
  | { readonly kind: 'rename'; readonly tag: number; readonly name: string }
  | { readonly kind: 'remove'; readonly tag: number }
  /** On the messages that lack it, or off those that have it. */
  | { readonly kind: 'put' | 'take'; readonly tag: number; readonly on: Tagged }
  | { readonly kind: 'undo' };

export interface TagAnswer {
  /** Why nothing was changed; null when it was. */
  readonly fault: TagFault | null;
  /** What was changed; null where nothing was. */
  readonly step: TagStep | null;
  readonly view: TagView;
}

/** How many of some messages have each tag that any of them has. */
export interface TagCounts {
  readonly messages: number;
  readonly counts: readonly (readonly [tag: number, messages: number])[];
}

export interface TagApi {
  tags(): Promise<TagView>;
  /**
   * Rejects where the change could not be kept, or the set was replaced by a newer filter.
   * @param who put in by the case worker: the key slot that opened the case, as the audit log names it
   */
  changeTags(request: TagRequest, who?: string): Promise<TagAnswer>;
  tagCounts(on: Tagged): Promise<TagCounts>;
}
