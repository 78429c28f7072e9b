/**
 * From a filter to facets, brush and the first rows, end to end through an open case. The first answer after opening
 * makes what the later ones use; it is listed by itself, and so is what the case works out unasked after opening. Times are CPU times of this process.
 */
import type { CaseFilter } from '../../src/lib/pipeline/contract.ts';
import { sessionOf } from './case-at-scale.ts';
import type { Figure } from './figure.ts';
import { cpu_ms } from './measure.ts';

const REPEATS = 7;
const TARGET_MS = 150;
const ROWS_ON_SCREEN = 60;
const DAY_MS = 86_400_000;

export async function facetFigures(messages: number): Promise<Figure[]> {
  const session = await sessionOf(messages);
  const spent = async (work: () => Promise<unknown>): Promise<number> => {
    const from = cpu_ms();
    await work();
    return cpu_ms() - from;
  };
  const figures: Figure[] = [];
  const opening = await spent(() => session.filter({}));
  figures.push({ id: 'facets.first', value: opening, unit: 'ms CPU, the first filter after opening' });
  const ahead = await spent(() => session.warm());
  figures.push({ id: 'facets.ahead', value: ahead, unit: 'ms CPU after opening, in turns: time order, receivers, search index' });
  const whole = await session.filter({});
  const [busiest = 0, second = 0, third = 0] = whole.facets.parties.map(({ value }) => Number(value));
  const thread = Number(whole.facets.threads[0]?.value ?? 0);
  const { fromMs } = whole.histogram;
  const month = { fromMs: fromMs + 40 * DAY_MS, toMs: fromMs + 70 * DAY_MS };
  const filters: Readonly<Record<string, CaseFilter>> = {
    nothing: {},
    'two-people': { parties: [second, third] },
    'to-two-people': { parties: [second, third], partySide: 'to' },
    'from-or-to-one': { parties: [busiest], partySide: 'either', not: { parties: [third], partySide: 'to' } },
    edge: { between: [busiest, second] },
    'month-and-app': { time: month, services: ['whatsapp'] },
    'languages-without-thread': { languages: ['ron', 'spa'], not: { threads: [thread] } },
    'all-dimensions': {
      parties: [busiest, second],
      languages: ['ron', 'ita', 'eng'],
      services: ['whatsapp', 'sms'],
      sources: [0],
      time: month,
      states: 2,
      not: { threads: [thread] }
    }
  };
  const audience = await spent(() => session.filter({ partySide: 'to' }));
  figures.push({
    id: 'facets.first-receivers',
    value: audience,
    unit: 'ms CPU, the first filter by receivers',
    target: `<= ${TARGET_MS}`,
    met: audience <= TARGET_MS
  });
  for (const [name, filter] of Object.entries(filters)) {
    const facets: number[] = [];
    const rows: number[] = [];
    for (let i = 0; i < REPEATS; i++) {
      let setId = 0;
      facets.push(await spent(async () => void ({ setId } = await session.filter(filter))));
      rows.push(await spent(() => session.rows(setId, 'time', 0, ROWS_ON_SCREEN)));
    }
    const slowest = Math.max(...facets);
    figures.push(
      { id: `facets.${name}`, value: Math.min(...facets), unit: 'ms CPU' },
      { id: `facets.${name}.slowest`, value: slowest, unit: 'ms CPU', target: `<= ${TARGET_MS}`, met: slowest <= TARGET_MS },
      {
        id: `facets.${name}.rows`,
        value: Math.max(...rows),
        unit: `ms CPU, the first ${ROWS_ON_SCREEN} rows in time order, slowest`
      }
    );
  }
  return figures;
}
