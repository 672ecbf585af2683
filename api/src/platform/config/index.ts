export { Config, parseConfig, WrongConfig } from './config';
export { ConfigModule } from './config.module';
export { Keys } from './keys';
