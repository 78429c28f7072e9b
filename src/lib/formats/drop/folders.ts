/** Which dropped files of a folder are one source together: by the same rules as the entries of a zip. */
import type { Sentence } from '../../evidence/wording/sentence.ts';
import { HEAD_BYTES } from '../container/documents.ts';
import type { Format, SourceInput } from '../contract.ts';
import { groupsOf, rootOf, type DocumentGroup } from './groups.ts';

export interface FolderParts {
  /** Which of the dropped files its reader opens, in the order in which they were dropped. */
  readonly documents: readonly number[];
  /** Files of the folder that the reader would take for its own, and that are another source's. */
  readonly hides: readonly number[];
}

/** A dropped file that lies in a folder, with what it is alone. */
export interface LooseFile<Item extends { readonly confidence: number }> {
  readonly file: number;
  readonly input: SourceInput;
  /** Null where no reader takes it alone; `what` then says what it is. */
  readonly item: Item | null;
  readonly format: Format | null;
  readonly what: Sentence | null;
}

export interface FolderGroup<Item extends { readonly confidence: number }> {
  readonly group: DocumentGroup;
  readonly files: readonly LooseFile<Item>[];
  readonly parts: FolderParts;
}

export async function foldersOf<Item extends { readonly confidence: number }>(
  loose: readonly LooseFile<Item>[]
): Promise<{ readonly together: readonly FolderGroup<Item>[]; readonly alone: readonly LooseFile<Item>[] }> {
  const byPath = new Map(loose.map((one) => [one.input.name, one]));
  const groups = groupsOf(
    loose.flatMap(({ input, item, format }) =>
      item === null || format === null
        ? []
        : [{ path: input.name, sizeBytes: input.sizeBytes, format, confidence: item.confidence, beside: [] }]
    )
  ).filter(({ isTogether }) => isTogether);
  const joined = new Map<DocumentGroup, LooseFile<Item>[]>(
    groups.map((group) => [group, group.documents.map(({ path }) => byPath.get(path) as LooseFile<Item>)])
  );
  for (const one of loose) {
    if (one.item !== null) continue;
    const group = await groupThatUses(one, groups);
    if (group !== undefined) joined.get(group)?.push(one);
  }
  const together = [...joined].flatMap(([group, files]): FolderGroup<Item>[] => {
    // One document is read as it lies there.
    if (files.length < 2) return [];
    const own = files.map(({ file }) => file);
    const isWhole = isAlone(files, loose);
    const path = isWhole ? topOf(group.path) : group.path;
    const others = loose
      .filter(({ file, input }) => !own.includes(file) && input.name.startsWith(`${path}/`))
      .filter(({ input }) => group.format.gathers?.takes(input.name) === true)
      .map(({ file }) => file);
    // Of a folder that is one export as a whole the reader looks at everything that it may use, as of such a zip.
    const documents = (isWhole ? [...own, ...others] : own).sort((x, y) => x - y);
    return [{ group: { ...group, path }, files, parts: { documents, hides: isWhole ? [] : others } }];
  });
  const taken = new Set(together.flatMap(({ files }) => files));
  return { together, alone: loose.filter((one) => !taken.has(one)) };
}

/** The dropped folder that a path lies in: what a zip of it would be. */
export function topOf(path: string): string {
  return path.split('/', 1)[0] as string;
}

/** Nothing else that a reader takes lies in their dropped folder: it is one export as a whole, as a zip of it would be. */
function isAlone<Item extends { readonly confidence: number }>(
  files: readonly LooseFile<Item>[],
  loose: readonly LooseFile<Item>[]
): boolean {
  const top = topOf((files[0] as LooseFile<Item>).input.name);
  const own = new Set(files);
  return loose.every((one) => one.item === null || own.has(one) || topOf(one.input.name) !== top);
}

/** A document that is none by itself: names of channels, of people. */
async function groupThatUses(
  { input }: { readonly input: SourceInput },
  groups: readonly DocumentGroup[]
): Promise<DocumentGroup | undefined> {
  const { name, sizeBytes } = input;
  const near = groups.filter(
    ({ format, documents }) => format.gathers?.takes(name) === true && documents.some(({ path }) => rootOf(path) === rootOf(name))
  );
  if (near.length === 0) return undefined;
  // A file that cannot be read was said to be so when it was looked at.
  const bytes = await input.blob
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .then((buffer) => new Uint8Array(buffer))
    .catch(() => new Uint8Array(0));
  return near.find(({ format }) => format.gathers?.joins?.({ name, sizeBytes, bytes, isInside: true }) === true);
}
