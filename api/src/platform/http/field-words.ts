/** What a validator says of a field, without the field's name, and how people say it. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^must be an email$/, 'Enter an e-mail address, such as lin@example.com.'],
  [/^must be a string$/, 'Enter text.'],
  [/^(?:should not be empty|should not be null or undefined|must be defined)$/, 'Fill this in.'],
  [/^must be an? (?:integer number|number conforming to the specified constraints)$/, 'Enter a number.'],
  [/^must be a boolean value$/, 'Answer with yes or no: true or false.'],
  [/^must be an array$/, 'Enter a list.'],
  [/^must be an object$/, 'Enter its fields.'],
  [/^must be a UUID$/, 'This is no id.'],
  [/^must be a(?:n)? URL address$/, 'Enter an address, such as https://example.com.'],
  [/^must be a valid ISO 8601 date string$/, 'Enter a date, such as 2026-03-31.'],
  [/^must be longer than or equal to 1 characters$/, 'Fill this in.'],
  [/^must be longer than or equal to (\d+) characters$/, 'Enter at least $1 characters.'],
  [/^must be shorter than or equal to (\d+) characters$/, 'Enter at most $1 characters.'],
  [/^must not be less than (-?\d+)$/, 'Enter $1 or more.'],
  [/^must not be greater than (-?\d+)$/, 'Enter $1 or less.'],
  [/^must contain at least 1 elements$/, 'Choose at least one.'],
  [/^must contain at least (\d+) elements$/, 'Enter at least $1.'],
  [/^must contain no(?:t)? more than (\d+) elements$/, 'Enter at most $1.'],
  [/^must be one of the following values: (.+)$/, 'Choose one of: $1.'],
];
const EACH = /^each (?:value in|of) /;

/**
 * What is wrong with a field as a plain sentence for the person who filled it in: "email must be an email" → "Enter an
 * e-mail address, such as lin@example.com." The field itself is named by the error's path.
 */
export function plainSentence(message: string, field: string): string {
  if (/^property \S+ should not exist$/.test(message)) return `${field} is not a field of this request.`;
  const each = EACH.test(message);
  const rest = message.replace(EACH, '').replace(new RegExp(`^${escaped(field)} `), '');
  const known = WORDS.find(([pattern]) => pattern.test(rest));
  const said = known ? rest.replace(known[0], known[1]) : asSentence(rest);
  return each ? `Each entry: ${said.charAt(0).toLowerCase()}${said.slice(1)}` : said;
}

function asSentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
