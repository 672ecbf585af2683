import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Config } from './config';
import { Keys } from './keys';

@Global()
@Module({})
export class ConfigModule {
  static of(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: Config, useValue: config }, Keys],
      exports: [Config, Keys],
    };
  }
}
