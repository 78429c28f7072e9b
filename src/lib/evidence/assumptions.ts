/**
 * What is taken for granted where neither a file nor an officer says otherwise. Skein serves England and Wales; each
 * assumption stands on screen beside what was read under it and is recorded with the source.
 */

/** Zone of stamps that state none, and of the times on screen. */
export const ASSUMED_ZONE = 'Europe/London';

/** Region of telephone numbers without a country code, ISO 3166 alpha-2. */
export const ASSUMED_REGION = 'GB';
