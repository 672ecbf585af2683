import { v7 } from 'uuid';
import type { StoredHit } from '../modules/tracking';
import { SIGNS } from '../modules/tracking';
import type { DemoReader } from './demo.step';

interface Look {
  userAgent: string | null;
  /** Where it came from: documentation networks (RFC 5737), and real mail machinery where that is the point. */
  addressPrefix: string;
  network: string | null;
  open: number;
  click: number;
}

const IMAGE = SIGNS.image | SIGNS.noCors | SIGNS.language;
const NAVIGATION = SIGNS.navigate | SIGNS.document | SIGNS.user | SIGNS.language;

/** What the requests of each kind of reader look like. */
const LOOKS: Record<DemoReader, Look> = {
  desktop: {
    userAgent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
    addressPrefix: '198.51.100.0/24',
    network: null,
    open: IMAGE,
    click: NAVIGATION,
  },
  gmail: {
    userAgent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    addressPrefix: '203.0.113.0/24',
    network: null,
    open: 0,
    click: NAVIGATION,
  },
  phone: {
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    addressPrefix: '192.0.2.0/24',
    network: null,
    open: IMAGE,
    click: NAVIGATION,
  },
  'privacy-proxy': { userAgent: 'Mozilla/5.0', addressPrefix: '203.0.113.0/24', network: null, open: 0, click: 0 },
  gateway: {
    userAgent: 'Mozilla/5.0 (compatible; Barracuda Sentinel)',
    addressPrefix: '198.51.100.0/24',
    network: null,
    open: 0,
    click: 0,
  },
};

/** A hit as such a reader would have made it; judged by the same rules as any other. */
export function demoHit(
  reader: DemoReader,
  hit: { kind: 'open' | 'click'; at: Date; messageId: string; link: string | null },
): StoredHit {
  const look = LOOKS[reader];
  return {
    id: v7({ msecs: hit.at.getTime() }),
    messageId: hit.messageId,
    at: hit.at.getTime(),
    kind: hit.kind,
    method: 'GET',
    userAgent: look.userAgent,
    addressPrefix: look.addressPrefix,
    network: look.network,
    signs: hit.kind === 'open' ? look.open : look.click,
    linkIndex: hit.kind === 'click' ? 0 : null,
    link: hit.link,
    sinceHandedMs: null,
    prior: null,
  };
}
