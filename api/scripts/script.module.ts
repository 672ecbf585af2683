import { Module, type Type } from '@nestjs/common';
import { AuditTrailModule } from '../src/platform/audit';
import { ClockModule } from '../src/platform/clock';
import { type Config, ConfigModule } from '../src/platform/config';
import { CrashModule } from '../src/platform/crash';
import { DatabaseModule } from '../src/platform/database';
import { LogModule } from '../src/platform/log';
import { RelayModule } from '../src/platform/relay';
import { SecretsModule } from '../src/platform/secrets';
import { WorkModule } from '../src/platform/work';

const PLATFORM = [
  AuditTrailModule,
  ClockModule,
  CrashModule,
  DatabaseModule,
  LogModule,
  RelayModule,
  SecretsModule,
  WorkModule,
];

/** What a command beside the server stands on: the platform without its doors, and the module it is about. */
@Module({})
export class ScriptModule {
  static of(config: Config, about: Type) {
    return { module: ScriptModule, imports: [ConfigModule.of(config), ...PLATFORM, about] };
  }
}
