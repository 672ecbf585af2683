import { describe, expect, it } from '@jest/globals';
import { domainAllowed, invitationStatus } from './invitation.rules';

const NOW = new Date('2026-11-21T12:00:00.000Z');
const open = { acceptedAt: null, revokedAt: null, expiresAt: new Date(NOW.getTime() + 1) };

describe('an invitation', () => {
  it.each([
    ['pending', open],
    ['expired', { ...open, expiresAt: NOW }],
    ['revoked', { ...open, revokedAt: NOW }],
    ['accepted', { ...open, acceptedAt: NOW, expiresAt: NOW }],
  ])('is %s', (status, invitation) => {
    expect(invitationStatus(invitation, NOW)).toBe(status);
  });
});

describe('the domains of a workspace', () => {
  it.each([
    ['a@example.com', [], true],
    ['a@EXAMPLE.com', ['example.com'], true],
    ['a@example.com', ['Example.COM'], true],
    ['a@mail.example.com', ['example.com'], false],
    ['a@example.com.evil.test', ['example.com'], false],
    ['"a@example.com"@evil.test', ['example.com'], false],
  ])('%s with %j: %s', (email, domains, allowed) => {
    expect(domainAllowed(email, domains)).toBe(allowed);
  });
});
