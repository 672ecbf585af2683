/** The most members a team can have. */
export const MAX_TEAM = 1_000;

/** Ids as they are compared and kept: in lower case, each once, in order. */
export function idsOf(given: readonly string[]): string[] {
  return [...new Set(given.map((id) => id.toLowerCase()))].sort();
}

/** Who comes and who goes between two lists of members. */
export function difference(before: readonly string[], after: readonly string[]): { come: string[]; go: string[] } {
  return {
    come: after.filter((id) => !before.includes(id)),
    go: before.filter((id) => !after.includes(id)),
  };
}
