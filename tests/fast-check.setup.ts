import fc from 'fast-check';

/**
 * One seed for all properties, so that a change is judged by the change and not by the day's luck. SKEIN_SEED takes
 * another, or `random`; a failure prints the seed it was found with.
 */
const wanted = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env['SKEIN_SEED'] ?? '20260101';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
