import { verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { keyOf, makeSecret, privateKeyOf, publicKeyOf } from './secret.rules';
import { signatureHeaders } from './signature.rules';

const body = '{"type":"lead.created","data":{"name":"Lín 🌱"}}';
const now = () => Math.floor(Date.now() / 1000);

describe('a signature', () => {
  const [present, replaced] = [makeSecret(), makeSecret()];
  const signed = (timestamp = now(), text = body) =>
    signatureHeaders(
      { id: 'msg_1', timestamp, body: text },
      {
        secrets: [present, replaced].map(({ signing }) => keyOf(signing.secret)),
        privateKeys: [privateKeyOf(present.signing)],
      },
    );

  it.each([present, replaced])('verifies with either secret by the public package', ({ signing }) => {
    expect(signing.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(keyOf(signing.secret).symmetricKeySize).toBe(32);
    expect(new Webhook(signing.secret).verify(body, signed())).toEqual(JSON.parse(body));
  });

  it('of Ed25519 verifies with the public key, which cannot sign', () => {
    const headers = signed();
    const v1a =
      headers['webhook-signature']
        .split(' ')
        .find((each) => each.startsWith('v1a,'))
        ?.slice(4) ?? '';
    const content = Buffer.from(`msg_1.${headers['webhook-timestamp']}.${body}`);
    expect(present.publicKey).toMatch(/^whpk_/);
    expect(verify(null, content, publicKeyOf(present.publicKey), Buffer.from(v1a, 'base64'))).toBe(true);
    expect(verify(null, content, publicKeyOf(replaced.publicKey), Buffer.from(v1a, 'base64'))).toBe(false);
  });

  it('is refused when it is old, of another id, of another secret, or the body was written anew', () => {
    const verifier = new Webhook(present.signing.secret);
    const refused = (text: string, headers: Record<string, string>) =>
      expect(() => verifier.verify(text, headers)).toThrow(WebhookVerificationError);
    refused(body, signed(now() - 301));
    refused(body, signed(now() + 301));
    refused(body, { ...signed(), 'webhook-id': 'msg_2' });
    refused(JSON.stringify(JSON.parse(body), null, 1), signed());
    expect(() => new Webhook(makeSecret().signing.secret).verify(body, signed())).toThrow(WebhookVerificationError);
  });
});
