export { ApiKeysModule } from './api-keys.module';
export { ExposedKeys } from './exposed-keys';
