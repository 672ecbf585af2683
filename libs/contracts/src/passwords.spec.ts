import { describe, expect, it } from '@jest/globals';
import { leakedForms, passwordLength, passwordProblem } from './passwords';

const alone = { secondFactor: false, about: ['Ada Lovelace', 'ada.lovelace', 'Analytical Engines'] };
const withFactor = { ...alone, secondFactor: true };

describe('a password', () => {
  it.each([
    'correct horse battery staple',
    '                 spaces at both ends ',
    '😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰',
    'Grüße aus Überlingen',
    'ada lovelace wrote the first program',
    // Nothing is asked about the kinds of its characters, nor that they differ.
    '😀'.repeat(15),
    'a'.repeat(256),
  ])('is taken as it is: %j', (password) => {
    expect(passwordProblem(password, alone)).toBeNull();
  });

  it.each([
    ['short of fifteen characters', 'fourteen chars', /at least 15/],
    ['of fourteen smileys', '😀😁😂🤣😃😄😅😆😉😊😋😎😍😘', /at least 15/],
    ['longer than 256', `a${'b'.repeat(256)}`, /at most 256/],
    ['with a NUL', 'a good long password\0', /NUL/],
    ['of our own name', 'Threadline-2026!', /mostly/],
    ['of their own name', 'AdaLovelace1815', /mostly/],
    ['of the workspace’s name', 'Analytical Engines 1', /mostly/],
  ])('%s is not', (_, password, words) => {
    expect(passwordProblem(password, alone)).toMatch(words);
  });

  it('may be of eight characters where a second factor stands beside it', () => {
    expect(passwordProblem('eight ch', withFactor)).toBeNull();
    expect(passwordProblem('seven c', withFactor)).toMatch(/at least 8/);
  });

  it('is looked for among leaked ones however it is written', () => {
    expect(leakedForms('PasswordPassword')).toEqual(['passwordpassword', 'password']);
    expect(leakedForms('password password password')).toContain('password');
    expect(leakedForms('correct horse')).toEqual(['correct horse', 'correcthorse']);
    expect(leakedForms('qwerty uiop 12345')).toContain('qwertyuiop12345');
  });

  it('is counted in characters', () => {
    expect(passwordLength('aé😀')).toBe(3);
  });
});
