import { webcrypto } from 'node:crypto';
import { TextDecoder, TextEncoder } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import {
  checkSignatures,
  findings,
  firstDifference,
  headersIn,
  howItChanged,
  keyBytes,
  type ReceivedMessage,
} from './signature.rules';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const BODY = '{"type":"lead.created","data":{"name":"Änne"}}';
const NOW = 1_795_000_000;

beforeAll(() => {
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
  Object.assign(globalThis, { TextEncoder, TextDecoder });
});

const received = (change: Partial<ReceivedMessage> = {}): ReceivedMessage => {
  const signature = new Webhook(SECRET).sign('evt-1', new Date(NOW * 1_000), BODY);
  return { id: 'evt-1', timestamp: String(NOW), signature, body: BODY, ...change };
};
const keys = (secret = SECRET) => ({ secret: keyBytes(secret, 'whsec_'), publicKey: null });
const told = async (message: ReceivedMessage, secret = SECRET, sent: { id: string; body: string } | null = null) =>
  findings(message, await checkSignatures(message, keys(secret)), { nowSeconds: NOW, sent });

describe('the signature debugger', () => {
  it('finds that what was signed as Standard Webhooks says matches', async () => {
    expect((await checkSignatures(received(), keys())).map(({ state }) => state)).toEqual(['matches']);
    expect(await told(received())).toEqual([{ tone: 'good', text: expect.stringContaining('matches') }]);
  });

  it('says which of several signatures match', async () => {
    const other = new Webhook(OTHER).sign('evt-1', new Date(NOW * 1_000), BODY);
    const both = received({ signature: `${other} ${received().signature} v1a,AAAA v1,!!` });
    const states = (await checkSignatures(both, keys())).map(({ version, state }) => `${version} ${state}`);
    expect(states).toEqual(['v1 differs', 'v1 matches', 'v1a unchecked', 'v1 malformed']);
    expect((await told(both))[0]?.text).toContain('1 of 4');
  });

  it('checks Ed25519 with the public key', async () => {
    const pair = (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
    const publicKey = new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey));
    const signed = new TextEncoder().encode(`evt-1.${NOW}.${BODY}`);
    const value = Buffer.from(await webcrypto.subtle.sign('Ed25519', pair.privateKey, signed)).toString('base64');
    const message = received({ signature: `v1a,${value}` });
    const key = keyBytes(`whpk_${Buffer.from(publicKey).toString('base64')}`, 'whpk_');
    const state = async (given: typeof key) =>
      (await checkSignatures(message, { secret: null, publicKey: given }))[0]?.state;
    expect(await state(key)).toBe('matches');
    expect(await state(keyBytes(OTHER, 'whsec_'))).toBe('differs');
  });

  it('says of a body that was parsed and written anew where it parts from what was sent', async () => {
    const body = JSON.stringify(JSON.parse(BODY), null, 2);
    const found = await told(received({ body }), SECRET, { id: 'evt-1', body: BODY });
    expect(found[0]).toMatchObject({ tone: 'bad' });
    expect(found[0]?.text).toContain('from byte 1 on');
    expect(found[0]?.text).toContain('written anew');
    expect(found[1]?.text).toContain('No signature matches');
  });

  it('says when the secret is another endpoint’s', async () => {
    const found = await told(received(), OTHER, { id: 'evt-1', body: BODY });
    expect(found.map(({ tone }) => tone)).toEqual(['good', 'bad']);
    expect(found[1]?.text).toContain('another endpoint’s');
  });

  it('says that the id is wrong, the timestamp too old, too far ahead, or none, and what is missing', async () => {
    const text = async (change: Partial<ReceivedMessage>) =>
      (await told(received(change), SECRET, { id: 'evt-1', body: BODY })).map((each) => each.text).join(' ');
    expect(await text({ id: 'evt-2' })).toContain('webhook-id is evt-2, but this delivery was sent with evt-1');
    expect(await text({ timestamp: String(NOW - 301) })).toContain('301 seconds old');
    expect(await text({ timestamp: String(NOW - 300) })).not.toContain('seconds old');
    expect(await text({ timestamp: String(NOW + 400) })).toContain('400 seconds ahead');
    expect(await text({ timestamp: 'today' })).toContain('no whole number');
    expect(await text({ id: '', signature: '' })).toContain('Missing: webhook-id, webhook-signature');
  });

  it.each([
    ['webhook-id: evt-1\nWebhook-Timestamp: 17\nwebhook-signature: v1,a= v1,b='],
    ['{"webhook-id": "evt-1", "webhook-timestamp": "17", "webhook-signature": "v1,a= v1,b="}'],
    ["-H 'webhook-id: evt-1' -H 'webhook-timestamp: 17' -H 'webhook-signature: v1,a= v1,b='"],
  ])('reads the headers as people paste them: %s', (text) => {
    expect(headersIn(text)).toEqual({ id: 'evt-1', timestamp: '17', signature: 'v1,a= v1,b=' });
  });

  it('counts bytes, not characters', () => {
    expect(firstDifference('{"a":"Ä!"}', '{"a":"Ä?"}')).toMatchObject({ byte: 8 });
    expect(firstDifference('same', 'same')).toBeNull();
    expect(firstDifference('long', 'longer')).toMatchObject({ byte: 4 });
  });

  it('tells how a body changed', () => {
    expect(howItChanged(`${BODY}\n`, BODY)).toContain('blanks');
    expect(howItChanged('a\nb', 'a\r\nb')).toContain('line ends');
    expect(howItChanged('', BODY)).toContain('Nothing');
    expect(howItChanged(BODY.slice(0, 20), BODY)).toContain('no JSON');
    expect(howItChanged('{"b":1,"a":2}', '{"a":2,"b":1}')).toContain('another order');
    expect(howItChanged('{"a":1}', '{"a":2}')).toContain('something else');
  });

  it('takes no key that is none', () => {
    expect(keyBytes('', 'whsec_')).toBeNull();
    expect(keyBytes('whsec_???', 'whsec_')).toBeNull();
    expect(keyBytes('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_')).toHaveLength(24);
  });
});
