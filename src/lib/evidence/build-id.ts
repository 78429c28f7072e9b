/**
 * Which build of the app this is: the first 16 hex digits of a SHA-256 over everything that it was built from, put in by
 * tools/build-id.ts. 'source' where the code runs without a build, as in a terminal.
 */
declare const __SKEIN_BUILD__: string | undefined;

export const BUILD_ID: string = typeof __SKEIN_BUILD__ === 'string' ? __SKEIN_BUILD__ : 'source';
