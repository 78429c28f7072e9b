/** Which of the layouts a document of Signal messages has. */
import type { JsonShape } from '../json/shape.ts';

/** 'frames': one object a line, each of one kind. 'lines': one message a line. 'rows': a list, bare or under a name. */
export type SignalLayout = 'frames' | 'lines' | 'rows';

/** Names under which dumps put the list; the misspelt one is a program's own. */
export const ROW_LISTS: readonly string[] = ['messages', 'messsages'];

export function layoutOf(shape: JsonShape): { readonly layout: SignalLayout; readonly confidence: number } | null {
  if (shape.has('backupTimeMs') || shape.has('chatItem.chatId') || shape.has('chatItem.dateSent'))
    return { layout: 'frames', confidence: 0.96 };
  if (
    shape.has('date') &&
    shape.has('sender') &&
    shape.has('body') &&
    (shape.has('quote') || shape.has('reactions') || shape.has('attachments'))
  )
    return { layout: 'lines', confidence: 0.9 };
  for (const list of ['[]', ...ROW_LISTS.map((name) => `${name}[]`)]) {
    const isDesktop =
      shape.has(`${list}.conversationId`) &&
      (shape.has(`${list}.sent_at`) || shape.has(`${list}.timestamp`) || shape.has(`${list}.received_at`));
    if (isDesktop) return { layout: 'rows', confidence: 0.9 };
  }
  return null;
}
