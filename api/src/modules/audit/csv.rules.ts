/** What a spreadsheet would run, in any of its spellings (OWASP, CSV injection). */
const FORMULA = /^[\s\uFEFF]*[=+\-@\t\r\0＝＋－＠]/u;

/** One line of CSV (RFC 4180): every field quoted, and none that a spreadsheet takes for a formula. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => `"${harmless(field).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

function harmless(field: string): string {
  return FORMULA.test(field) ? `'${field}` : field;
}
