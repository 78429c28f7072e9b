import { closeWaysOut } from '../vault/lockdown.ts';
import { installDefaultPolicy } from '../vault/trusted-types.ts';

/**
 * What every worker does before anything else: ways out are closed, markup is refused, and the worker asks where it
 * came from.
 *
 * [Note: A worker that is left] Chromium makes the `import.meta` of a module when it is first asked for, and looks the
 * module up in a table that is empty once the page has been left: there a check fails that ends the process, and the
 * next page of the tab with it (seen with Chromium 156, once in some seventy pages left at once). The ONNX runtime asks
 * for the first time when it makes its first session, seconds after the start. A worker is one module in the build, so
 * that to ask here, where nobody can have left yet, settles it for all that is in it.
 *
 * @throws Error in a worker from another origin
 */
export function beginWorker(): void {
  closeWaysOut(globalThis);
  installDefaultPolicy();
  if (new URL(import.meta.url).origin !== location.origin) throw new Error('A worker of Skein runs from its own origin.');
}
