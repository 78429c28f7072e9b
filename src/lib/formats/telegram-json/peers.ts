/** Ids of accounts, groups and channels as Telegram Desktop has written them over the years. */

/** Exports before 2021 write one number for all kinds: the kind stands in the bits above the 32nd. */
const OLD_KIND = 2 ** 32;

/** 'user123', 'chat123', 'channel123' for any spelling; '' for none. */
export function peerId(raw: string): string {
  if (!/^\d{1,15}$/.test(raw)) return raw;
  const number = Number(raw);
  const kind = Math.floor(number / OLD_KIND);
  if (kind === 0) return `user${raw}`;
  const id = number % OLD_KIND;
  return kind === 1 ? `chat${id}` : kind === 2 ? `channel${id}` : `peer${raw}`;
}
