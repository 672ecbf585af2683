/** As deep and as wide as anything sensible gets; what is beyond it was made to cost something. */
const DEEPEST = 32;
const MOST_KEYS = 5_000;

/** What is wrong with a JSON text beyond its grammar. */
export type JsonFault = 'too deep' | 'too many keys' | { twice: string };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COMMA = 0x2c;

/**
 * Looks through a JSON text without building anything of it: two readers of a text that says a key twice may each believe
 * another one (ASVS 15.3.7), and depth and width are paid for by everything that reads it afterwards. The grammar is for
 * the parser to judge; of a text that is none, any answer is right.
 */
export function faultIn(text: string): JsonFault | null {
  /** For every list or object around this place: the keys of the object so far, null for a list. */
  const around: (Set<string> | null)[] = [];
  let keys = 0;
  let keyNext = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case OPEN_OBJECT:
      case OPEN_LIST:
        keyNext = text.charCodeAt(at) === OPEN_OBJECT;
        around.push(keyNext ? new Set() : null);
        if (around.length > DEEPEST) return 'too deep';
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        around.pop();
        keyNext = false;
        break;
      case COMMA:
        keyNext = Boolean(around.at(-1));
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        const seen = keyNext ? around.at(-1) : null;
        keyNext = false;
        if (seen) {
          const key = readKey(text.slice(at, end + 1));
          if (seen.has(key)) return { twice: key };
          seen.add(key);
          if ((keys += 1) > MOST_KEYS) return 'too many keys';
        }
        at = end;
        break;
      }
      default:
    }
  }
  return null;
}

/** The place of the quote that ends the string which begins at `from`. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
  return slashes % 2 === 1;
}

/** `"\u0061"` is the same key as `"a"`. */
function readKey(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    // No string of JSON's: the parser says so.
    return literal;
  }
}
