import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

type Theme = 'light' | 'dark';
type Oklch = readonly [lightness: number, chroma: number, hue: number];

const source = readFileSync(join(import.meta.dirname, '_tokens.scss'), 'utf8');
const COLOUR = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;

/** The solid colours of the token file, by name and theme. */
function colours(): Map<string, Record<Theme, Oklch>> {
  const line = new RegExp(String.raw`--([\w-]+): light-dark\(${COLOUR}, ${COLOUR}\);`, 'gu');
  const found = new Map<string, Record<Theme, Oklch>>();
  for (const [, name, ...numbers] of source.matchAll(line)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers.map(Number);
    if (name !== undefined) found.set(name, { light: [a, b, c], dark: [d, e, f] });
  }
  return found;
}

/** Relative luminance (WCAG 2.2) of an OKLCH colour, clipped to sRGB. */
function luminance([lightness, chroma, hue]: Oklch): number {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part)));
  return 0.2126 * (rgb[0] ?? 0) + 0.7152 * (rgb[1] ?? 0) + 0.0722 * (rgb[2] ?? 0);
}

const tokens = colours();

function contrast(ink: string, ground: string, theme: Theme): number {
  const [one, other] = [ink, ground].map((name) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`There is no token --${name}`);
    return luminance(token[theme]);
  });
  const [high, low] = (one ?? 0) > (other ?? 0) ? [one, other] : [other, one];
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const GROUNDS = ['surface-0', 'surface-1', 'surface-2', 'surface-3'];
const INKS = ['ink-1', 'ink-2', 'ink-3', 'accent-text', 'good', 'warn', 'bad'];
const TEXT: [string, string][] = [
  ...INKS.flatMap((ink) => GROUNDS.map((ground): [string, string] => [ink, ground])),
  ...['ink-1', 'ink-2', 'ink-3', 'accent-text'].map((ink): [string, string] => [ink, 'accent-soft']),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
  ['bad-ink', 'bad'],
  ['bad-ink', 'bad-hover'],
  ['good', 'good-soft'],
  ['warn', 'warn-soft'],
  ['bad', 'bad-soft'],
  ['ink-1', 'bad-soft'],
  ['ink-2', 'bad-soft'],
  ['ink-3', 'bad-soft'],
  ['ink-2', 'machine-soft'],
  ['inverse-ink', 'inverse'],
  ['inverse-ink-2', 'inverse'],
  ['inverse-accent', 'inverse'],
  ...[1, 2, 3, 4, 5, 6].map((ground): [string, string] => ['avatar-ink', `avatar-${ground}`]),
];
/** What is not text but has to be seen: edges of controls, the accent as a mark. */
const MARKS: [string, string][] = ['line-control', 'accent'].flatMap((mark) =>
  ['surface-0', 'surface-1', 'surface-3'].map((ground): [string, string] => [mark, ground]),
);

describe.each<Theme>(['light', 'dark'])('in the %s theme', (theme) => {
  it.each(TEXT)('--%s can be read on --%s (4.5:1)', (ink, ground) => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(MARKS)('--%s can be seen on --%s (3:1)', (mark, ground) => {
    expect(contrast(mark, ground, theme)).toBeGreaterThanOrEqual(3);
  });
});

it('every colour has a light and a dark value', () => {
  const bare = [...source.matchAll(/^ {2}--([\w-]+): oklch/gmu)].map(([, name]) => name);
  expect(bare).toEqual([]);
  expect(tokens.size).toBeGreaterThan(35);
});
