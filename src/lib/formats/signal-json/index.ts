/**
 * Signal as JSON, in the three layouts that are met: the app's own plain export (main.jsonl), lines of the program
 * signal-export (data.json in a folder a chat), and rows of the desktop app's database as laboratories dump them.
 */
import type { Format } from '../contract.ts';
import { jsonFormat } from '../json/json-format.ts';
import { layoutOf } from './layout.ts';
import { SignalReader } from './signal-reader.ts';

export const signalJson: Format = jsonFormat({
  id: 'signal-json',
  version: 1,
  label: 'Signal export (JSON)',
  manyRoots: true,
  fits: (shape) => layoutOf(shape)?.confidence ?? 0,
  rank: (shape) => (layoutOf(shape) === null ? null : 0),
  survey: (reader) => (reader as SignalReader).peopleSearch(),
  open: (setting) => new SignalReader(setting)
});
