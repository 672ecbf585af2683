import { describe, expect, it } from '@jest/globals';
import { pauseAfter, writeNotice } from './account-mail.rules';
import type { AccountNotice } from './account-notice';

const AT = new Date('2026-11-21T13:30:00.000Z');
const about = { name: 'Ada', publicUrl: 'https://threadline.test', at: AT };

const NOTICES: AccountNotice[] = [
  { kind: 'invitation', token: 't0k', workspace: 'Acme', invitedBy: 'Ben', role: 'agent', expiresAt: AT },
  { kind: 'password_reset', token: 't0k', expiresAt: AT, unproved: null },
  { kind: 'password_changed', by: 'user' },
  { kind: 'password_changed', by: 'reset', dropped: false },
  { kind: 'password_changed', by: 'reset', dropped: true },
  { kind: 'new_device', device: 'Firefox on Linux', ip: '192.0.2.1' },
  { kind: 'new_device', device: 'Firefox on Linux', ip: null },
  { kind: 'factor_changed', change: { what: 'added', factor: 'totp', name: null } },
  { kind: 'factor_changed', change: { what: 'removed', factor: 'passkey', name: 'Laptop' } },
  { kind: 'factor_changed', change: { what: 'recovery_code_used', left: 1 } },
  { kind: 'factor_changed', change: { what: 'codes_renewed' } },
  { kind: 'email_change_confirm', token: 't0k', expiresAt: AT },
  { kind: 'email_changed', to: 'new@example.com' },
  { kind: 'session_reused', device: 'Firefox on Linux' },
  { kind: 'api_key_exposed', name: 'CRM sync', workspace: 'Acme' },
  { kind: 'webhook_failing', url: 'https://hooks.example/t0k', error: 'The server answered 500.', workspace: 'Acme' },
  { kind: 'webhook_disabled', url: 'https://hooks.example/t0k', reason: 'failing', workspace: 'Acme' },
  { kind: 'webhook_disabled', url: 'https://hooks.example/t0k', reason: 'gone', workspace: 'Acme' },
  { kind: 'webhook_recovered', url: 'https://hooks.example/t0k', workspace: 'Acme' },
];

describe('a mail of the product', () => {
  it.each(NOTICES)('fetches nothing and names its installation: $kind', (notice) => {
    const { html, text, subject } = writeNotice(notice, about);
    expect(html).not.toMatch(/<(?:img|link|script|style|iframe)|src=|url\(/i);
    const addresses = html.match(/https?:\/\/[^\s"<]+/g) ?? [];
    expect(addresses.every((address) => address.startsWith(about.publicUrl))).toBe(true);
    expect(text).toContain('Hello Ada,');
    expect(text).toContain(about.publicUrl);
    expect(subject.length).toBeGreaterThan(10);
  });

  it.each([
    ['invitation', 'invitation'],
    ['password_reset', 'reset-password'],
    ['email_change_confirm', 'confirm-email'],
  ])('keeps the secret of %s behind the #, where no server sees it', (kind, path) => {
    const notice = NOTICES.find((each) => each.kind === kind);
    if (!notice) throw new Error('no such notice');
    const { html, text } = writeNotice(notice, about);
    const url = `https://threadline.test/${path}#token=t0k`;
    expect(text).toContain(url);
    expect(html).toContain(`href="${url}"`);
  });

  it.each(NOTICES.filter((notice) => notice.kind.startsWith('webhook_')))(
    'names the host of an endpoint, and not its address, which may be a secret: $kind',
    (notice) => {
      const { html, text, subject } = writeNotice(notice, about);
      expect(text).toContain('hooks.example');
      expect(`${subject} ${text} ${html}`).not.toContain('t0k');
    },
  );

  it('shows what people are called as text, on one line', () => {
    const evil = '<img src=x onerror=alert(1)>\r\nBcc: all@example.com';
    const { html, text, subject } = writeNotice(
      { kind: 'invitation', token: 't', workspace: evil, invitedBy: evil, role: evil, expiresAt: AT },
      { ...about, name: evil },
    );
    expect(html).not.toContain('<img');
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).not.toMatch(/^Bcc:/m);
  });

  it('is no way to mail a link to strangers by what one calls oneself', () => {
    const evil = 'Security. Go to https://evil.example/login or www.evil.example, x@evil.example';
    for (const notice of [
      { kind: 'invitation', token: 't', workspace: evil, invitedBy: evil, role: evil, expiresAt: AT },
      { kind: 'address_confirm', token: 't', workspace: evil, madeAt: AT, accountExists: true, expiresAt: AT },
      { kind: 'address_confirm', token: 't', workspace: evil, madeAt: AT, accountExists: false, expiresAt: AT },
      { kind: 'password_reset', token: 't', expiresAt: AT, unproved: { workspace: evil, madeAt: AT } },
    ] satisfies AccountNotice[]) {
      const { html, text } = writeNotice(notice, { ...about, name: evil });
      expect(`${html}${text}`).not.toMatch(/evil\.example|www\.evil|https:\/\/evil/);
      expect(text.replaceAll('\u2060', '')).toContain(evil);
    }
  });

  it.each(['invitation', 'api_key_exposed', 'webhook_failing', 'webhook_disabled', 'webhook_recovered'])(
    'names nobody and nothing of theirs in the subject of %s: whoever gets it may not know them',
    (kind) => {
      const notice = NOTICES.find((each) => each.kind === kind);
      if (!notice) throw new Error('no such notice');
      const { subject, text } = writeNotice(notice, about);
      expect(subject).not.toMatch(/Acme|Ben|CRM sync/);
      expect(text).toContain('Acme');
    },
  );

  it('warns who did not ask of confirming an address for somebody else’s account', () => {
    const { text } = writeNotice({ kind: 'email_change_confirm', token: 't', expiresAt: AT }, about);
    expect(text).toContain('do not follow the link');
  });

  it('says times so that they mean the same everywhere', () => {
    expect(writeNotice({ kind: 'password_changed', by: 'user' }, about).text).toContain('21 November 2026, 13:30 UTC');
  });
});

describe('trying again', () => {
  it('begins soon, takes longer each time, and ends', () => {
    const pauses = Array.from({ length: 12 }, (_, index) => pauseAfter(index + 1));
    expect(pauses[0]).toBe(15_000);
    expect(pauses.at(-1)).toBeNull();
    const some = pauses.filter((pause) => pause !== null);
    expect(some).toEqual([...some].sort((a, b) => a - b));
  });
});
