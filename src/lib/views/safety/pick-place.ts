/** Asks where a file shall go, where the browser can ask; must be called in the task of a press. */

type Picker = (options: {
  readonly suggestedName: string;
  readonly types: readonly { readonly description: string; readonly accept: Readonly<Record<string, readonly string[]>> }[];
}) => Promise<FileSystemFileHandle>;

/** @returns null where the browser cannot ask, or a policy forbids it: then its own download is the way; 'cancelled' where the officer thought better of it */
export async function pickPlace(suggestedName: string, description: string): Promise<FileSystemFileHandle | null | 'cancelled'> {
  const { showSaveFilePicker } = globalThis as { showSaveFilePicker?: Picker };
  if (showSaveFilePicker === undefined) return null;
  try {
    const types = [{ description, accept: { 'application/octet-stream': ['.skein'] } }];
    return await showSaveFilePicker({ suggestedName, types });
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'cancelled' : null;
  }
}

/** `skein-2026-03-02.skein`; without the label, which is for the door and not for a stick. */
export function caseFileName(kind: 'case' | 'subset', nowMs: number): string {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  return kind === 'case' ? `skein-${day}.skein` : `skein-part-${day}.skein`;
}
