import { describe, expect, it } from '@jest/globals';
import { phoneProblem } from './phone.rules';

describe('a phone number', () => {
  it.each(['', '  ', '12345', '+49 30 123456', '(0)30 / 1234-56', '020 7946 0018 ext. 12', '555-0100x7', '٠٣٠ ١٢٣٤٥٦'])(
    'may be %p',
    (text) => expect(phoneProblem(text)).toBeNull(),
  );

  it.each(['abc', '1234', '+49 call me', '12 ext. 3456', 'ext. 12345'])('is not %p', (text) =>
    expect(phoneProblem(text)).toBe('This does not look like a phone number.'),
  );
});
