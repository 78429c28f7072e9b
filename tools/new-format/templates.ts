/** What a new format begins with: a reader of JSON documents with a list of messages, its fixtures and its test. */

export interface FormatNames {
  /** Folder and id: 'kik-json'. */
  readonly id: string;
  /** In code: 'kikJson'. */
  readonly camel: string;
  /** Of types: 'KikJson'. */
  readonly pascal: string;
  /** Of constants: 'KIK_JSON'. */
  readonly upper: string;
  /** The service that its accounts belong to: 'kik'. */
  readonly service: string;
}

/** @throws Error for a name that is no folder's. */
export function namesOf(name: string): FormatNames {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) throw new Error(`'${name}' is no name: write it like kik-json.`);
  const parts = name.split('-');
  const pascal = parts.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join('');
  return {
    id: name,
    camel: pascal.slice(0, 1).toLowerCase() + pascal.slice(1),
    pascal,
    upper: name.toUpperCase().replaceAll('-', '_'),
    service: parts[0] as string
  };
}

/** The registry with the format before the last entry, which takes what no other wants. */
export function registryWith(names: FormatNames, registry: string): string {
  const line = `import { ${names.camel} } from './${names.id}/index.ts';\n`;
  const withImport = registry.replace('import { whatsappText }', `${line}import { whatsappText }`);
  const whole = withImport.replace(/,(\s+)phoneCsv(\s*)\]/, `,$1${names.camel},$1phoneCsv$2]`);
  if (whole === withImport || withImport === registry)
    throw new Error('src/lib/formats/registry.ts has another shape: add the format there by hand.');
  return whole;
}

export function fixturesWith(names: FormatNames, fixtures: string): string {
  const line = `import { ${names.upper}_FIXTURES } from './${names.id}.ts';\n`;
  const withImport = fixtures.replace(/import \{ ANDROID_PAIR/, `${line}import { ANDROID_PAIR`);
  const whole = withImport.replace(
    /(FORMAT_FIXTURES: readonly FormatFixture\[\] = \[[^\]]*?)(\s*)\];/,
    `$1,$2  ...${names.upper}_FIXTURES$2];`
  );
  if (whole === withImport || withImport === fixtures)
    throw new Error('tests/fixtures/all-formats.ts has another shape: add the fixtures there by hand.');
  return whole;
}

/** The words for the place where files are dropped, which an officer reads: to be put right by hand. */
export function wordsWith(names: FormatNames, words: string): string {
  const whole = words.replace(
    /(\n\} as const;)/,
    `,\n  'format-${names.id}': { en: '${names.service}', fr: '${names.service}' }$1`
  );
  if (whole === words)
    throw new Error('src/lib/evidence/wording/format-words.ts has another shape: add the words there by hand.');
  return whole;
}

/** Paths from the project's root, and what stands in them. */
export function templatesOf(names: FormatNames): readonly (readonly [path: string, text: string])[] {
  return [
    [`src/lib/formats/${names.id}/index.ts`, indexOf(names)],
    [`src/lib/formats/${names.id}/${names.service}-reader.ts`, readerOf(names)],
    [`src/lib/formats/${names.id}/${names.id}.test.ts`, testOf(names)],
    [`tests/fixtures/${names.id}.ts`, fixtureOf(names)]
  ];
}

const indexOf = ({
  id,
  camel,
  pascal,
  service
}: FormatNames): string => `/** Messages of ${service}: which program writes these files, and where that is described. */
import type { Format } from '../contract.ts';
import { jsonFormat } from '../json/json-format.ts';
import type { JsonShape } from '../json/shape.ts';
import { ${pascal}Reader } from './${service}-reader.ts';

/** Recognised by what no other format has; a name of a file says nothing. */
function fits(shape: JsonShape): number {
  return shape.first('format') === '${id}' && shape.has('messages') ? 0.9 : 0;
}

export const ${camel}: Format = jsonFormat({
  id: '${id}',
  version: 1,
  label: '${service}',
  fits,
  rank: (shape) => (fits(shape) > 0 ? 0 : null),
  open: (setting) => new ${pascal}Reader(setting)
});
`;

