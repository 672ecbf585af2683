export type { ConnectionChange, NewConnection } from './provider-connections.api';
export { ProviderConnectionsStore, type HeardEvents } from './provider-connections.store';
