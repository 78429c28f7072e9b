/** What waits for translation and how long it will take here, in words, with where the time comes from. */
import type { Forecast, ForecastTime } from '$lib/case/forecast.ts';
import { m } from '$lib/paraglide/messages.js';
import { formatCount, formatLocal, formatNumber, formatSpan } from '$lib/ui/format.ts';

/** '1,204 lines wait for translation (43,300 characters): about 2 min at 48 lines a second (measured on this device ...)' */
export function forecastWords(forecast: Forecast): string {
  return `${waitingWords(forecast)}: ${timeWords(forecast)}`;
}

export function waitingWords({ lines, characters }: Forecast): string {
  return m.forecast_waiting({ count: lines, shown: formatCount(lines), characters: formatCount(characters) });
}

export function timeWords({ time }: Forecast): string {
  if (time === null) return m.forecast_unknown();
  const said = {
    span: formatSpan(time.span_s),
    rate: formatNumber(time.linesPerSecond, time.linesPerSecond < 10 ? 1 : 0)
  };
  return `${time.isAtMost ? m.forecast_time_most(said) : m.forecast_time(said)} (${sourceWords(time)})`;
}

export function sourceWords({ from, measuredAtMs }: Pick<ForecastTime, 'from' | 'measuredAtMs'>): string {
  const when = formatLocal(measuredAtMs);
  if (from === 'run') return m.forecast_by_run({ when });
  return from === 'trial' ? m.forecast_by_trial({ when }) : m.forecast_by_pack({ when });
}
