import { createHmac, type KeyObject, sign } from 'node:crypto';

/** Keys that sign a message, the present one first. */
export interface Signers {
  secrets: readonly KeyObject[];
  /** Empty where the endpoint is not asymmetric. */
  privateKeys: readonly KeyObject[];
}

/** A message as Standard Webhooks signs it. */
export interface Signable {
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string;
}

/**
 * The three headers of Standard Webhooks: `v1` is HMAC-SHA256 over `id.timestamp.body`, `v1a` Ed25519 over the same.
 * One signature for each key that is good, separated by spaces: a receiver accepts any of them.
 */
export function signatureHeaders({ id, timestamp, body }: Signable, { secrets, privateKeys }: Signers) {
  const signed = Buffer.from(`${id}.${timestamp}.${body}`);
  const signatures = [
    ...secrets.map((secret) => `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`),
    ...privateKeys.map((key) => `v1a,${sign(null, signed, key).toString('base64')}`),
  ];
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
