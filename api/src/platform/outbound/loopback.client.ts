import { request, type IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Config } from '../config';

/** What our own server answered. The body is read and dropped. */
export interface LoopbackAnswer {
  status: number;
  headers: IncomingHttpHeaders;
}

export interface LoopbackRequest {
  method: 'GET' | 'HEAD';
  /** An address of ours, as it stands in a mail. */
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Another address of this machine's loopback network to come from, where the system has one. */
  from?: string;
}

/**
 * Asks this very server over real HTTP, as a mail program on this machine would. It cannot reach anything else: the
 * address it connects to is that of the own listener, whatever the URL says.
 */
@Injectable()
export class LoopbackClient {
  constructor(
    private readonly config: Config,
    private readonly adapters: HttpAdapterHost,
  ) {}

  /** True for addresses that this server gave out. */
  isOurs(url: string): boolean {
    return URL.canParse(url) && new URL(url).origin === new URL(this.config.publicUrl).origin;
  }

  /** @throws when the address is not ours or the server does not answer within five seconds. */
  async fetch(asked: LoopbackRequest): Promise<LoopbackAnswer> {
    if (!this.isOurs(asked.url)) throw new Error('only addresses of this server can be asked');
    try {
      return await this.ask(asked, asked.from);
    } catch (error) {
      // Not every system has the whole of 127.0.0.0/8; then it is asked from the usual address.
      if (asked.from && codeOf(error) === 'EADDRNOTAVAIL') return this.ask(asked, undefined);
      throw error;
    }
  }

  private ask({ method, url, headers }: LoopbackRequest, localAddress: string | undefined): Promise<LoopbackAnswer> {
    const { pathname, search, host } = new URL(url);
    const { address, port } = this.listener();
    return new Promise((resolve, reject) => {
      const asking = request(
        {
          host: address,
          port,
          method,
          path: `${pathname}${search}`,
          headers: { ...headers, host },
          agent: false,
          timeout: 5_000,
          ...(localAddress === undefined ? {} : { localAddress }),
        },
        (answer) => {
          answer.resume();
          answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
          answer.once('error', reject);
        },
      );
      asking.once('timeout', () => asking.destroy(new Error('the own server did not answer in time')));
      asking.once('error', reject);
      asking.end();
    });
  }

  private listener(): { address: string; port: number } {
    const bound: unknown = this.adapters.httpAdapter?.getHttpServer()?.address();
    if (typeof bound !== 'object' || bound === null || !('port' in bound)) {
      throw new Error('this process serves no HTTP');
    }
    const { address, port } = bound as { address: string; port: number };
    return { address: address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address, port };
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
