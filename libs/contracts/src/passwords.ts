/** Shortest password where it stands alone, and where a second factor stands beside it (NIST SP 800-63B-4, ASVS 6.2.1). */
export const MIN_PASSWORD = 15;
export const MIN_PASSWORD_WITH_FACTOR = 8;
/** Longest password; it is taken exactly as typed. In characters, as people count them. */
export const MAX_PASSWORD = 256;

/** So many letters have to be left without the words that anybody would try for this person; years come with them. */
const LETTERS_LEFT = 4;
/** Shorter words of the context stand in too many good passwords. */
const SHORTEST_WORD = 3;
/** What anybody would try here. */
const OURS = ['threadline'];

/** What a password is judged by, beside itself. */
export interface PasswordContext {
  /** True where a second factor stands beside it. */
  secondFactor: boolean;
  /** Names and addresses that go with the account: the person's, the workspace's. */
  about: readonly string[];
}

/** How many characters people would count: a smiley is one. */
export function passwordLength(password: string): number {
  return Array.from(password).length;
}

/**
 * Why a password is not taken, in words for the person; null when it is. Nothing is asked about the kinds of its
 * characters. Whether it has leaked is another question: see `leakedForms`.
 */
export function passwordProblem(password: string, { secondFactor, about }: PasswordContext): string | null {
  const length = passwordLength(password);
  const least = secondFactor ? MIN_PASSWORD_WITH_FACTOR : MIN_PASSWORD;
  if (password.includes('\0')) return 'A password cannot contain a NUL character.';
  if (length < least) return `Use at least ${least} characters. A few words that mean something to you only are fine.`;
  if (length > MAX_PASSWORD) return `Use at most ${MAX_PASSWORD} characters.`;
  if (isMostly(password, wordsOf(about))) {
    return 'This is mostly your own name, your address or that of the workspace, which is tried first.';
  }
  return null;
}

/** The words for a password that stands in a list of leaked ones. */
export const LEAKED_PASSWORD = 'This password has been leaked before, and is on the lists that attackers try first.';

/** The forms in which a password would stand in a list of leaked ones; said several times over it is no other. */
export function leakedForms(password: string): string[] {
  const lower = password.toLowerCase();
  const joined = lower.replace(/\s+/gu, '');
  const [, said = joined] = /^(.{2,}?)\1+$/su.exec(joined) ?? [];
  return [...new Set([lower, joined, said])];
}

function wordsOf(about: readonly string[]): string[] {
  const parts = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  const words = [...OURS, ...parts.map((part) => part.toLowerCase().trim())];
  return [...new Set(words)].filter((word) => word.length >= SHORTEST_WORD).sort((a, b) => b.length - a.length);
}

function isMostly(password: string, words: readonly string[]): boolean {
  const lower = password.toLowerCase();
  const left = words.reduce((text, word) => text.replaceAll(word, ''), lower);
  return left !== lower && (left.match(/\p{L}/gu)?.length ?? 0) < LETTERS_LEFT;
}
