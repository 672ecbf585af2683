import { describe, expect, it } from '@jest/globals';
import { SSO_OUTCOMES } from '@threadline/contracts';
import { ssoWords } from './sso-words';

describe('the end of a visit to a provider', () => {
  it.each(SSO_OUTCOMES)('%s is said in a sentence', (outcome) => {
    expect(ssoWords(outcome)).toMatch(/^[A-Z].*\.$/u);
  });

  it('is not said when there was none, and what is unknown is a failure', () => {
    expect(ssoWords(undefined)).toBeNull();
    expect(ssoWords('<script>')).toBe(ssoWords('failed'));
  });
});
