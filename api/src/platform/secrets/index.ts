export { SecretBox } from './secret-box';
export { SecretsModule } from './secrets.module';
export { beginningOf, issueToken, provesItself, readToken, type TokenClaim } from './issued-token';
