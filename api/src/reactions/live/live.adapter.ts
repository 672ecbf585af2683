import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Server, type ServerOptions } from 'socket.io';
import { Config } from '../../platform/config';
import { AdapterRedis } from './adapter.redis';

/** Everything about the transport. A peer that does not answer is gone after 20 + 20 seconds. */
const TRANSPORT: Partial<ServerOptions> = {
  path: '/socket.io',
  serveClient: false,
  transports: ['websocket'],
  allowUpgrades: false,
  allowEIO3: false,
  perMessageDeflate: false,
  httpCompression: false,
  cookie: false,
  maxHttpBufferSize: 64 * 1024,
  pingInterval: 20_000,
  pingTimeout: 20_000,
  connectTimeout: 10_000,
};

/** Of the version that Nest brings along; the one in use is ours. */
type NestServer = Parameters<IoAdapter['close']>[0];

/** Socket.IO on the application's own HTTP server. `app.useWebSocketAdapter(new LiveAdapter(app))`. */
export class LiveAdapter extends IoAdapter {
  private readonly config: Config;
  private redis?: AdapterRedis;

  constructor(app: INestApplicationContext) {
    super(app);
    this.config = app.get(Config);
  }

  override createIOServer(): NestServer {
    const allowRequest: ServerOptions['allowRequest'] = (request, decide) => decide(null, this.isOwn(request));
    const server = new Server(this.httpServer, { ...TRANSPORT, allowRequest, ...this.between() });
    return server as unknown as NestServer;
  }

  override async close(server: NestServer): Promise<void> {
    const connections = Object.values(connectionsOf(server));
    const closing = super.close(server);
    // Not waiting for the other sides to say good-bye.
    for (const { transport } of connections) transport.socket?.terminate();
    await closing;
  }

  override async dispose(): Promise<void> {
    this.redis?.end();
    await super.dispose();
  }

  /** How nodes reach each other's screens, when there are several. */
  private between(): Partial<ServerOptions> {
    if (!this.config.redisUrl) return {};
    this.redis = new AdapterRedis(this.config.redisUrl);
    const names = { streamName: 'threadline:live', channelPrefix: 'threadline:live' };
    return { adapter: createAdapter(this.redis, { ...names, maxLen: 2_000, onlyPlaintext: true }) };
  }

  /** Pages of other sites may not connect. What is no page says no origin. */
  private isOwn(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined || origin === this.config.publicUrl) return true;
    return URL.canParse(origin) && host !== undefined && new URL(origin).host === host;
  }
}

function connectionsOf(server: NestServer): Record<string, { transport: { socket?: { terminate(): void } } }> {
  const engine: { clients?: unknown } = server.engine as never;
  return (engine.clients ?? {}) as Record<string, { transport: { socket?: { terminate(): void } } }>;
}
