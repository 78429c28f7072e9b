/**
 * What Viber writes beside a message as JSON: ZMETADATA and ZCLIENTMETADATA on iOS, Messages.Info on the desktop, msg_info on
 * Android. The keys are the same on all of them. Those that mean something here (quote, edit, generalFwdInfo, fileInfo,
 * audio_ptt) are told alike by iLEAPP's Viber artifact, by the importer of everysaid and, for quote and edit, by viberkit.
 * Everything else is kept under its own path.
 */
import { detailText, unusedFields, type DetailFields } from '../json/details.ts';
import { JsonFault } from '../json/fault.ts';
import { JsonObject, type JsonValue } from '../json/value.ts';
import { JsonWalk } from '../json/walk.ts';

export interface MessageInfo {
  readonly details: DetailFields;
  /** Id (token) of the message whose text this row replaces; '' for any other row. */
  readonly editOf: string;
  readonly isForwarded: boolean;
  readonly isVoice: boolean;
  readonly isEdited: boolean;
  readonly file: { readonly name: string; readonly type: string; readonly size: number | null } | null;
  /** Words of a shared position. */
  readonly address: string;
}

const NOTHING: MessageInfo = {
  details: [],
  editOf: '',
  isForwarded: false,
  isVoice: false,
  isEdited: false,
  file: null,
  address: ''
};
const LONGEST = 1_000_000;

export class InfoReader {
  readonly #utf8 = new TextEncoder();
  #value: JsonValue | undefined;
  #walk = this.#begin();

  /** @param name of the column, for what is no JSON and is kept as it stands */
  read(name: string, text: string): MessageInfo {
    if (text === '' || text === '{}') return NOTHING;
    const info = this.#object(text);
    return info === null ? { ...NOTHING, details: [[name, detailText(text)]] } : told(info);
  }

  #begin(): JsonWalk {
    return new JsonWalk(
      { open: () => 'build', value: (_path, value) => (this.#value = value), close: () => undefined },
      { manyRoots: true }
    );
  }

  #taken(): JsonValue | undefined {
    return this.#value;
  }

  #object(text: string): JsonObject | null {
    const whole = text.trim();
    if (!whole.startsWith('{') || !whole.endsWith('}') || whole.length > LONGEST) return null;
    this.#value = undefined;
    try {
      // One tokenizer for all rows: making one costs more than most of these texts.
      this.#walk.write(this.#utf8.encode(`${whole}\n`));
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      this.#value = undefined;
    }
    const value = this.#taken();
    if (value instanceof JsonObject) return value;
    this.#walk = this.#begin();
    return null;
  }
}

function told(info: JsonObject): MessageInfo {
  const details: DetailFields = [];
  const quote = info.object('quote');
  if (quote !== null) {
    if (quote.text('token') !== '') details.push(['in reply to', quote.text('token')]);
    if (quote.text('text') !== '') details.push(['text replied to', quote.text('text')]);
    for (const [name, value] of unusedFields(quote, new Set(['token', 'text']))) details.push([`quote.${name}`, value]);
  }
  details.push(...unusedFields(info, quote === null ? new Set() : new Set(['quote'])));
  const file = info.object('fileInfo');
  return {
    details,
    editOf: info.object('edit')?.text('token') ?? '',
    isForwarded: info.object('generalFwdInfo') !== null,
    isVoice: info.object('audio_ptt') !== null,
    isEdited:
      (info.object('desktop_info')?.text('edit_token') ?? '') !== '' ||
      info.text('EditToken') !== '' ||
      info.text('EditDate') !== '',
    file: file === null ? null : { name: file.text('FileName'), type: file.text('ContentType'), size: file.count('FileSize') },
    address: info.object('locationInfo')?.text('address') ?? ''
  };
}
