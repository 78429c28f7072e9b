/** Runs a peer script with Python; null, with the reason on stderr, where it cannot. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export function runPeer<Result>(script: string, args: readonly string[]): Result | null {
  // Debian's packages (python3-igraph, python3-sklearn) live with the system's own Python; SKEIN_PYTHON names another.
  const own = process.env['SKEIN_PYTHON'];
  for (const python of [...(own === undefined ? [] : [own]), '/usr/bin/python3', 'python3']) {
    try {
      const text = execFileSync(python, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        // One thread each: what is compared is the work, not the number of cores.
        env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }
      });
      const answer = JSON.parse(text) as Result & { absent?: string };
      if (answer.absent === undefined) return answer;
      console.error(`peer ${script} absent with ${python}: ${answer.absent}`);
    } catch (error) {
      console.error(
        `peer ${script} did not run with ${python}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
      );
    }
  }
  return null;
}
