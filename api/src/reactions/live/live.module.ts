import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../../modules/api-keys';
import { ReachModule } from '../../modules/reach';
import { ConversationRooms } from './conversation.rooms';
import { ConversationsQueries } from './conversations.queries';
import { Draining } from './draining';
import { EventsController } from './events.controller';
import { EventsQueries } from './events.queries';
import { Handshake } from './handshake';
import { LiveCounters } from './live.counters';
import { LiveGateway } from './live.gateway';
import { LiveReach } from './live-reach';
import { LiveLimits } from './live.limits';
import { Peers } from './peers';
import { PresenceBoard } from './presence.board';
import { RealtimeController } from './realtime.controller';
import { Replay } from './replay';
import { ReplayReader } from './replay.reader';
import { Screens } from './screens';
import { CredentialWatch } from './credential.watch';
import { SocketServer } from './socket.server';
import { StateRooms } from './state.rooms';
import { Streams } from './streams';
import { StreamTools } from './stream.tools';
import { Subscriptions } from './subscriptions';
import { Visits } from './visits';

/** The live stream: the log and the states of the moment, to the screens of those who may see them. */
@Module({
  imports: [ApiKeysModule, ReachModule],
  controllers: [EventsController, RealtimeController],
  providers: [
    ConversationRooms,
    ConversationsQueries,
    Draining,
    EventsQueries,
    Handshake,
    LiveCounters,
    LiveGateway,
    LiveLimits,
    LiveReach,
    Peers,
    PresenceBoard,
    Replay,
    ReplayReader,
    Screens,
    CredentialWatch,
    SocketServer,
    StateRooms,
    Streams,
    StreamTools,
    Subscriptions,
    Visits,
  ],
})
export class LiveModule {}
