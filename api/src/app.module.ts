import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { DemoModule } from './demo';
import { AccountsModule } from './modules/accounts';
import { AccountMailModule } from './modules/account-mail';
import { ApiKeysModule } from './modules/api-keys';
import {
  AuditExportsModule,
  AuditModule,
  AuditSchedulesModule,
  AuditStreamsModule,
  CheckpointDeliveryModule,
} from './modules/audit';
import { AuthModule } from './modules/auth';
import { BatchModule } from './modules/batch';
import { ConversationsModule } from './modules/conversations';
import { DraftsModule } from './modules/drafts';
import { LeadsModule } from './modules/leads';
import { MailboxModule } from './modules/mailbox';
import { OutgoingModule } from './modules/outgoing';
import { PeopleModule } from './modules/people';
import { PoliciesModule } from './modules/policies';
import { PrivacyModule } from './modules/privacy';
import { ProviderHooksModule } from './modules/provider-hooks';
import { MfaModule } from './modules/mfa';
import { ScimModule } from './modules/scim';
import { ReachModule } from './modules/reach';
import { RestHooksModule } from './modules/rest-hooks';
import { SendingModule } from './modules/sending';
import { SsoModule } from './modules/sso';
import { TrackingModule } from './modules/tracking';
import { WebhooksModule } from './modules/webhooks';
import { WebhookBenchModule } from './modules/webhook-bench';
import { AccessModule } from './platform/access';
import { AuditTrailModule } from './platform/audit';
import { ClockModule } from './platform/clock';
import { Config, ConfigModule } from './platform/config';
import { CrashModule } from './platform/crash';
import { DatabaseModule } from './platform/database';
import { HealthModule } from './platform/health';
import { HttpModule } from './platform/http';
import { LimitsModule } from './platform/limits';
import { LogModule } from './platform/log';
import { loggerOptions } from './platform/logging';
import { OutboundModule } from './platform/outbound';
import { QueuesModule } from './platform/queues';
import { RelayModule } from './platform/relay';
import { SecretsModule } from './platform/secrets';
import { WorkModule } from './platform/work';
import { AnalyticsModule } from './reactions/analytics';
import { LiveModule } from './reactions/live';

/** The ground: knows no feature. */
const PLATFORM = [
  AccessModule,
  ClockModule,
  CrashModule,
  LimitsModule,
  DatabaseModule,
  SecretsModule,
  AuditTrailModule,
  LogModule,
  RelayModule,
  WorkModule,
  QueuesModule,
  OutboundModule,
  HttpModule,
  HealthModule,
];

/** What people do, from the ground up. */
const MODULES = [
  AccountMailModule,
  AuthModule,
  PoliciesModule,
  PeopleModule,
  AccountsModule,
  MfaModule,
  SsoModule,
  ScimModule,
  ApiKeysModule,
  ReachModule,
  LeadsModule,
  DraftsModule,
  ConversationsModule,
  TrackingModule,
  SendingModule,
  MailboxModule,
  WebhooksModule,
  OutgoingModule,
  AuditModule,
  PrivacyModule,
  ProviderHooksModule,
  RestHooksModule,
  AuditExportsModule,
  AuditSchedulesModule,
  AuditStreamsModule,
  CheckpointDeliveryModule,
  WebhookBenchModule,
  BatchModule,
];

/** What follows from what happened. */
const REACTIONS = [LiveModule, AnalyticsModule];

/** The table of contents. */
@Module({})
export class AppModule {
  static of(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config),
        LoggerModule.forRoot(loggerOptions(config)),
        ...PLATFORM,
        ...MODULES,
        ...REACTIONS,
        DemoModule,
      ],
    };
  }
}
