/** Generated UFDR files for benchmarks, kept between runs in .cache/bench. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { writeUfdr } from '../../tools/sample/ufdr.ts';

const FOLDER = join('.cache', 'bench');
/** Raised when the writer of reports changes, so that no older file is measured. */
const WRITER_VERSION = 1;
/** Above this many messages a full report passes the 2 GiB that one entry of text may have. */
const MOST_IN_FULL = 800_000;

/** Path of a .ufdr with exactly `messages` messages; written at the first call. */
export async function generatedUfdr(messages: number): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `phone-${messages}-v${WRITER_VERSION}.ufdr`);
  if (existsSync(path)) return path;
  const half = `${path}.part`;
  await writeUfdr(half, { messages, brief: messages > MOST_IN_FULL });
  renameSync(half, path);
  return path;
}
