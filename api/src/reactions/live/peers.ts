import { Injectable } from '@nestjs/common';
import type { Presence } from '@threadline/contracts';
import { Subject, type Observable } from 'rxjs';
import { v7 } from 'uuid';
import { Config } from '../../platform/config';
import { SocketServer } from './socket.server';

/**
 * What nodes tell each other about who is where. `place`: one place's people on that node, as the `version`th of its
 * tellings. `alive`: how many tellings there have been, so that a missed one is noticed. `ask`: tell me everything
 * (nobody in particular: all of you). `all`: everything, in place of what was told before.
 */
export type PeerNews =
  | { kind: 'place'; node: string; version: number; place: string; people: Presence[] }
  | { kind: 'all'; node: string; version: number; places: [place: string, people: Presence[]][] }
  | { kind: 'alive'; node: string; version: number }
  | { kind: 'ask'; node: string; whom: string | null }
  | { kind: 'gone'; node: string };

/** The other nodes, by the Redis adapter; without REDIS_URL there are none. */
@Injectable()
export class Peers {
  readonly node = v7();
  readonly any: boolean;
  private readonly heard = new Subject<PeerNews>();
  readonly heard$: Observable<PeerNews> = this.heard.asObservable();

  constructor(
    config: Config,
    private readonly server: SocketServer,
  ) {
    this.any = config.redisUrl !== null;
  }

  /** Called once the server is there. */
  listen(): void {
    if (this.any) this.server.io.on('peer', (news) => this.heard.next(news));
  }

  tell(news: PeerNews): void {
    if (this.any) this.server.io.serverSideEmit('peer', news);
  }
}
