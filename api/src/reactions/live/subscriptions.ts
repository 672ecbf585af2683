import { Injectable, Logger } from '@nestjs/common';
import type {
  LogService,
  Service,
  StateService,
  SubscribeAck,
  SubscribeRefusal,
  SubscribeRequest,
} from '@threadline/contracts';
import { Installation } from '../../platform/database';
import { CredentialWatch, type Lost } from './credential.watch';
import { isLogService, isStateService, SERVICE_PERMISSIONS } from './live.table';
import { Replay } from './replay';
import { readSubscribe } from './requests.rules';
import type { Screen } from './screen';
import { Screens } from './screens';
import { StateRooms } from './state.rooms';
import { Streams } from './streams';
import type { WorkspaceStream } from './workspace-stream';

export type SubscribeAnswer = SubscribeAck | SubscribeRefusal;

/** Answers `subscribe`: checks the rights, replays what was missed, and lets the screen into the rooms. */
@Injectable()
export class Subscriptions {
  private readonly log = new Logger('live');

  constructor(
    private readonly streams: Streams,
    private readonly replay: Replay,
    private readonly states: StateRooms,
    private readonly screens: Screens,
    private readonly watch: CredentialWatch,
    private readonly installation: Installation,
  ) {}

  /**
   * `answer` is called exactly once unless the screen goes away. When it acknowledges, nothing of the log is sent
   * between the screen's joining and the answer, so that live events follow the answer's seq without a gap.
   */
  async subscribe(screen: Screen, raw: unknown, answer: (answer: SubscribeAnswer) => void): Promise<void> {
    const read = readSubscribe(raw);
    if (!read.ok) return answer(read.refusal);
    const { request } = read;
    const forbidden = request.services.filter((service) => !screen.actor.permissions.has(SERVICE_PERMISSIONS[service]));
    if (forbidden.length > 0) return answer(refusal('forbidden', 'You may not see these services.', forbidden));
    try {
      const lost = await this.watch.lost(screen);
      if (lost) return this.sendAway(screen, lost, answer);
      const [stream, epoch] = await Promise.all([this.streams.of(screen), this.installation.epoch()]);
      if (screen.connected) await this.join(screen, request, stream, epoch, answer);
    } catch (error) {
      this.log.warn(`a subscription had to be refused: ${error instanceof Error ? error.message : 'unknown'}`);
      answer(refusal('not_ready', 'The log cannot be read at the moment. Try again.'));
    }
  }

  private sendAway(screen: Screen, lost: Lost, answer: (answer: SubscribeAnswer) => void): void {
    if (lost === 'session_ended') answer(refusal('session_ended', 'This session has ended.'));
    else answer(refusal('not_ready', 'What you may do has changed. Connect again.'));
    this.screens.end([screen], lost);
  }

  private async join(
    screen: Screen,
    request: SubscribeRequest,
    stream: WorkspaceStream,
    epoch: string,
    answer: (answer: SubscribeAnswer) => void,
  ): Promise<void> {
    const log = request.services.filter(isLogService);
    const { seq, replayed } = await this.joinLog(screen, request, log, stream, epoch);
    if (!screen.connected) return;
    answer({ type: 'ack', seq, replayed, epoch });
    const before = screen.services;
    screen.services = new Set(request.services);
    await this.states.join(screen, request.services.filter(isStateService), statesOf(before));
  }

  private async joinLog(
    screen: Screen,
    { lastSeq, epoch: known }: SubscribeRequest,
    services: readonly LogService[],
    stream: WorkspaceStream,
    epoch: string,
  ): Promise<{ seq: number; replayed: number }> {
    if (lastSeq === undefined) return { seq: stream.join(screen, services), replayed: 0 };
    if (known === undefined || known === epoch) {
      const end = await this.replay.run(screen, stream, services, lastSeq);
      if (end.kind !== 'too old') return end.kind === 'joined' ? end : { seq: lastSeq, replayed: 0 };
    }
    stream.leave(screen);
    const seq = stream.join(screen, services);
    screen.socket.emit('reset', { epoch, seq });
    return { seq, replayed: 0 };
  }
}

function statesOf(services: ReadonlySet<Service>): ReadonlySet<StateService> {
  return new Set([...services].filter(isStateService));
}

function refusal(code: SubscribeRefusal['code'], detail: string, services?: Service[]): SubscribeRefusal {
  return { type: 'error', code, detail, ...(services ? { services } : {}) };
}
