export { SecretBox } from './secret-box';
export { SecretsModule } from './secrets.module';
export { beginningOf, issueToken, provesItself, readToken, type TokenClaim } from './issued-token';
export { reseal, type Resealed, UnknownSeals } from './rotation';
export { type SealedColumn } from './sealed-column';
