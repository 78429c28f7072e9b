/**
 * Discord: what DiscordChatExporter writes (one channel a file), and the data package that an account can ask for (a
 * zip of its own messages by channel, as JSON or, in older packages, CSV).
 */
import type { Format } from '../contract.ts';
import { jsonFormat } from '../json/json-format.ts';
import type { JsonShape } from '../json/shape.ts';
import { DiscordReader } from './discord-reader.ts';

function isExport(shape: JsonShape): boolean {
  return (
    (shape.has('guild.id') || shape.has('channel.id')) &&
    (shape.has('messages[].author.id') || shape.has('messages') || shape.has('channel.type'))
  );
}

function isPackageList(shape: JsonShape): boolean {
  return shape.has('[].ID') && shape.has('[].Timestamp') && shape.has('[].Contents');
}

/** A document of a package that holds no messages: the account, the channels' names, one channel. */
function packageRank(shape: JsonShape, path: string): number | null {
  if (shape.has('id') && shape.has('username') && (shape.has('relationships') || shape.has('email') || shape.has('global_name')))
    return 0;
  const [first] = shape.topKeys;
  if (/(?:^|\/)messages\/index\.json$/i.test(path) && first !== undefined && /^\d{5,25}$/.test(first)) return 1;
  return /(?:^|\/)channel\.json$/i.test(path) && shape.has('id') && shape.has('type') ? 2 : null;
}

export const discordJson: Format = jsonFormat({
  id: 'discord-json',
  version: 1,
  label: 'Discord (exporter or data package)',
  tables: true,
  fits: (shape, path) => {
    if (isExport(shape)) return 0.96;
    if (isPackageList(shape)) return 0.95;
    return path !== '' && packageRank(shape, path) === 2 && (shape.has('recipients') || shape.has('guild.id')) ? 0.6 : 0;
  },
  rank: (shape, path) => (isExport(shape) || isPackageList(shape) ? 3 : packageRank(shape, path)),
  survey: (reader) => (reader as DiscordReader).ownSearch(),
  open: (setting) => new DiscordReader(setting)
});
