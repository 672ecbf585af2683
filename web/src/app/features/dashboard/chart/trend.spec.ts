import { describe, expect, it } from '@jest/globals';
import type { TrendDay } from '@threadline/contracts';
import type { ChartTokens } from './chart-tokens';
import { trendCsv } from './trend-csv';
import { labelShifts, LINES, linesDrawing, niceScale, VERDICT_BARS, verdictDrawing } from './trend.drawing';

const trend: TrendDay[] = [
  { day: '2026-01-01', sent: 4, opened: 2, clicked: 1, replied: 0, openedMachine: 1, openedUnknown: 1 },
  { day: '2026-01-02', sent: 0, opened: 0, clicked: 0, replied: 0, openedMachine: 0, openedUnknown: 0 },
];
const tokens = { accent: 'teal', machine: 'grey', ground: 'white' } as ChartTokens;
interface Shown {
  series: { name: string; data: number[]; stack?: string; itemStyle: object; endLabel?: { show: boolean } }[];
  yAxis: { min: number };
}

describe('the trend', () => {
  it('is drawn from zero, with its lines named where there is room', () => {
    const wide = linesDrawing({ trend, series: LINES, moves: false }, tokens, {
      width: 900,
      height: 240,
    }) as unknown as Shown;
    expect(wide.yAxis.min).toBe(0);
    expect(wide.series.map(({ name }) => name)).toEqual(['Sent', 'Opened', 'Clicked', 'Answered']);
    expect(wide.series[0]?.data).toEqual([4, 0]);
    expect(wide.series.every(({ endLabel }) => endLabel?.show)).toBe(true);
    const narrow = linesDrawing({ trend, series: LINES, moves: false }, tokens, {
      width: 300,
      height: 240,
    }) as unknown as Shown;
    expect(narrow.series.some(({ endLabel }) => endLabel?.show)).toBe(false);
  });

  it('moves names apart that would cover each other', () => {
    expect(labelShifts([0, 0, 0], 10)).toEqual([-30, -15, 0]);
    expect(labelShifts([10, 0], 10)).toEqual([0, 0]);
  });

  it.each([
    [1, { max: 1, interval: 1 }],
    [3, { max: 3, interval: 1 }],
    [11, { max: 15, interval: 5 }],
    [172, { max: 200, interval: 50 }],
  ])('of at most %d has round steps', (largest, scale) => {
    expect(niceScale(largest)).toEqual(scale);
  });

  it('stacks opens: a person solid, not certain dashed, a machine hatched', () => {
    const bars = verdictDrawing({ trend, series: VERDICT_BARS, moves: false }, tokens) as unknown as Shown;
    expect(new Set(bars.series.map(({ stack }) => stack)).size).toBe(1);
    expect(bars.series[0]?.itemStyle).toEqual({ color: 'teal' });
    expect(bars.series[1]?.itemStyle).toMatchObject({ borderType: 'dashed' });
    expect(bars.series[2]?.itemStyle).toHaveProperty('decal');
  });

  it('goes into a spreadsheet', () => {
    expect(trendCsv(trend, LINES)).toBe('Day,Sent,Opened,Clicked,Answered\r\n2026-01-01,4,2,1,0\r\n2026-01-02,0,0,0,0');
  });
});
