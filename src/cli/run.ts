/** One run of the command line: arguments to an exit code. */
import { parseArguments, USAGE, UsageError } from './arguments.ts';

/** Where lines go: standard output and standard error. */
export interface Terminal {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** @returns the exit code, as USAGE says. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const args = parseArguments(argv);
    // Loaded once it is known that there is work: who mistyped an option need not wait for it.
    const { analyseFiles } = await import('./file-analysis.ts');
    return await analyseFiles(args, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.complain(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}
