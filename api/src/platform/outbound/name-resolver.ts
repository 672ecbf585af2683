import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';

/** Turns a host name into all of its addresses. */
export abstract class NameResolver {
  /** Empty when there is no such name. @throws Error when nobody could say. */
  abstract resolve(hostname: string): Promise<string[]>;
}

const UNKNOWN = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA']);

/** What the system says: its hosts file and its name servers. */
@Injectable()
export class SystemResolver extends NameResolver {
  async resolve(hostname: string): Promise<string[]> {
    if (isIP(hostname)) return [hostname];
    try {
      return (await lookup(hostname, { all: true, order: 'verbatim' })).map(({ address }) => address);
    } catch (error) {
      if (UNKNOWN.has((error as NodeJS.ErrnoException).code ?? '')) return [];
      throw error;
    }
  }
}
