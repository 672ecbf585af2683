import { describe, expect, it } from '@jest/globals';
import { isWithin, networkOf } from './network.rules';

describe('networks of API keys', () => {
  it.each([
    ['192.0.2.0/24', '192.0.2.0/24'],
    [' 192.0.2.7 ', '192.0.2.7/32'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['::ffff:192.0.2.7', '192.0.2.7/32'],
  ])('%s is kept as %s', (text, kept) => expect(networkOf(text)).toBe(kept));

  it.each([
    '',
    'office',
    '192.0.2',
    '192.0.2.0/33',
    '192.0.2.0/-1',
    '0x7f.1',
    '2130706433',
    '2001:db8::/129',
    '1.2.3.4/8/8',
  ])('%s is no network', (text) => expect(networkOf(text)).toBeNull());

  it('an address is inside or outside, also in its IPv6 form', () => {
    const networks = ['192.0.2.0/24', '2001:db8::/32'];
    for (const ip of ['192.0.2.1', '::ffff:192.0.2.255', '2001:db8:1::1']) expect(isWithin(ip, networks)).toBe(true);
    for (const ip of ['192.0.3.1', '2001:db9::1', '::1', 'unknown', '']) expect(isWithin(ip, networks)).toBe(false);
  });
});
