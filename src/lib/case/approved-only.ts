/** The device's choice of algorithms for new passphrases: all that Skein knows, or those approved by FIPS 140 alone. */

const KEY = 'skein.approved-algorithms-only';

export const approvedOnly = {
  read: (): boolean => localStorage.getItem(KEY) === 'on',
  choose: (on: boolean): void => localStorage.setItem(KEY, on ? 'on' : 'off')
};
