/** What was dropped, before it is imported: what a folder or zip holds, and the way to one source in it. */
import type { SourceInput } from '../formats/contract.ts';
import { openInside, pathOf } from '../formats/drop/route.ts';
import { surveyDrop } from '../formats/drop/survey.ts';
import type { DropProgress, DropSurvey, OfferedInput, SourcePart } from './contract.ts';
import { sha256Hex } from './hash.ts';
import { packedFolder } from './packed-folder.ts';

/** How often progress is told, so that telling costs nothing. */
const TELL_EVERY_MS = 150;

export class DropDesk {
  #survey: AbortController | null = null;

  /** Only the newest survey goes on; an earlier one rejects with an AbortError. */
  async survey(files: readonly OfferedInput[], tell: (progress: DropProgress) => void): Promise<DropSurvey> {
    this.cancel();
    const stop = (this.#survey = new AbortController());
    let told = 0;
    const inputs = files.map(({ file, name, beside }) => inputOf(file, name, beside === undefined ? undefined : { beside }));
    return await surveyDrop(
      inputs,
      ({ blob }) => sha256Hex(blob, stop.signal),
      stop.signal,
      (progress) => {
        const now = performance.now();
        if (now - told < TELL_EVERY_MS) return;
        told = now;
        tell(progress);
      }
    );
  }

  cancel(): void {
    this.#survey?.abort(new DOMException('The look at what was dropped was cancelled.', 'AbortError'));
    this.#survey = null;
  }
}

/** @throws SourceError where a container no longer gives what a survey found in it. */
export async function openPart(
  file: Blob,
  name: string,
  part: SourcePart | undefined,
  signal: AbortSignal,
  password?: string
): Promise<SourceInput> {
  if (part?.folder !== undefined) return await packedFolder(name, part.folder, signal);
  if (part?.inside === undefined) return inputOf(file, name, part);
  // The name that a survey gave holds the way inside already; refusals on the way name what was dropped.
  const way = `/${pathOf(part.inside)}`;
  const dropped = name.endsWith(way) ? name.slice(0, -way.length) : name;
  return { ...(await openInside({ name: dropped, blob: file }, part.inside, signal, password)), name };
}

function inputOf(file: Blob, name: string, part: SourcePart | undefined): SourceInput {
  const { beside, sha256Hex } = part ?? {};
  const more = { ...(beside === undefined ? {} : { beside }), ...(sha256Hex === undefined ? {} : { sha256Hex }) };
  return { name, sizeBytes: file.size, blob: file, ...more };
}
