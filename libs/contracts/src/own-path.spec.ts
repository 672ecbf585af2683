import { describe, expect, it } from '@jest/globals';
import { ownPath } from './own-path';

const HOME = 'https://threadline.test';

describe('where one goes after signing in', () => {
  it.each(['/', '/inbox', '/leads/1?tab=mail#last', '/dashboard?from=2026-01-01&q=a%20b'])('%s is followed', (path) => {
    expect(ownPath(path, HOME)).toBe(path);
  });

  it.each([
    '',
    null,
    undefined,
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    'https:evil.test',
    'https://evil.test',
    'https://threadline.test/inbox',
    '/%09/evil.test',
    '/%5Cevil.test',
    '/\tevil.test',
    '/a/..//evil.test',
    '/.//evil.test',
    'javascript:alert(1)',
    'inbox',
    ' /inbox',
  ])('%j leads to the start', (path) => {
    expect(ownPath(path, HOME)).toBe('/');
  });
});
