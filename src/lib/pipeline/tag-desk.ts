/**
 * Tags of a case: changes in turn, and what rows, filters and a part of the case are told of them. Analyses cannot import
 * this file: what an officer tagged may narrow what is counted, as any filter does, and is never itself counted, drawn
 * or ranked by.
 */
import { packTagChange, TagLog, type TagChange, type TagChanged, type TagMark } from '../records/tag-log.ts';
import type { Keeper } from './session-parts.ts';
import type { TagAnswer, TagCounts, Tagged, TagName, TagRequest, TagStep, TagView } from './tag-contract.ts';

/** Changes that a list shows; all of them stay in the log. */
const SHOWN_CHANGES = 200;

interface DeskParts {
  readonly log: TagLog;
  readonly keeper: Keeper | null;
  readonly clock: () => number;
  /** Numbers of messages are below this. */
  readonly messages: () => number;
  readonly idsOf: (setId: number) => Promise<Uint32Array>;
  /** Tags came, went or stand on other messages. */
  readonly changed: () => void;
}

export class TagDesk {
  readonly #parts: DeskParts;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  get log(): TagLog {
    return this.#parts.log;
  }

  view(): TagView {
    const { version, changes, undoable } = this.log;
    return {
      version,
      tags: this.log.tags().map(({ id, name, count }) => ({ id, name, messages: count })),
      changes: changes.slice(-SHOWN_CHANGES).toReversed().map(stepOf),
      undoable: undoable === null ? null : stepOf(undoable)
    };
  }

  /** Resolves once the change is on disk; rejects, and takes it back, where it could not be kept. */
  change(request: TagRequest, who: string): Promise<TagAnswer> {
    const turn = this.#turn.then(() => this.#change(request, who));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async counts(on: Tagged): Promise<TagCounts> {
    const ids = await this.#ids(on);
    const counts = this.log.tags().flatMap(({ id }): [number, number][] => {
      const count = this.log.countAmong(id, ids);
      return count === 0 ? [] : [[id, count]];
    });
    return { messages: ids.length, counts };
  }

  names(message: number): TagName[] {
    return this.log.of(message).map(({ id, name }) => ({ id, name }));
  }

  marks(message: number): TagMark[] {
    return this.log.marksOf(message);
  }

  async #change(request: TagRequest, who: string): Promise<TagAnswer> {
    const { log, keeper, changed } = this.#parts;
    const made = await this.#apply(request, who);
    if (!made.ok) return { fault: made.fault, step: null, view: this.view() };
    try {
      await keeper?.put('tags', packTagChange(made.change));
    } catch (error) {
      log.drop(made.change);
      throw error;
    }
    changed();
    return { fault: null, step: stepOf(made.change), view: this.view() };
  }

  async #apply(request: TagRequest, who: string): Promise<TagChanged> {
    const { log } = this;
    const now = this.#parts.clock();
    switch (request.kind) {
      case 'make':
        return log.make(request.name, who, now);
      case 'rename':
        return log.rename(request.tag, request.name, who, now);
      case 'remove':
        return log.remove(request.tag, who, now);
      case 'undo':
        return log.undo(who, now);
      default:
        return log[request.kind](request.tag, await this.#ids(request.on), who, now);
    }
  }

  async #ids(on: Tagged): Promise<Uint32Array> {
    if ('setId' in on) return this.#parts.idsOf(on.setId);
    const known = this.#parts.messages();
    return Uint32Array.from(on.messageIds.filter((id) => Number.isInteger(id) && id >= 0 && id < known));
  }
}

const stepOf = ({ messages, ...change }: TagChange): TagStep => ({ ...change, messages: messages.length });
