/** As people write numbers, in any script's digits, with or without an extension: `+49 (0)30 / 1234-56 ext. 7`. */
const NUMBER = /^(?<number>[\p{Nd}\p{Pd}\s+()./]+?)(?:\s*(?:ext\.?|x|#)\s*\p{Nd}{1,7})?$/iu;
/** The shortest that anybody can be called at from outside. */
const LEAST_DIGITS = 5;

/** Why a text is no phone number, in words; null when it may be one, or is empty. */
export function phoneProblem(text: string): string | null {
  if (text.trim() === '') return null;
  const digits = NUMBER.exec(text.trim())?.groups?.['number']?.match(/\p{Nd}/gu)?.length ?? 0;
  return digits >= LEAST_DIGITS ? null : 'This does not look like a phone number.';
}
