/** The look's tokens as the canvas takes them: plain colours, worked out by the browser. */
export interface ChartTokens {
  ground: string;
  hint: string;
  line: string;
  strong: string;
  accent: string;
  shade: string;
  neutral: string;
  second: string;
  third: string;
  machine: string;
  font: string;
}

const COLOURS = {
  ground: '--surface-1',
  hint: '--ink-3',
  line: '--line',
  strong: '--line-strong',
  accent: '--accent',
  shade: '--trend-shade',
  neutral: '--ink-3',
  second: '--trend-second',
  third: '--trend-third',
  machine: '--machine',
} as const satisfies Record<Exclude<keyof ChartTokens, 'font'>, `--${string}`>;

/** @param colour a token's present colour */
export function chartTokens(colour: (token: `--${string}`) => string, font: string): ChartTokens {
  const colours = Object.fromEntries(Object.entries(COLOURS).map(([name, token]) => [name, colour(token)]));
  return { ...(colours as Record<keyof typeof COLOURS, string>), font };
}
