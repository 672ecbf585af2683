import { describe, expect, it } from '@jest/globals';
import { ClientAddress } from './client-address';

describe('the address of a reader', () => {
  it('is the peer’s while no proxy is trusted, whatever the request claims', () => {
    expect(new ClientAddress([]).of('198.51.100.1', '203.0.113.7')).toBe('198.51.100.1');
  });

  const behind = new ClientAddress(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);

  it.each([
    ['127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['::ffff:127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['fd00::1', '2001:db8::7', '2001:db8::7'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', 'made.up, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['127.0.0.1', '198.51.100.9, 203.0.113.7', '203.0.113.7'],
    ['198.51.100.1', '203.0.113.7', '198.51.100.1'],
    ['127.0.0.1', '10.0.0.1, 10.0.0.2', '10.0.0.1'],
    ['127.0.0.1', 'nonsense', 'nonsense'],
    [undefined, '203.0.113.7', undefined],
  ])('behind trusted proxies: peer %s saying %s is %s', (peer, forwarded, address) => {
    expect(behind.of(peer, forwarded)).toBe(address);
  });

  it('is found in a list of a hundred thousand claims without reading them all', () => {
    expect(behind.of('127.0.0.1', Array.from({ length: 100_000 }, () => '10.0.0.1').join(','))).toBe('10.0.0.1');
  });
});
