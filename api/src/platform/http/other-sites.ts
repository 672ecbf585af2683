import type { FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { Refusal } from '../refusal';

/**
 * Refuses what a page of another site had a browser send (ASVS 3.5.1): a browser says so itself, and one that does not
 * at least says where the page is from. What is no browser sends neither.
 * @throws Refusal `cross_site`
 */
export function refuseOtherSites({ headers, host }: Pick<FastifyRequest, 'headers' | 'host'>, config: Config): void {
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site') throw new Refusal('cross_site');
  const { origin } = headers;
  // A neighbour under the same domain, or another port, is the same site and not this one.
  if (site === 'same-origin' || origin === undefined || origin === config.publicUrl) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw new Refusal('cross_site');
}
