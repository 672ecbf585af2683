import { describe, expect, it } from '@jest/globals';
import { PROVIDERS, type ProviderConnection } from '@threadline/contracts';
import { countWords, inSentence, PROVIDER_CHOICES, PROVIDER_WORDS, standing } from './provider-words';

const COUNTS = { pending: 0, applied: 0, noted: 0, outdated: 0, unmatched: 0, unreadable: 0, failed: 0 };
const connection = (more: Partial<ProviderConnection>): ProviderConnection => ({
  id: '1',
  provider: 'meta',
  name: 'Ours',
  url: 'https://x.test/api/hooks/meta/abc',
  settings: {},
  hasSecret: true,
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  confirmedAt: null,
  lastEventAt: null,
  lastDeniedAt: null,
  counts: COUNTS,
  ...more,
});

describe('how a provider’s connection stands', () => {
  it('waits until it is called, then is confirmed, then receives', () => {
    expect(standing(connection({})).label).toBe('Waiting for a first call');
    expect(standing(connection({ confirmedAt: '2026-11-21T11:00:00.000Z' })).label).toBe('Confirmed');
    expect(standing(connection({ lastEventAt: '2026-11-21T11:00:00.000Z' })).label).toBe('Receiving');
  });

  it('is refused only while nothing signed came after it', () => {
    const lastDeniedAt = '2026-11-21T11:00:00.000Z';
    expect(standing(connection({ lastDeniedAt })).tone).toBe('bad');
    expect(standing(connection({ lastDeniedAt, lastEventAt: '2026-11-21T10:59:00.000Z' })).tone).toBe('bad');
    expect(standing(connection({ lastDeniedAt, lastEventAt: '2026-11-21T11:01:00.000Z' })).label).toBe('Receiving');
  });

  it('says in words what its events came to', () => {
    expect(countWords(connection({}))).toBeNull();
    const counts = { ...COUNTS, applied: 1200, unmatched: 3 };
    expect(countWords(connection({ counts }))).toBe('1,200 applied, 3 unmatched');
  });

  it('asks for a setting in the words of the provider', () => {
    expect(inSentence(PROVIDER_WORDS.twilio.label)).toBe('auth token');
    expect(inSentence(PROVIDER_WORDS.mailgun.label)).toBe('HTTP webhook signing key');
  });

  it('can be chosen for every provider there is', () => {
    expect([...PROVIDER_CHOICES].sort()).toEqual([...PROVIDERS].sort());
  });
});
