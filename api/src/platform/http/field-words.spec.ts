import { describe, expect, it } from '@jest/globals';
import { plainSentence } from './field-words';

describe('what is wrong with a field is said in words', () => {
  it.each([
    ['email', 'email must be an email', 'Enter an e-mail address, such as lin@example.com.'],
    ['name', 'name must be longer than or equal to 1 characters', 'Fill this in.'],
    ['name', 'name must be shorter than or equal to 200 characters', 'Enter at most 200 characters.'],
    ['limit', 'limit must not be greater than 200', 'Enter 200 or less.'],
    ['status', 'status must be one of the following values: new, lost', 'Choose one of: new, lost.'],
    ['to', 'to must be a day such as 2026-03-31', 'Must be a day such as 2026-03-31.'],
    ['subject', 'subject must be one line', 'Must be one line.'],
    ['tags', 'each value in tags must be a string', 'Each entry: enter text.'],
    ['memberIds', 'each of memberIds must be a UUID', 'Each entry: this is no id.'],
    ['groups', 'each group can have one role', 'Each group can have one role.'],
    ['foo', 'property foo should not exist', 'foo is not a field of this request.'],
  ])('%s: %s', (field, message, words) => {
    expect(plainSentence(message, field)).toBe(words);
  });
});
