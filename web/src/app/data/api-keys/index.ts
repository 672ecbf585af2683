export type { MadeApiKey, NewApiKey } from './api-keys.api';
export { exampleCall } from './api-keys.rules';
export { ApiKeysStore } from './api-keys.store';
