/**
 * A case with lost blocks, opened again: what is there is what was written, under the same number, whatever is gone
 * beside it; and it is still so after one more file was taken into it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markOf } from '../evidence/blocks.ts';
import {
  fileContents,
  importBlocks,
  loss,
  read,
  steps,
  tell,
  told,
  WrittenCase,
  written,
  type FileContents,
  type Told
} from './saved-case.fixture.ts';

/** File of the import that comes after the damage: its people and places are nobody else's. */
const FURTHER = 900;
const GONE = 'skein-lost';

type Plain = Record<string, unknown>;

/** The name that was written, or one that says that it is gone. */
function isSameOrGone(is: unknown, was: unknown): boolean {
  if (Array.isArray(is) && Array.isArray(was)) return is.length === was.length && is.every((one, i) => isSameOrGone(one, was[i]));
  return is === was || (typeof is === 'string' && is.startsWith(GONE));
}

const isPartOf = (is: readonly unknown[], was: readonly unknown[]): boolean =>
  is.every((one) =>
    was.some((other) => Object.entries(one as Plain).every(([key, value]) => isSameOrGone(value, (other as Plain)[key])))
  );

/** What stands in a case with lost blocks and was never written like that; none where all is well. */
function untrue(is: Told, was: Told): unknown[] {
  const wrong: unknown[] = [];
  for (const [row, { attachments, translations, certified, tags, copies, copyCount, ...fields }] of is.messages.entries()) {
    const before = was.messages[row];
    // Rows of an import that was never finished count where nobody can say that it was not.
    if (before === undefined) continue;
    const isGone = fields.thread === GONE;
    const isTrue =
      (isGone
        ? fields.body === ''
        : Object.entries(fields).every(([key, value]) => isSameOrGone(value, (before as Plain)[key]))) &&
      (isGone || attachments.every((name) => name === '' || before.attachments.includes(name))) &&
      translations.every((text) => before.translations.includes(text)) &&
      certified.every((text) => before.certified.includes(text)) &&
      tags.every((tag) => before.tags.includes(tag)) &&
      copies.every(({ itemId, source, path }) => itemId === before.body && source !== 'no source' && path !== 'no path') &&
      copyCount === copies.length;
    if (!isTrue) wrong.push({ row, is: is.messages[row], was: before });
  }
  for (const [row, call] of is.calls.entries()) {
    const before = was.calls[row];
    const isGone = call.time === '' && call.itemId === '';
    if (before !== undefined && !isGone && !isPartOf([{ ...call, copies: [] }], [{ ...before, copies: [] }]))
      wrong.push({ row, is: call, was: before });
  }
  for (const membership of is.memberships) {
    const before = was.memberships.find(({ time }) => time === membership.time);
    const message = membership.message === '' ? before?.message : membership.message;
    if (before !== undefined && !isPartOf([{ ...membership, message }], [before])) wrong.push({ is: membership, was: before });
  }
  for (const contact of is.contacts) {
    const before = was.contacts.find(({ name }) => name === contact.name);
    if (before !== undefined && !isPartOf([contact], [before])) wrong.push({ is: contact, was: before });
  }
  return wrong;
}

/** All of the first reading that the second must say as well. */
const first = (
  now: Told,
  { messages, calls, memberships, contacts, accounts, threads, sources, attributions, persons }: Told
) => ({
  messages: now.messages.slice(0, messages.length),
  calls: now.calls.slice(0, calls.length),
  memberships: now.memberships.slice(0, memberships.length),
  contacts: now.contacts.slice(0, contacts.length),
  accounts: now.accounts.slice(0, accounts.length),
  threads: now.threads.slice(0, threads.length),
  sources: now.sources.slice(0, sources.length),
  attributions: now.attributions.slice(0, attributions.length),
  persons
});

/** What stands behind the first reading. */
const rest = (now: Told, { messages, calls, memberships, contacts }: Told) => ({
  messages: now.messages.slice(messages.length),
  calls: now.calls.slice(calls.length),
  memberships: now.memberships.slice(memberships.length),
  contacts: now.contacts.slice(contacts.length)
});

const NOTHING = {
  messages: [],
  calls: [],
  memberships: [],
  contacts: [],
  accounts: [],
  threads: [],
  sources: [],
  attributions: [],
  persons: []
};

