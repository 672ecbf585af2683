export { keyOf, makeSecret, privateKeyOf, publicKeyOf, type SigningSecret } from './secret.rules';
export { type Signable, signatureHeaders, type Signers } from './signature.rules';
export { type SealedSecret, SEALED_WEBHOOK_SECRETS, WebhookSecrets } from './webhook-secrets.service';
