import { number } from './figures.mjs';

/**
 * @typedef {{name: string, columns: Record<string, string>}} Row
 * @typedef {{what: string, goal: string, value: number | boolean, met: boolean, why?: string}} Goal
 */

/** Whether the product costs at most so much more than its floor: floor / product. */
export function ratio(what, floor, product, least) {
  const value = floor / product;
  return { what, goal: `≥ ${least}`, value, met: value >= least };
}

/** Whether a figure stays under a limit. */
export function atMost(what, value, limit, unit = 'ms') {
  return { what: `${what}, ${unit}`, goal: `≤ ${number(limit)}`, value, met: value <= limit };
}

/** Whether something holds. */
export function holds(what, met, detail = '') {
  return { what, goal: 'yes', value: met, met, ...(detail ? { detail } : {}) };
}

/** Prints one bench's result. */
export function print({ title, columns, rows, notes = [], goals, stands, profile }) {
  const head = ['', ...columns];
  const table = [head, ...rows.map(({ name, values }) => [name, ...values.map((value) => cell(value))])];
  const widths = head.map((_, column) => Math.max(...table.map((line) => line[column].length)));
  console.log(`\n${title}`);
  for (const line of table) {
    console.log(
      `  ${line.map((text, column) => (column ? text.padStart(widths[column]) : text.padEnd(widths[0]))).join('   ')}`,
    );
  }
  for (const note of notes) console.log(`  ${note}`);
  for (const { what, goal, value, met, detail } of goals) {
    const shown = typeof value === 'boolean' ? (value ? 'yes' : 'no') : number(value);
    console.log(`  ${met ? 'met    ' : 'NOT MET'}  ${what}: ${shown} (goal ${goal})${detail ? `; ${detail}` : ''}`);
  }
  if (stands && goals.some(({ met }) => !met)) console.log(`  In the way: ${stands}`);
  if (profile) console.log(`  Where the product's time went:\n    ${profile.join('\n    ')}`);
}

function cell(value) {
  return typeof value === 'number' ? number(value) : String(value);
}
