/** One `<model>` while it is read: its fields in order and the models inside it that are parts of it. */
import type { ThreadRef } from '../../evidence/records.ts';
import type { ModelType } from './vocabulary.ts';

const NO_MODELS: readonly Model[] = [];

export class Model {
  readonly type: ModelType;
  /** Byte of its '<' in the report. */
  readonly offset: number;
  /** Number of the field of the outer model in which it stands; -1 at the top. */
  readonly slot: number;
  id = '';
  deletedState = '';
  confidence = '';
  fileId = '';
  /** `length` of a data field: size of an attachment. */
  dataLength = '';
  readonly fields: number[] = [];
  readonly values: string[] = [];
  /** Shared and empty until there is one: most models are parties, and those hold none. */
  parts: readonly Model[] = NO_MODELS;
  /** Of a Chat: what its messages belong to, once it is known. */
  thread: ThreadRef | null = null;
  /** Of a Chat: messages that came before the chat said which one it is. */
  waiting: readonly Model[] = NO_MODELS;
  /** Field and slot that are open now, while the model is read. */
  openField = -1;
  openSlot = -1;
  #formatted: Map<string, string> | null = null;
  messages = 0;

  constructor(type: ModelType, offset: number, slot: number) {
    this.type = type;
    this.offset = offset;
    this.slot = slot;
  }

  add(field: number, value: string): void {
    if (value === '') return;
    this.fields.push(field);
    this.values.push(value);
  }

  addPart(part: Model): void {
    if (this.parts === NO_MODELS) this.parts = [part];
    else (this.parts as Model[]).push(part);
  }

  addWaiting(message: Model): void {
    if (this.waiting === NO_MODELS) this.waiting = [message];
    else (this.waiting as Model[]).push(message);
  }

  /** Keeps the ISO form that the report gives beside a time in the manner of some country. */
  addFormatted(raw: string, iso: string): void {
    (this.#formatted ??= new Map()).set(raw, iso);
  }

  formattedOf(raw: string): string {
    return this.#formatted?.get(raw) ?? '';
  }

  /** First value of the field, '' where there is none. */
  text(field: number): string {
    const fields = this.fields;
    for (let i = 0; i < fields.length; i++) if (fields[i] === field) return this.values[i] as string;
    return '';
  }
}

/** Items still waiting for their thread at the end of a chat are few or many; this many at most stay in memory. */
export const MOST_WAITING = 2000;
