/** From a count, an edge, a person or a quote to the messages behind it. */
import { goto } from '$app/navigation';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import type { CaseFilter } from '$lib/pipeline/contract.ts';
import { casePath } from '../shell/places.ts';

/** Narrows to the filter and shows the messages; one step of undo takes the narrowing back. */
export function showMessages(opened: OpenCase, filter: CaseFilter): Promise<void> {
  opened.filter.replace(filter);
  return goto(casePath(opened.listing.id, 'messages'));
}

/** Shows one message among its conversation. */
export function showMessage(opened: OpenCase, messageId: number, threadId: number): Promise<void> {
  opened.selection.focus = messageId;
  return showMessages(opened, { threads: [threadId] });
}
