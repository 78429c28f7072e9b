/**
 * `npm run -s analyse -- FILE... --out DIR`: the pipeline of the app from a terminal. See USAGE in arguments.ts.
 */
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), { print: console.log, complain: console.error });
