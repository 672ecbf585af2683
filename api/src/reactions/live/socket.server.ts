import { Injectable } from '@nestjs/common';
import type { LiveServer } from './socket.types';

/** The one Socket.IO server of this process, for everything that sends. The gateway puts it here. */
@Injectable()
export class SocketServer {
  private server?: LiveServer;

  put(server: LiveServer): void {
    this.server = server;
  }

  get io(): LiveServer {
    if (!this.server) throw new Error('The socket server has not been started');
    return this.server;
  }
}
