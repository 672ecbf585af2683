import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, Server as SecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request that a receiver got. */
export interface Hit {
  headers: IncomingHttpHeaders;
  body: string;
  path: string;
  at: number;
}

export type Answering = (response: ServerResponse, hit: Hit) => void;

const OK: Answering = (response) => response.end('thank you');

/** A receiver of webhooks on this machine, which answers as it is told and keeps what it got. */
export class Receiver {
  private hits: Hit[] = [];
  /** How it answers. */
  answers: Answering = OK;

  private constructor(
    private readonly server: Server | SecureServer,
    readonly port: number,
  ) {}

  /** @param tls what it shows and offers as a server of HTTPS; without it, it speaks HTTP */
  static async start(answers: Answering = OK, tls?: ServerOptions): Promise<Receiver> {
    const server = tls ? createSecureServer(tls) : createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new Receiver(server, (server.address() as AddressInfo).port);
    receiver.answers = answers;
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const hit = {
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
          path: request.url ?? '',
          at: performance.now(),
        };
        receiver.hits.push(hit);
        receiver.answers(response, hit);
      });
    });
    return receiver;
  }

  get url(): string {
    return `${this.server instanceof SecureServer ? 'https' : 'http'}://127.0.0.1:${this.port}/hook`;
  }

  /** What it got since it was last asked. */
  take(): Hit[] {
    return this.hits.splice(0);
  }

  /** It answers this status from now on. */
  answer(status: number, headers: Record<string, string> = {}, body = ''): void {
    this.answers = (response) => response.writeHead(status, headers).end(body);
  }

  ok(): void {
    this.answers = OK;
  }

  /** As a server of HTTPS it shows and offers this from now on. */
  presents(tls: ServerOptions): void {
    if (!(this.server instanceof SecureServer)) throw new Error('It does not speak HTTPS');
    this.server.setSecureContext(tls);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
