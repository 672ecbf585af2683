const GROUNDS = 6;

/** First letters of the first and last word of a name; the first letter of an address; "?" for nothing. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => (word ? String.fromCodePoint(word.codePointAt(0) ?? 63) : ''))
    .join('')
    .toLocaleUpperCase();
}

/** One of the palette's grounds (1 to 6) for a person: always the same for the same key. */
export function personGround(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) {
    hash ^= key.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  // Ids of one moment differ in few bits: mix them, so that neighbours do not all look alike.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return ((hash >>> 0) % GROUNDS) + 1;
}
