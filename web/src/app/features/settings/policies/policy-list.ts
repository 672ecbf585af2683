/** A list as people write one: a line each, or separated by commas or spaces. */
export function listFrom(text: string): string[] {
  const entries = text
    .split(/[\s,;]+/u)
    .map((entry) => entry.trim().toLowerCase().replace(/^@/u, ''))
    .filter(Boolean);
  return [...new Set(entries)];
}

export function textFrom(list: readonly string[]): string {
  return list.join('\n');
}
