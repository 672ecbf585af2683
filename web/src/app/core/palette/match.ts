/**
 * How well a text answers a query, 0 for not at all: the whole text, its beginning, the beginning of a word, anywhere
 * in it, and last the letters in their order. Longer texts lose a little, so that the shorter of two stands first.
 */
export function matchScore(query: string, text: string): number {
  const wanted = fold(query);
  const given = fold(text);
  if (wanted === '') return 1;
  const brevity = 1 - Math.min(given.length, 200) / 400;
  if (given === wanted) return 1000;
  if (given.startsWith(wanted)) return 800 + brevity;
  const at = given.indexOf(wanted);
  if (at > 0) return (/[\s\-_./@]/u.test(given[at - 1] ?? '') ? 600 : 400) + brevity;
  const words = wanted.split(/\s+/u);
  if (words.length > 1 && words.every((word) => given.includes(word))) return 300 + brevity;
  return inOrder(wanted, given) ? 100 + brevity : 0;
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}

function inOrder(wanted: string, given: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = given.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return wanted.length > 1;
}
