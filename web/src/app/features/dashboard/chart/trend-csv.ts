import type { TrendDay } from '@threadline/contracts';
import type { SeriesWords } from './trend.drawing';

/** The days as a table that spreadsheets read: a head, and a line for each day. */
export function trendCsv(trend: readonly TrendDay[], series: readonly SeriesWords[]): string {
  const head = ['Day', ...series.map(({ label }) => label)];
  const lines = trend.map((day) => [day.day, ...series.map(({ key }) => String(day[key]))]);
  return [head, ...lines].map((cells) => cells.join(',')).join('\r\n');
}
