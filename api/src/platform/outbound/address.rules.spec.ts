import { describe, expect, it } from '@jest/globals';
import { judgeAddress, networksOf, sameAddress } from './address.rules';
import { destinationOf, fitForPublic, mayBeSent } from './url.rules';

const judge = (address: string, allowed: string[] = []) => judgeAddress(address, networksOf(allowed));

/** The address a URL means, judged; `refused` when the URL itself is not taken. */
function reach(url: string): string {
  const destination = destinationOf(url);
  return destination ? judge(destination.hostname) : 'refused';
}

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.1.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '0:0:0:0:0:ffff:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '100::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    'localhost',
    '',
    '1.2.3',
  ])('%s is denied', (address) => {
    expect(judge(address)).toBe('denied');
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '172.15.255.255',
    '172.32.0.1',
    '::ffff:8.8.8.8',
    '2606:4700::1111',
  ])('%s is public', (address) => {
    expect(judge(address)).toBe('public');
  });

  it('is allowed in the networks the operator opened, in either spelling, and nowhere else', () => {
    expect(judge('10.1.2.3', ['10.0.0.0/8'])).toBe('allowed');
    expect(judge('::ffff:10.1.2.3', ['10.0.0.0/8'])).toBe('allowed');
    expect(judge('10.1.2.3', ['10.1.2.3'])).toBe('allowed');
    expect(judge('10.1.2.4', ['10.1.2.3'])).toBe('denied');
    expect(judge('fd00::1', ['fd00::/8'])).toBe('allowed');
    expect(judge('64:ff9b::a01:203', ['10.0.0.0/8'])).toBe('denied');
  });

  it('is the same however it is written', () => {
    expect(sameAddress('::ffff:127.0.0.1', '127.0.0.1')).toBe(true);
    expect(sameAddress('2606:4700:0::1111', '2606:4700::1111')).toBe(true);
    expect(sameAddress('127.0.0.1', '127.0.0.2')).toBe(false);
    expect(sameAddress('localhost', 'localhost')).toBe(false);
  });
});

describe('a URL', () => {
  it.each([
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://017700000001',
    'https://127.1',
    'https://0',
    'https://127.0.0.1.',
    'https://①②⑦.⓪.⓪.①',
    'https://127。0。0。1',
    'https://１２７.０.０.１',
    'https://%31%32%37.0.0.1',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:a9fe:a9fe]',
    'https://[0:0:0:0:0:ffff:7f00:1]',
    'https://[::127.0.0.1]',
    'https://[64:ff9b::7f00:1]',
    'https://169.254.169.254/latest/meta-data',
  ])('%s means an address that is denied', (url) => {
    expect(reach(url)).toBe('denied');
  });

  it.each([
    'gopher://example.com',
    'file:///etc/passwd',
    'ftp://example.com',
    'unix:/run/x.sock',
    'data:text/plain,x',
    'javascript:alert(1)',
    '//example.com',
    'example.com',
    '',
    'https://',
    'https://user:pass@example.com/',
    'https://user@example.com/',
    'https://@example.com/',
    'https://example.com@127.0.0.1/',
    'https://127.0.0.1\\@example.com/',
    'https://1.1.1.1 &@2.2.2.2# @3.3.3.3/',
    'https://example.com/#here',
    'https://example.com#',
    'https://exam\tple.com',
    'https://example.com/\r\nHost: inside',
    'https://example.com:99999',
  ])('%j is not taken', (url) => {
    expect(reach(url)).toBe('refused');
  });

  it.each([
    ['https://example.com', true],
    ['https://example.com:443/x', true],
    ['https://example.com:80', true],
    ['http://example.com', false],
    ['https://example.com:22', false],
    ['https://example.com:25', false],
    ['https://example.com:5432', false],
    ['https://example.com:6379', false],
  ])('%s is fit for the public: %s', (url, fit) => {
    const destination = destinationOf(url);
    expect(destination && fitForPublic(destination)).toBe(fit);
  });

  it.each([
    ['x-signature', 'v1,abc', true],
    ['Authorization', 'Bearer x', true],
    ['Host', 'inside', false],
    ['content-length', '5', false],
    ['Transfer-Encoding', 'chunked', false],
    ['x', 'a\r\nHost: inside', false],
    ['a name', 'x', false],
    ['', 'x', false],
    ['x', '☃', false],
  ])('a header %j: %j may be sent: %s', (name, value, may) => {
    expect(mayBeSent(name, value)).toBe(may);
  });
});
