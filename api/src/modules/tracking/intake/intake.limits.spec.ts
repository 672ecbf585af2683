import { beforeEach, describe, expect, it } from '@jest/globals';
import { TestClock } from '../../../../test';
import { IntakeLimits } from './intake.limits';

describe('the limits of the intake', () => {
  const clock = new TestClock();
  let limits: IntakeLimits;
  const plenty = { burst: 1e9, perSecond: 0 };

  beforeEach(() => {
    limits = new IntakeLimits(clock);
  });

  it('let a source through up to its burst, then at its rate', () => {
    limits.allow({ source: { burst: 3, perSecond: 2 }, ticket: plenty, everything: plenty });
    const take = () => limits.check('203.0.113.0/24', 'ticket');
    expect([take(), take(), take()]).toEqual([null, null, null]);
    expect(take()).toBe('source');
    clock.advance(1_000);
    expect([take(), take()]).toEqual([null, null]);
    expect(take()).toBe('source');
    expect(limits.check('198.51.100.0/24', 'ticket')).toBeNull();
  });

  it('never blame our own network, which is a proxy in front of many readers', () => {
    limits.allow({ source: { burst: 1, perSecond: 0 }, ticket: plenty, everything: plenty });
    for (const own of [
      '127.0.0.0/24',
      '10.1.2.0/24',
      '172.20.0.0/24',
      '192.168.1.0/24',
      '0:0:0::/48',
      'fd12:3:4::/48',
    ]) {
      expect([limits.check(own, 't'), limits.check(own, 't')]).toEqual([null, null]);
    }
    expect([limits.check('172.15.0.0/24', 't'), limits.check('172.15.0.0/24', 't')]).toEqual([null, 'source']);
  });

  it('hold for one message from however many sources, and for everything together', () => {
    limits.allow({ source: plenty, ticket: { burst: 2, perSecond: 0 }, everything: { burst: 3, perSecond: 0 } });
    expect(limits.check('203.0.113.0/24', 'a')).toBeNull();
    expect(limits.check('203.0.114.0/24', 'a')).toBeNull();
    expect(limits.check('203.0.115.0/24', 'a')).toBe('ticket');
    expect(limits.check('203.0.115.0/24', 'b')).toBeNull();
    expect(limits.check('203.0.115.0/24', 'c')).toBe('everything');
  });

  it('remember a bounded number of sources', () => {
    limits.allow({ source: { burst: 1, perSecond: 0 }, ticket: plenty, everything: plenty });
    for (let n = 0; n < 120_000; n++) limits.check(`2001:db8:${n.toString(16)}::/48`, 't');
    expect(limits.check('2001:db8:1d4bf::/48', 't')).toBe('source');
    expect(limits.check('2001:db8:0::/48', 't')).toBeNull();
  });
});
