import type { TrendDay, Verdict } from '@threadline/contracts';
import type { EChartsCoreOption } from 'echarts/core';
import type { ChartTokens } from './chart-tokens';

export type TrendSeries = Exclude<keyof TrendDay, 'day'>;

/** A line or a bar of the trend: what it is called, and how it looks. */
export interface SeriesWords {
  key: TrendSeries;
  label: string;
  colour: 'neutral' | 'accent' | 'second' | 'third' | 'machine';
  verdict?: Verdict;
}

export const LINES: readonly SeriesWords[] = [
  { key: 'sent', label: 'Sent', colour: 'neutral' },
  { key: 'opened', label: 'Opened', colour: 'accent' },
  { key: 'clicked', label: 'Clicked', colour: 'second' },
  { key: 'replied', label: 'Answered', colour: 'third' },
];

export const VERDICT_BARS: readonly SeriesWords[] = [
  { key: 'opened', label: 'By a person', colour: 'accent', verdict: 'human' },
  { key: 'openedUnknown', label: 'Not certain', colour: 'accent', verdict: 'unknown' },
  { key: 'openedMachine', label: 'By a machine', colour: 'machine', verdict: 'machine' },
];

/** Below this width lines are named above the chart, not at their ends. */
export const NAMED_FROM = 520;

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const weekdays = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

export function dayWords(day: string): string {
  return days.format(Date.parse(`${day}T00:00:00Z`));
}

/** Room over and under the plot, in pixels; below stand the days. */
const ABOVE = 12;
const BELOW = 26;
/** Two names need so many pixels to stand one above the other. */
const NAME_HEIGHT = 15;

export interface Size {
  width: number;
  height: number;
}

/** A top that is a round number of round steps over the largest value. */
export function niceScale(largest: number): { max: number; interval: number } {
  const rough = Math.max(1, largest / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? rough;
  return { interval, max: Math.max(interval, Math.ceil(largest / interval) * interval) };
}

/** How far, in pixels, each name must move from its line's end so that no two cover each other. */
export function labelShifts(values: readonly number[], pixelsEach: number): number[] {
  const shifts = values.map(() => 0);
  let lowest = -Infinity;
  const upwards = values
    .map((value, at) => ({ at, height: value * pixelsEach }))
    .sort((a, b) => a.height - b.height || b.at - a.at);
  for (const { at, height } of upwards) {
    const raised = Math.max(height, lowest + NAME_HEIGHT);
    shifts[at] = height - raised;
    lowest = raised;
  }
  return shifts;
}

interface Drawn {
  trend: readonly TrendDay[];
  series: readonly SeriesWords[];
  /** Reduced motion turns it off. */
  moves: boolean;
}

/** Four lines over the days. */
export function linesDrawing({ trend, series, moves }: Drawn, tokens: ChartTokens, size: Size): EChartsCoreOption {
  const named = size.width >= NAMED_FROM;
  const scale = niceScale(Math.max(...trend.flatMap((day) => series.map(({ key }) => day[key])), 1));
  const shifts = labelShifts(
    series.map(({ key }) => trend.at(-1)?.[key] ?? 0),
    (size.height - ABOVE - BELOW) / scale.max,
  );
  return {
    ...frame({ trend, series, moves }, tokens, named ? 78 : 12, 'line', scale),
    series: series.map(({ key, label, colour }, at) => ({
      id: key,
      name: label,
      type: 'line',
      data: trend.map((day) => day[key]),
      showSymbol: trend.length < 2,
      symbol: 'circle',
      symbolSize: 6,
      lineStyle: { width: 2, color: tokens[colour], join: 'round' },
      itemStyle: { color: tokens[colour], borderColor: tokens.ground, borderWidth: 2 },
      areaStyle: key === 'opened' ? { color: tokens.shade } : undefined,
      emphasis: { disabled: true },
      endLabel: {
        show: named,
        formatter: label,
        color: tokens[colour],
        fontFamily: tokens.font,
        fontSize: 12,
        fontWeight: 500,
        distance: 8,
        offset: [0, shifts[at] ?? 0],
      },
    })),
  };
}

/** Opens by verdict, stacked: a person solid, not certain dashed, a machine hatched. */
export function verdictDrawing({ trend, series, moves }: Drawn, tokens: ChartTokens): EChartsCoreOption {
  return {
    ...frame({ trend, series, moves }, tokens, 12, 'shadow'),
    series: series.map(({ key, label, verdict }) => ({
      id: `${key}-bar`,
      name: label,
      type: 'bar',
      stack: 'opens',
      barMaxWidth: 18,
      barCategoryGap: '28%',
      // A bar of nothing would still show its edge.
      data: trend.map((day) => day[key] || '-'),
      itemStyle: verdictStyle(verdict ?? 'human', tokens),
      emphasis: { disabled: true },
    })),
  };
}

function verdictStyle(verdict: Verdict, tokens: ChartTokens): object {
  switch (verdict) {
    case 'human':
      return { color: tokens.accent };
    case 'unknown':
      return { color: tokens.ground, borderColor: tokens.accent, borderWidth: 1, borderType: 'dashed' };
    case 'machine':
      return {
        color: tokens.ground,
        borderColor: tokens.machine,
        borderWidth: 0.5,
        decal: {
          symbol: 'rect',
          color: tokens.machine,
          dashArrayX: [1, 0],
          dashArrayY: [1.5, 3],
          rotation: -Math.PI / 4,
        },
      };
  }
}

function frame(
  { trend, series, moves }: Drawn,
  tokens: ChartTokens,
  right: number,
  pointer: 'line' | 'shadow',
  scale: { max?: number; interval?: number } = {},
): EChartsCoreOption {
  const words = { color: tokens.hint, fontFamily: tokens.font, fontSize: 11 };
  return {
    animation: moves,
    animationDuration: 180,
    animationDurationUpdate: 180,
    grid: { left: 8, right, top: ABOVE, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: trend.map(({ day }) => day),
      boundaryGap: pointer === 'shadow',
      axisLine: { lineStyle: { color: tokens.strong } },
      axisTick: { show: false },
      axisLabel: { ...words, formatter: dayWords, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: 'value',
      min: 0,
      ...scale,
      minInterval: 1,
      splitNumber: 4,
      axisLabel: words,
      splitLine: { lineStyle: { color: tokens.line } },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      padding: 0,
      borderWidth: 0,
      backgroundColor: 'transparent',
      extraCssText: 'box-shadow:none',
      axisPointer: {
        type: pointer,
        lineStyle: { color: tokens.strong, type: 'solid' },
        shadowStyle: { color: tokens.shade },
      },
      formatter: (points: { dataIndex: number }[]) => tip(trend[points[0]?.dataIndex ?? -1], series, tokens),
    },
  };
}

/** What the crosshair says: the day and all its values. */
function tip(day: TrendDay | undefined, series: readonly SeriesWords[], tokens: ChartTokens): HTMLElement | string {
  if (!day) return '';
  const panel = document.createElement('div');
  panel.className = 'tl-chart__tip';
  const add = (tag: string, text: string): HTMLElement => {
    const element = document.createElement(tag);
    element.textContent = text;
    panel.append(element);
    return element;
  };
  add('strong', weekdays.format(Date.parse(`${day.day}T00:00:00Z`)));
  for (const { key, label, colour, verdict } of series) {
    const swatch = add('span', '');
    swatch.className = 'tl-swatch';
    if (verdict) swatch.dataset['verdict'] = verdict;
    else swatch.style.setProperty('--_colour', tokens[colour]);
    add('span', label);
    add('b', String(day[key]));
  }
  return panel;
}
