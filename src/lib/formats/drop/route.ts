/**
 * The way to one source inside what was dropped, as plain data: found once by survey.ts, walked again whenever the
 * source is read. Provenance is the hash of the container as it was dropped, and the path in it.
 */
import { SourceError } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { ZipContainer, type ZipEntry } from '../container/zip.ts';
import type { SourceInput } from '../contract.ts';

export interface InsideRoute {
  /** SHA-256 of the dropped container. */
  readonly sha256Hex: string;
  /** Zips inside the dropped one that are opened on the way, outermost first. */
  readonly zips: readonly string[];
  /** Of one file its entry, of an export of several its folder. */
  readonly path: string;
  /** Logs and journals of a database, by entry. */
  readonly beside: readonly string[];
  /** Null where one file is unpacked; else the export is read in place, and these entries of its folder are not its own. */
  readonly hides: readonly string[] | null;
}

/** The path in the dropped container, through the zips on the way. */
export function pathOf(route: Pick<InsideRoute, 'zips' | 'path'>): string {
  return [...route.zips, route.path].filter((part) => part !== '').join('/');
}

/** An entry as a Blob, which the browser may keep on disk. @throws as ZipContainer.read. */
export async function unpacked(zip: ZipContainer, entry: ZipEntry, signal: AbortSignal): Promise<Blob> {
  const parts: BlobPart[] = [];
  for await (const chunk of zip.read(entry, signal)) parts.push(new Uint8Array(chunk));
  return new Blob(parts);
}

/**
 * The source at the end of a route.
 * @param dropped the container as it was dropped.
 * @throws SourceError where the container no longer gives it, and as ZipContainer.
 */
export async function openInside(
  dropped: Pick<SourceInput, 'name' | 'blob'>,
  route: InsideRoute,
  signal: AbortSignal,
  password?: string
): Promise<SourceInput> {
  const key = password === undefined ? {} : { password };
  let { name, blob } = dropped;
  let depth = 1;
  for (const inner of route.zips) {
    blob = await entryOf(name, blob, inner, depth++);
    name = `${name}/${inner}`;
  }
  const path = pathOf(route);
  const shown = path === '' ? dropped.name : `${dropped.name}/${path}`;
  const inside = { sha256Hex: route.sha256Hex, path };
  if (route.hides !== null) {
    const hidden = new Set(route.hides);
    const root = route.path === '' ? '' : `${route.path}/`;
    return {
      name: shown,
      sizeBytes: blob.size,
      blob,
      shows: (entry) => entry.startsWith(root) && !hidden.has(entry),
      inside: { ...inside, placesFrom: route.zips.join('/') }
    };
  }
  const file = await entryOf(name, blob, route.path, depth);
  const beside: { name: string; blob: Blob }[] = [];
  for (const other of route.beside) beside.push({ name: other, blob: await entryOf(name, blob, other, depth) });
  return {
    name: shown,
    sizeBytes: file.size,
    blob: file,
    ...(beside.length === 0 ? {} : { beside }),
    inside: { ...inside, placesFrom: path }
  };

  async function entryOf(container: string, bytes: Blob, wanted: string, level: number): Promise<Blob> {
    const zip = await ZipContainer.open(
      { name: container, sizeBytes: bytes.size, blob: bytes },
      { signal, depth: level, wanted: (entry) => entry === wanted, ...key }
    );
    try {
      const entry = zip.find((entryName) => entryName === wanted);
      if (entry === undefined)
        throw new SourceError('not-included', sentence('drop-entry-gone', { file: container, entry: wanted }), container);
      return await unpacked(zip, entry, signal);
    } finally {
      await zip.close();
    }
  }
}
