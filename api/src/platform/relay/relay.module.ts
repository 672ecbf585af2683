import { Global, Module } from '@nestjs/common';
import { Config } from '../config';
import { SystemDatabase } from '../database';
import { Broadcast } from './broadcast';
import { LogRelay } from './log-relay';
import { NobodyToWake, WakeByPostgres, WakeByRedis, WakeUp } from './wake-up';

@Global()
@Module({
  providers: [
    Broadcast,
    LogRelay,
    {
      provide: WakeUp,
      inject: [Config, SystemDatabase],
      useFactory: (config: Config, database: SystemDatabase): WakeUp => {
        if (config.redisUrl) return new WakeByRedis(config.redisUrl);
        return config.embedded ? new NobodyToWake() : new WakeByPostgres(config, database);
      },
    },
  ],
  exports: [Broadcast, LogRelay],
})
export class RelayModule {}
