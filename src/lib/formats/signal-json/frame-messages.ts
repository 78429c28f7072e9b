/**
 * Chat items of the app's own export, as Signal's backup format describes them:
 * https://github.com/signalapp/Signal-Android (Backup.proto). Edits come as revisions, deletions as tombstones.
 */
import { ownTable } from '../../evidence/own-table.ts';
import {
  MessageState,
  type AccountRef,
  type AttachmentRecord,
  type CallOutcome,
  type SourcePlace
} from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { unusedFields, writeDetails, type DetailFields } from '../json/details.ts';
import { refuseItem, stateOfItem, type JsonSetting } from '../json/json-format.ts';
import { JsonObject } from '../json/value.ts';
import type { JsonItem } from '../json/walk.ts';
import type { ServiceAccounts } from '../service-accounts.ts';
import type { ItemTimes } from '../time/item-times.ts';
import { changesOfUpdate } from './group-changes.ts';
import type { SignalPeople } from './people.ts';

const NOBODY: readonly AccountRef[] = [];
const USED: ReadonlySet<string> = new Set(['chatId', 'authorId', 'dateSent']);
/** State of a call, by the format; an accepted one was talked on. */
const OUTCOMES: Readonly<Record<string, CallOutcome>> = ownTable({
  ACCEPTED: 'answered',
  NOT_ACCEPTED: 'unknown',
  MISSED: 'missed',
  MISSED_NOTIFICATION_PROFILE: 'missed',
  DECLINED: 'rejected'
});

export class FrameMessages {
  readonly #setting: JsonSetting;
  readonly #accounts: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #people: SignalPeople;

  constructor(setting: JsonSetting, accounts: ServiceAccounts, times: ItemTimes, people: SignalPeople) {
    this.#setting = setting;
    this.#accounts = accounts;
    this.#times = times;
    this.#people = people;
  }

  read(value: JsonObject, item: JsonItem, place: SourcePlace): void {
    const { sink } = this.#setting;
    const stamp = value.text('dateSent');
    const chatId = value.text('chatId');
    const from = this.#people.author(value.text('authorId'));
    if (stamp === '' && chatId === '' && from === null)
      return refuseItem(sink, 'message', place, value, sentence('json-item-bare'));
    if (from !== null) this.#accounts.wrote(from);
    const thread = this.#people.thread(chatId);
    const time = this.#times.unix(stamp, place);
    const update = value.object('updateMessage');
    const call = update?.object('individualCall') ?? null;
    const direction = value.object('incoming') !== null ? 'incoming' : value.object('outgoing') !== null ? 'outgoing' : 'unknown';
    if (call !== null) {
      const started = call.text('startedCallTimestamp');
      sink.seen('call');
      sink.call({
        service: 'signal',
        from,
        to: thread.members.filter((member) => member.identifier !== from?.identifier),
        time: started === '' ? time : this.#times.unix(started, place),
        duration_s: null,
        direction:
          call.text('direction') === 'OUTGOING' ? 'outgoing' : call.text('direction') === 'INCOMING' ? 'incoming' : direction,
        outcome: OUTCOMES[call.text('state')] ?? 'unknown',
        isVideo: call.text('type') === 'VIDEO_CALL',
        state: stateOfItem(item),
        confidence: 'unstated',
        place,
        itemId: call.text('callId')
      });
    } else {
      const spoken =
        value.object('standardMessage') ?? value.object('viewOnceMessage') ?? value.object('directStoryReplyMessage');
      const isDeleted = value.object('remoteDeletedMessage') !== null;
      const { attachments, isVoice } = attachmentsOf(value, spoken);
      sink.seen('message');
      sink.message({
        thread,
        from,
        to: NOBODY,
        body:
          spoken?.object('text')?.text('body') ?? spoken?.object('textReply')?.object('text')?.text('body') ?? updateText(update),
        time,
        direction,
        state:
          stateOfItem(item) |
          (update === null ? 0 : MessageState.system) |
          (isDeleted ? MessageState.deletedByUser | MessageState.tombstone : 0) |
          (value.list('revisions').length > 0 ? MessageState.edited : 0) |
          (isVoice ? MessageState.voiceNote : 0) |
          sentState(value),
        confidence: 'unstated',
        attachments,
        place,
        itemId: '',
        fold: attachments.length > 0 ? 'ordinal' : 'identical'
      });
      if (thread.isGroup) this.#people.tell(sink, changesOfUpdate(update), { thread, time, place });
    }
    if (item.isCut) this.#setting.tally.add('cell-cut', 'warning', 'json-items-cut', place);
    // The text itself stands in the row; all else (quotes, reactions, earlier wordings, who got it when) stays beside it.
    const details = unusedFields(value, USED).filter(([key]) => key !== 'standardMessage.text.body');
    const ids: DetailFields = [
      ['chat', chatId],
      ['time', stamp]
    ];
    writeDetails(sink, 'signal message details', ids, details, place, '');
  }
}

/** How far an outgoing message got with anyone; how far an incoming one was read. */
function sentState(value: JsonObject): number {
  const incoming = value.object('incoming');
  if (incoming !== null) return incoming.isTrue('read') ? MessageState.read : 0;
  let state = 0;
  for (const one of value.object('outgoing')?.list('sendStatus') ?? []) {
    if (!(one instanceof JsonObject)) continue;
    if (one.object('sent') !== null) state |= MessageState.sent;
    if (one.object('delivered') !== null) state |= MessageState.sent | MessageState.delivered;
    if (one.object('read') !== null || one.object('viewed') !== null)
      state |= MessageState.sent | MessageState.delivered | MessageState.read;
  }
  return state;
}

/** The app's own word for what happened: 'simpleUpdate IDENTITY_UPDATE', 'groupChange'. */
function updateText(update: JsonObject | null): string {
  if (update === null) return '';
  const [kind = ''] = update.values.keys();
  const type = update.object(kind)?.text('type') ?? '';
  return type === '' ? kind : `${kind} ${type}`;
}

function attachmentsOf(
  value: JsonObject,
  spoken: JsonObject | null
): { readonly attachments: readonly AttachmentRecord[]; readonly isVoice: boolean } {
  const files: AttachmentRecord[] = [];
  let isVoice = false;
  const one = spoken?.object('attachment') ?? value.object('stickerMessage')?.object('sticker')?.object('data') ?? null;
  const listed = [...(spoken?.list('attachments') ?? []), ...(one === null ? [] : [one])];
  for (const file of listed) {
    if (!(file instanceof JsonObject)) continue;
    const pointer = file.object('pointer') ?? file;
    const contentType = pointer.text('contentType');
    const sizeBytes = pointer.count('size') ?? pointer.object('locatorInfo')?.count('size') ?? null;
    isVoice ||= file.text('flag') === 'VOICE_MESSAGE';
    files.push({
      name: pointer.text('fileName'),
      ...(contentType === '' ? {} : { contentType }),
      ...(sizeBytes === null ? {} : { sizeBytes })
    });
  }
  return { attachments: files, isVoice };
}
