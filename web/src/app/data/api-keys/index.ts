export type { MadeApiKey, NewApiKey } from './api-keys.api';
export { ApiKeysStore } from './api-keys.store';
