import { describe, expect, it } from '@jest/globals';
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { WebhookVerifier } from './webhooks';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const NOW = Date.now();
const BODY = JSON.stringify({ id: 'e1', seq: 1, type: 'lead.created', data: { lead: { name: 'Löwe 🦁' } } });

const signed = (body = BODY, secret = SECRET, at = NOW) => ({
  'webhook-id': 'e1',
  'webhook-timestamp': String(Math.floor(at / 1_000)),
  'webhook-signature': new Webhook(secret).sign('e1', new Date(at), body),
});
const faultOf = (headers: Record<string, string>, body = BODY, secrets: string | string[] = SECRET) =>
  new WebhookVerifier(secrets, { now: () => NOW }).verify(body, headers).then(
    () => 'taken',
    (error: { fault?: string }) => error.fault,
  );

describe('a webhook', () => {
  it('that the public standardwebhooks package has signed is taken', async () => {
    const verifier = new WebhookVerifier(SECRET);
    expect((await verifier.verify(BODY, signed())).type).toBe('lead.created');
    expect((await verifier.verify(Buffer.from(BODY), new Headers(signed()))).seq).toBe(1);
  });

  it('that this verifier takes is taken by the public package too, and what it refuses is refused there', async () => {
    const theirs = new Webhook(SECRET);
    const takes = (body: string, headers: Record<string, string>) => {
      try {
        theirs.verify(body, headers);
        return 'taken';
      } catch {
        return 'refused';
      }
    };
    for (const [body, headers] of [
      [BODY, signed()],
      [`${BODY} `, signed()],
      [BODY, signed(BODY, OTHER)],
      [BODY, signed(BODY, SECRET, NOW - 301_000)],
      [BODY, signed(BODY, SECRET, NOW + 302_000)],
      [BODY, { ...signed(), 'webhook-id': 'e2' }],
      [BODY, { ...signed(), 'webhook-signature': `v1,AAAA ${signed()['webhook-signature']}` }],
      [BODY, { ...signed(), 'webhook-signature': `v2,${signed()['webhook-signature'].slice(3)}` }],
    ] as const) {
      const ours = (await faultOf({ ...headers }, body)) === 'taken' ? 'taken' : 'refused';
      expect([body, headers, ours]).toEqual([body, headers, takes(body, { ...headers })]);
    }
  });

  it('says why it was not accepted', async () => {
    expect(await faultOf({ ...signed(), 'webhook-id': '' })).toBe('missing_headers');
    expect(await faultOf({ ...signed(), 'webhook-timestamp': 'soon' })).toBe('missing_headers');
    expect(await faultOf(signed(BODY, SECRET, NOW - 301_000))).toBe('too_old');
    expect(await faultOf(signed(BODY, SECRET, NOW + 302_000))).toBe('too_new');
    expect(await faultOf(signed(), `${BODY} `)).toBe('no_match');
    expect(await faultOf(signed(), BODY, OTHER)).toBe('no_match');
    expect(await faultOf(signed('no JSON'), 'no JSON')).toBe('unreadable');
  });

  it('is taken with either secret while they are exchanged', async () => {
    expect(await faultOf(signed(), BODY, [OTHER, SECRET])).toBe('taken');
    const both = `${signed(BODY, OTHER)['webhook-signature']} ${signed()['webhook-signature']}`;
    expect(await faultOf({ ...signed(), 'webhook-signature': both })).toBe('taken');
  });

  it('that is signed with Ed25519 is verified by the public key alone', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const raw = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32);
    const headers = signed();
    const bytes = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${BODY}`);
    const signature = `v1a,${sign(null, bytes, privateKey).toString('base64')}`;
    const key = `whpk_${raw.toString('base64')}`;
    expect(await faultOf({ ...headers, 'webhook-signature': signature }, BODY, key)).toBe('taken');
    expect(await faultOf({ ...headers, 'webhook-signature': signature }, `${BODY} `, key)).toBe('no_match');
    expect(await faultOf(headers, BODY, key)).toBe('no_match');
  });

  it('needs a secret that is one', () => {
    expect(() => new WebhookVerifier('whsec_')).toThrow(TypeError);
    expect(() => new WebhookVerifier('whsec_§')).toThrow(TypeError);
  });
});
