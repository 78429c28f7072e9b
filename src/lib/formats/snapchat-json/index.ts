/** Snapchat's "My Data": chat_history.json and snap_history.json of both generations, friends.json, account.json. */
import type { Format } from '../contract.ts';
import { jsonFormat } from '../json/json-format.ts';
import type { JsonShape } from '../json/shape.ts';
import { SnapchatReader } from './snapchat-reader.ts';

/** Lists of conversations, by either generation: under each other side's name, or under what they are. */
function isHistory(shape: JsonShape): boolean {
  return (
    shape.has('*[].Media Type') &&
    (shape.has('*[].Created') || shape.has('*[].Created(microseconds)')) &&
    (shape.has('*[].From') || shape.has('*[].To'))
  );
}

function isFriends(shape: JsonShape): boolean {
  return shape.has('*[].Username') && shape.has('*[].Display Name');
}

function isAccount(shape: JsonShape): boolean {
  return shape.has('Basic Information.Username');
}

export const snapchatJson: Format = jsonFormat({
  id: 'snapchat-json',
  version: 1,
  label: 'Snapchat My Data (JSON)',
  fits: (shape) => {
    if (isHistory(shape)) return 0.97;
    if (shape.topKeys.some((key) => /^(?:Received|Sent) (?:Saved |Unsaved )?(?:Chat|Snap) History$/.test(key))) return 0.95;
    return isAccount(shape) ? 0.8 : isFriends(shape) ? 0.7 : 0;
  },
  rank: (shape) =>
    isAccount(shape)
      ? 0
      : isFriends(shape)
        ? 1
        : isHistory(shape) || shape.topKeys.some((key) => /^(?:Received|Sent) .*History$/.test(key))
          ? 2
          : null,
  survey: (reader) => (reader as SnapchatReader).ownSearch(),
  open: (setting) => new SnapchatReader(setting)
});
