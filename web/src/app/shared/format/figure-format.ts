/** How a figure is written: a count with its separators, a rate in percent with one decimal. */
export type FigureUnit = 'count' | 'percent';

const counts = new Map<string, Intl.NumberFormat>();

function numbers(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  const known = counts.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  counts.set(key, made);
  return made;
}

/** "12,408", "31.4%". */
export function figureText(value: number, unit: FigureUnit, locale: string): string {
  return unit === 'percent' ? `${numbers(locale, 1).format(value)}%` : numbers(locale, 0).format(value);
}

/** A change in percent with its sign: "+12.4%", "−3%", "0%". */
export function changeText(change: number, locale: string): string {
  const digits = Math.abs(change) >= 100 || Number.isInteger(change) ? 0 : 1;
  const text = numbers(locale, digits).format(Math.abs(change));
  if (Number(text.replace(/[^\d]/gu, '')) === 0) return '0%';
  return `${change > 0 ? '+' : '−'}${text}%`;
}
