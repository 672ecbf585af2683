export { SEALED_PROVIDER_SECRETS } from './connections/connections.queries';
export { ProviderHooksModule } from './provider-hooks.module';