const nothing: FileContents = { messages: 0, attachments: 0, calls: 0, contacts: 0, joins: 0, again: [] };

/** A case without its blocks of these numbers, then with one message of a further file, read again. */
function withFurther(held: WrittenCase, gone: readonly number[]): Told {
  const losses = gone.map((at) => ({ at, isUnknown: false }));
  const { store } = read(held.blocks, losses);
  const mark = markOf(store);
  tell(store, FURTHER, { ...nothing, messages: 1, attachments: 1 });
  return told(read([...held.blocks, ...importBlocks(store, mark)], losses));
}

describe('a case whose last import lost its closing block', () => {
  it("gives the account of that import's contact to nobody of the next", () => {
    const held = new WrittenCase();
    held.import({ ...nothing, contacts: 1 }, 1, null);
    expect(held.blocks.map(({ kind }) => kind)).toEqual(['begin', 'rest', 'directory']);
    expect(withFurther(held, [2]).contacts).toEqual([
      { name: 'contact 0.0', accounts: ['skein-lost-0'], source: 'skein-lost-0' }
    ]);
  });

  it('attributes nothing to somebody of the next', () => {
    const held = new WrittenCase();
    held.import({ ...nothing, messages: 1 }, 9, null);
    const [account] = told(read(held.blocks)).accounts.keys();
    const imported = [...held.blocks.keys()].slice(1);
    held.attribute(account ?? -1);
    const { attributions } = withFurther(held, imported);
    expect(attributions).toEqual([[1, 'skein-lost-0']]);
  });

  it('puts no translation, certified text or tag of a lost message on a message of the next', () => {
    const held = new WrittenCase();
    held.import({ ...nothing, messages: 2 }, 9, null);
    held.translate([1]);
    held.certify([1]);
    held.tag([1]);
    const { messages } = withFurther(held, [1, 3]);
    expect(messages.map(({ body, tags }) => [body, tags])).toEqual([
      ['', []],
      ['', ['money']],
      [`message ${FURTHER}.0`, []]
    ]);
    expect(messages[1]).toMatchObject({ translations: ['English of message 0.1'], certified: ['certified message 0.1'] });
    expect(messages[2]).toMatchObject({ translations: [], certified: [], attachments: [`attachment ${FURTHER}.0.0`] });
  });

  it('says under a copy the file that it came from, or that it is lost, and never the next file', () => {
    const held = new WrittenCase();
    held.import({ ...nothing, messages: 1 }, 9, null);
    held.import({ ...nothing, again: [0] }, 9, null);
    const [message] = withFurther(held, [held.blocks.length - 1]).messages;
    expect(message?.copies).toMatchObject([{ source: 'skein-lost-1', path: 'skein-lost-1' }]);
  });
});

describe('a case that is opened twice', () => {
  it('says the same, and nothing that was not written, and goes on saying it after a further import', () => {
    fc.assert(
      fc.property(steps, fc.array(loss, { maxLength: 4 }), fc.option(fileContents), (course, lost, further) => {
        const { blocks } = written(course);
        const losses = lost.filter(({ at }) => at < blocks.length);
        const was = told(read(blocks));
        const opened = read(blocks, losses);
        const once = told(opened);
        expect(told(read(blocks, losses))).toEqual(once);
        expect(untrue(once, was)).toEqual([]);
        if (further === null) return;

        const { store } = opened;
        const contents = { ...further, again: [] };
        const mark = markOf(store);
        const intake = tell(store, FURTHER, contents);
        const more = importBlocks(store, mark);
        intake.commit();
        opened.translations.extend(store.committed.messages);
        const live = told(opened);
        const alone = read([]);
        tell(alone.store, FURTHER, contents).commit();
        alone.translations.extend(alone.store.committed.messages);
        // In the window that took it in: everything as it was, and the file as if it were alone.
        expect(first(live, once)).toEqual(once);
        expect(rest(live, once)).toEqual(rest(told(alone), NOTHING));
        // And the same when the case is opened again.
        expect(told(read([...blocks, ...more], losses))).toEqual(live);
      }),
      { numRuns: 100 }
    );
  });
});
