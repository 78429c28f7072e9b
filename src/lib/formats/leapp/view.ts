/** How the tool itself shows an artifact as a conversation: `data_views.chat`, since 2026 `data_views.conversation`. */
import type { LeappRole } from './columns.ts';
import { bareHeader } from './columns.ts';

export interface ChatView {
  readonly columns: ReadonlyMap<LeappRole, number>;
  /** The value of the direction column that means sent; any other means received. Null where the view states none. */
  readonly sentValue: string | null;
  /** What is sent carries a label of the device's own, and the sender's column then names the other side. */
  readonly sentIsOther: boolean;
}

export const NO_VIEW: ChatView = { columns: new Map(), sentValue: null, sentIsOther: false };

const KEYS: readonly (readonly [key: string, role: LeappRole])[] = [
  ['timeColumn', 'time'],
  ['textColumn', 'text'],
  ['senderColumn', 'from'],
  ['directionColumn', 'direction'],
  ['threadDiscriminatorColumn', 'thread'],
  ['conversationDiscriminatorColumn', 'thread'],
  ['threadLabelColumn', 'threadName'],
  ['conversationLabelColumn', 'threadName'],
  ['mediaColumn', 'attachment']
];

/** @param given the view as the tool's description has it: keys to column names or values. */
export function chatView(given: unknown, headers: readonly string[]): ChatView {
  if (typeof given !== 'object' || given === null) return NO_VIEW;
  const stated = given as Readonly<Record<string, unknown>>;
  const bare = headers.map(bareHeader);
  const columns = new Map<LeappRole, number>();
  for (const [key, role] of KEYS) {
    const value = stated[key];
    const at = typeof value === 'string' ? bare.indexOf(bareHeader(value)) : -1;
    if (at >= 0) columns.set(role, at);
  }
  if (!columns.has('time') || !columns.has('text')) return NO_VIEW;
  const sent = stated['directionSentValue'];
  const isStated =
    (typeof sent === 'string' || typeof sent === 'number' || typeof sent === 'boolean') && columns.has('direction');
  return {
    columns,
    sentValue: isStated ? String(sent) : null,
    sentIsOther: typeof stated['sentMessageStaticLabel'] === 'string' || typeof stated['sentMessageLabelColumn'] === 'string'
  };
}
