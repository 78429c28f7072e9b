/**
 * The id of the build that these sources make, as the app shows it: whoever reads an output can tell what wrote it. The
 * command line runs without a build, so it is computed, once a process (some third of a second).
 */
import { fileURLToPath } from 'node:url';
import { buildId } from '../../tools/build-id.ts';

let known: string | null = null;

export function ownBuild(): string {
  return (known ??= buildId(fileURLToPath(new URL('../..', import.meta.url))));
}
