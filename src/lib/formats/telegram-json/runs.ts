/** Text of a message: a string, or a list of strings and formatted runs. */
import { JsonObject, textOf, type JsonValue } from '../json/value.ts';
import type { DetailFields } from '../json/details.ts';

export interface Runs {
  readonly text: string;
  /** What runs say beside their text: where a link leads, whom a mention means. */
  readonly details: DetailFields;
}

function runText(run: JsonValue): string {
  return run instanceof JsonObject ? run.text('text') : textOf(run);
}

/** @param message `text` in any of its forms, `text_entities` where there is no `text`. */
export function runsOf(message: JsonObject): Runs {
  const text = message.get('text');
  if (typeof text === 'string' && text !== '') return { text, details: [] };
  const entities = message.list('text_entities');
  const runs = Array.isArray(text) ? text : text instanceof JsonObject ? [text] : entities;
  const details: DetailFields = [];
  for (const run of runs) {
    if (!(run instanceof JsonObject)) continue;
    for (const [key, value] of run.values) {
      const said = textOf(value);
      if (key !== 'type' && key !== 'text' && said !== '')
        details.push([`${run.text('type')} '${run.text('text')}' ${key}`, said]);
    }
  }
  return { text: runs.map(runText).join(''), details };
}
