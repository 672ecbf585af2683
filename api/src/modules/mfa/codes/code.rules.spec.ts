import { describe, expect, it } from '@jest/globals';
import { hashRecoveryCode, readCode, RECOVERY_BYTES, stepsAt, writeRecoveryCode } from './code.rules';

describe('a recovery code', () => {
  it('has 120 bits in six groups that cannot be misread', () => {
    const code = writeRecoveryCode(new Uint8Array(RECOVERY_BYTES).fill(255));
    expect(code).toBe('zzzz-zzzz-zzzz-zzzz-zzzz-zzzz');
    expect(writeRecoveryCode(new Uint8Array(RECOVERY_BYTES))).toBe('0000-0000-0000-0000-0000-0000');
    expect(writeRecoveryCode(crypto.getRandomValues(new Uint8Array(RECOVERY_BYTES)))).toMatch(
      /^([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/,
    );
  });

  it.each(['10ab-cdef', '10ABCDEF', ' 1o ab cd ef ', 'loAB-CDEF', 'i0ab cdef'])(
    'is read however it is typed: %s',
    (typed) => {
      expect(readCode(typed)).toEqual({ kind: 'recovery_code', hash: hashRecoveryCode('10abcdef') });
    },
  );
});

describe('a code', () => {
  it.each([
    ['123456', '123456'],
    ['123 456', '123456'],
    ['123-456', '123456'],
  ])('of an authenticator app is six digits: %s', (typed, digits) => {
    expect(readCode(typed)).toEqual({ kind: 'totp', digits });
  });

  it.each(['12345', '1234567', '', 'abcdef'])(
    'that is none of six digits is looked for among the others: %s',
    (typed) => {
      expect(readCode(typed).kind).toBe('recovery_code');
    },
  );

  it('counts in steps of thirty seconds, the present and the one before', () => {
    expect(stepsAt(new Date(59_999))).toEqual([1, 0]);
    expect(stepsAt(new Date(60_000))).toEqual([2, 1]);
  });
});
