import { describe, expect, it } from '@jest/globals';
import { inNetworks, isNetwork } from './networks';

describe('networks', () => {
  it.each([
    ['10.0.0.0/8', true],
    ['192.0.2.7', true],
    ['2001:db8::/32', true],
    ['::1', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0/-1', false],
    ['10.0.0.0/8/9', false],
    ['10.0.0/8', false],
    ['fe80::1%eth0', false],
    ['example.com', false],
    ['', false],
  ])('%s is one: %s', (text, is) => {
    expect(isNetwork(text)).toBe(is);
  });

  it('hold the addresses that lie in one of them, to the last and not one further', () => {
    const office = ['192.0.2.0/24', '2001:db8:1::/48'];
    const inside = ['192.0.2.0', '192.0.2.255', '::ffff:192.0.2.9', '2001:db8:1:ffff::1'];
    const outside = ['192.0.3.0', '192.0.1.255', '2001:db8:2::1', '::1', 'unknown', ''];
    expect(inside.filter((ip) => !inNetworks(office, ip))).toEqual([]);
    expect(outside.filter((ip) => inNetworks(office, ip))).toEqual([]);
  });

  it('that are not named hold every address', () => {
    expect(inNetworks([], '203.0.113.9')).toBe(true);
  });
});
