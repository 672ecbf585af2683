import { Module } from '@nestjs/common';
import { Settling } from '../../platform/work';
import { ConversationsModule } from '../conversations';
import { ProviderConnectionsController } from './connections/connections.controller';
import { ConnectionsQueries } from './connections/connections.queries';
import { Connections } from './connections/connections.service';
import { Confirmations } from './filing/confirmations';
import { EventFiling } from './filing/event-filing';
import { ProviderEvents } from './filing/provider-events.service';
import { PROVIDER_HOOKS_QUEUE, ProviderHookJobs, ProviderHooksProcessor } from './filing/provider-hooks.processor';
import { ProviderHooksSweeper } from './filing/provider-hooks.sweeper';
import { ProviderMessages } from './filing/provider-messages';
import { ReceivedTexts } from './filing/received-texts';
import { HookIntake } from './intake/hook-intake.service';
import { HookWake } from './intake/hook-wake';
import { ProviderHooksController } from './intake/hooks.controller';
import { ProviderBook } from './providers/provider-book';
import { SnsCertificates } from './providers/sns-certificates';

/** What providers tell us by calling: kept when it is signed, then worked on. */
@Module({
  imports: [PROVIDER_HOOKS_QUEUE, ConversationsModule],
  controllers: [ProviderConnectionsController, ProviderHooksController],
  providers: [
    Confirmations,
    Connections,
    ConnectionsQueries,
    EventFiling,
    HookIntake,
    HookWake,
    ProviderBook,
    ProviderEvents,
    ProviderHookJobs,
    ProviderHooksProcessor,
    ProviderHooksSweeper,
    ProviderMessages,
    ReceivedTexts,
    SnsCertificates,
  ],
})
export class ProviderHooksModule {
  constructor(settling: Settling, events: ProviderEvents) {
    settling.register('provider hooks', () => events.drain());
  }
}