const readerOf = ({ pascal, service }: FormatNames): string => `/** Walks the documents of ${service}. */
import type { AccountRef, ItemKind, SourcePlace, ThreadRef } from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import { unusedFields, writeDetails } from '../json/details.ts';
import { refuseItem, stateOfItem, type JsonReader, type JsonSetting } from '../json/json-format.ts';
import { JsonObject, type JsonValue } from '../json/value.ts';
import type { JsonItem, JsonPath } from '../json/walk.ts';
import { ServiceAccounts } from '../service-accounts.ts';
import { ItemTimes } from '../time/item-times.ts';

const NOBODY: readonly AccountRef[] = [];
/** Fields that become part of a record; all others are kept as details of the message. */
const USED: ReadonlySet<string> = new Set(['id', 'from', 'time', 'text']);

export class ${pascal}Reader implements JsonReader {
  readonly #setting: JsonSetting;
  readonly #accounts: ServiceAccounts;
  readonly #times: ItemTimes;
  #thread: ThreadRef | null = null;
  #path = '';
  #place: (offset: number) => SourcePlace = (offset) => ({ path: '', offset, unit: 'byte' });

  constructor(setting: JsonSetting) {
    this.#setting = setting;
    this.#accounts = new ServiceAccounts('${service}', setting.options, setting.file);
    this.#times = new ItemTimes(setting.options, setting.tally);
  }

  begin(path: string, place: (offset: number) => SourcePlace): void {
    this.#path = path;
    this.#place = place;
    this.#thread = null;
  }

  end(): void {}

  kindAt(path: JsonPath): ItemKind {
    return path[0] === 'messages' ? 'message' : 'generic';
  }

  open(path: JsonPath, isArray: boolean): 'walk' | 'build' {
    return path.length === 0 || (path.length === 1 && path[0] === 'messages' && isArray) ? 'walk' : 'build';
  }

  close(): void {}

  value(path: JsonPath, value: JsonValue, item: JsonItem): void {
    if (path.length === 2 && path[0] === 'messages') this.#message(value, item, this.#place(item.offset));
  }

  questions(): readonly SourceQuestion[] {
    if (this.#setting.options.owner !== null) return [];
    return [{ kind: 'owner', reason: sentence('json-ask-owner'), candidates: this.#accounts.busiest() }];
  }

  #message(value: JsonValue, item: JsonItem, place: SourcePlace): void {
    const { sink } = this.#setting;
    if (!(value instanceof JsonObject)) return refuseItem(sink, 'message', place, value, sentence('json-item-odd'));
    const [id, name, stamp, body] = [value.text('id'), value.text('from'), value.text('time'), value.text('text')];
    if (name === '' && stamp === '' && body === '') return refuseItem(sink, 'message', place, value, sentence('json-item-bare'));
    const from = name === '' ? null : this.#accounts.byName(name);
    if (from !== null) this.#accounts.wrote(from);
    this.#thread ??= { service: '${service}', key: \`\${this.#setting.file}/\${this.#path}\`, isGroup: true, members: [] };
    sink.seen('message');
    sink.message({
      thread: this.#thread,
      from,
      to: NOBODY,
      body,
      time: this.#times.unix(stamp, place),
      direction: this.#accounts.directionOf(from),
      state: stateOfItem(item),
      confidence: 'unstated',
      attachments: [],
      place,
      itemId: id,
      fold: 'identical'
    });
    writeDetails(sink, '${service} message details', [['message', id]], unusedFields(value, USED), place, id);
  }
}
`;

const fixtureOf = ({
  id,
  upper,
  service
}: FormatNames): string => `/** Writes exports of ${service} for tests. Everything is invented. */
import { jsonInput, type FormatFixture } from './format-fixture.ts';

export const ${upper}_FIXTURES: readonly FormatFixture[] = [
  {
    format: '${id}',
    name: 'first',
    options: { zone: null, region: 'GB', owner: null },
    input: () =>
      jsonInput('export.json', {
        format: '${id}',
        messages: [
          { id: 1, from: 'Ana', time: 1709316000000, text: 'salut', starred: true },
          { id: 2, from: 'Dan', time: 'never', text: 'da' },
          {}
        ]
      })
  }
];
`;

const testOf = ({ id, camel }: FormatNames): string => `import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonInput, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { oddItem } from '../../../../tests/fixtures/odd-items.ts';
import type { ReadOptions } from '../contract.ts';
import { ${camel} } from './index.ts';

const UNASKED: ReadOptions = { zone: null, region: 'GB', owner: null };

describe('${id}', () => {
  it('conserves: seen = kept + folded + refused for any items', async () => {
    const item = oddItem({ id: [1], from: ['Ana'], time: [1709316000000], text: ['x'] });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 8 }), async (messages) => {
        const sink = await readInto(${camel}, jsonInput('export.json', { format: '${id}', messages }), UNASKED);
        expect(sink.sum.byKind.message.seen).toBe(messages.length);
      }),
      { numRuns: 150 }
    );
  });
});
`;
