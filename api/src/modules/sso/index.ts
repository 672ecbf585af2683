export { SsoModule } from './sso.module';
export { SEALED_CLIENT_SECRETS } from './providers/providers.queries';
