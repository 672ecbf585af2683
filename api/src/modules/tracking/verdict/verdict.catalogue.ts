import type { HitKind, Verdict } from '@threadline/contracts';

/** One request of a scene: what came in, how long after the hand-over, and what the model must make of it. */
export interface SceneRequest {
  kind: HitKind;
  /** Seconds after the hand-over. */
  after: number;
  ua: string | null;
  /** A home connection unless said otherwise. */
  address?: string;
  method?: string;
  headers?: Record<string, string>;
  /** Number of the link; -1 is the invisible one. */
  link?: number;
  expected: Verdict;
  /** Beginning of the rule's id. */
  rule: string;
}

export interface Scene {
  id: string;
  title: string;
  /** Tracked links in the mail. */
  links?: number;
  requests: SceneRequest[];
}

export const AGENTS = {
  chrome:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
  macChrome:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  applePrivacy: 'Mozilla/5.0',
  gmailPrefetch:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0',
  gmailProxy: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  yahooProxy: 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
  outlook: 'Mozilla/4.0 (compatible; ms-office; MSOffice 16)',
  thunderbird: 'Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.6.0',
  appleMail: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
  teams:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Teams/1.5.00.33362 Chrome/102.0.5005.167 Electron/19.1.8 Safari/537.36',
} as const;

export const ADDRESSES = {
  home: '203.0.113.7',
  office: '198.51.100.20',
  microsoftFilter: '40.107.22.9',
  microsoftOther: '20.190.151.7',
  proofpoint: '67.231.148.12',
  mimecast: '91.220.42.201',
  cisco: '68.232.140.5',
  barracuda: '209.222.82.77',
  privateRelay: '172.225.158.176',
  google: '66.249.93.12',
} as const;

/** What a browser sends when a person follows a link. */
export const NAVIGATION = {
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-user': '?1',
  'accept-language': 'en-GB,en;q=0.9',
} as const;

/** What a browser sends for a picture in a page it lays out. */
export const RENDERING = {
  'sec-fetch-mode': 'no-cors',
  'sec-fetch-dest': 'image',
  'sec-fetch-site': 'cross-site',
  'accept-language': 'en-GB,en;q=0.9',
} as const;

export const open = (
  after: number,
  ua: string | null,
  expected: Verdict,
  rule: string,
  more: Partial<SceneRequest> = {},
) => ({ kind: 'open', after, ua, expected, rule, ...more }) satisfies SceneRequest;
export const click = (
  after: number,
  ua: string | null,
  expected: Verdict,
  rule: string,
  more: Partial<SceneRequest> = {},
) => ({ kind: 'click', after, ua, expected, rule, link: 0, ...more }) satisfies SceneRequest;
export const one = (id: string, title: string, request: SceneRequest): Scene => ({ id, title, requests: [request] });

/** The catalogue of section 4.2 (T01 to T46), row by row. */
export const CATALOGUE: readonly Scene[] = [
  one(
    'T01',
    'Apple privacy fetches at any time',
    open(40_000, AGENTS.applePrivacy, 'machine', 'R6-apple-privacy', { address: ADDRESSES.privateRelay }),
  ),
  one(
    'T02',
    'Gmail fetches ahead of the reader',
    open(120, AGENTS.gmailPrefetch, 'machine', 'R6-gmail-prefetch', { address: ADDRESSES.google }),
  ),
  one(
    'T03',
    "Gmail's picture proxy, a quarter of an hour later",
    open(900, AGENTS.gmailProxy, 'human', 'R11-image-proxy', { address: ADDRESSES.google }),
  ),
  one(
    'T04',
    "Gmail's picture proxy, three seconds later",
    open(3, AGENTS.gmailProxy, 'unknown', 'R9-window', { address: ADDRESSES.google }),
  ),
  {
    id: 'T05',
    title: 'forty repeats through the picture proxy over a day',
    requests: Array.from({ length: 40 }, (_, n) =>
      open(900 + n * 2_000, AGENTS.gmailProxy, 'human', 'R11-image-proxy', { address: ADDRESSES.google }),
    ),
  },
  one('T06', "Yahoo's picture proxy", open(600, AGENTS.yahooProxy, 'human', 'R11-image-proxy')),
  one('T07', 'Outlook on a desk', open(300, AGENTS.outlook, 'human', 'R11-mail-program')),
  one('T09', 'Thunderbird', open(90, AGENTS.thunderbird, 'human', 'R11-mail-program')),
  one('T10', 'Apple Mail without privacy protection', open(500, AGENTS.appleMail, 'human', 'R11-mail-program')),
  one(
    'T11',
    'a Mail-like Safari from a Private Relay address',
    open(500, AGENTS.appleMail, 'unknown', 'R6-private-relay', { address: ADDRESSES.privateRelay }),
  ),
  one('T12', 'HEAD on the pixel', open(500, AGENTS.thunderbird, 'machine', 'R1-method', { method: 'HEAD' })),
  one(
    'T13',
    'Sec-Purpose: prefetch',
    open(500, AGENTS.chrome, 'machine', 'R2-prefetch', {
      headers: { ...RENDERING, 'sec-purpose': 'prefetch;prerender' },
    }),
  ),
  one(
    'T13',
    'Purpose: prefetch',
    open(500, AGENTS.chrome, 'machine', 'R2-prefetch', { headers: { purpose: 'prefetch' } }),
  ),
  one(
    'T13',
    'X-Moz: prefetch',
    open(500, AGENTS.firefox, 'machine', 'R2-prefetch', { headers: { 'x-moz': 'prefetch' } }),
  ),
  one(
    'T13',
    'X-Purpose: preview',
    open(500, AGENTS.iphone, 'machine', 'R2-prefetch', { headers: { 'x-purpose': 'preview' } }),
  ),
  one('T14', 'no user agent', open(500, null, 'unknown', 'R10-no-agent')),
  one(
    'T15',
    "Microsoft's filter as Chrome",
    open(5, AGENTS.chrome, 'machine', 'R5-filter-network', { address: ADDRESSES.microsoftFilter }),
  ),
  one(
    'T17',
    "Microsoft's filter clicks",
    click(8, AGENTS.chrome, 'machine', 'R5-filter-network', { address: ADDRESSES.microsoftFilter }),
  ),
  one(
    'T19',
    'Proofpoint clicks',
    click(15, AGENTS.chrome, 'machine', 'R8-probable-network', { address: ADDRESSES.proofpoint }),
  ),
  one(
    'T19',
    'Mimecast clicks',
    click(15, AGENTS.chrome, 'machine', 'R8-probable-network', { address: ADDRESSES.mimecast }),
  ),
  one('T19', 'Cisco clicks', click(15, AGENTS.chrome, 'machine', 'R8-probable-network', { address: ADDRESSES.cisco })),
  one(
    'T21',
    'Barracuda clicks',
    click(3, AGENTS.chrome, 'machine', 'R5-filter-network', { address: ADDRESSES.barracuda }),
  ),
  ...['BarracudaCentral', 'Proofpoint', 'Mimecast', 'urldefense', 'safelinks'].map((name) =>
    one(
      'T22',
      `${name} in the user agent`,
      click(900, `Mozilla/5.0 (compatible; ${name}/1.0)`, 'machine', 'R4-declared'),
    ),
  ),
  ...['curl/8.4.0', 'python-requests/2.31.0', 'Go-http-client/1.1', 'okhttp/4.12.0', 'Java/17.0.9'].map((name) =>
    one('T23', name, click(900, name, 'machine', 'R4-declared')),
  ),
  one(
    'T24',
    'a headless browser',
    click(900, AGENTS.chrome.replace('Chrome/138', 'HeadlessChrome/120'), 'machine', 'R4-declared', {
      headers: NAVIGATION,
    }),
  ),
  {
    id: 'T25',
    title: 'HEAD and then GET of the same link within a second',
    requests: [
      click(2, AGENTS.chrome, 'machine', 'R1-method', { method: 'HEAD' }),
      click(2.6, AGENTS.chrome, 'machine', 'R1-head-pair', { headers: NAVIGATION }),
    ],
  },
  one(
    'T26',
    'a click 0.8 s after delivery',
    click(0.8, AGENTS.chrome, 'machine', 'R9-too-fast', { headers: NAVIGATION }),
  ),
  {
    id: 'T27',
    title: 'a click after 12 s from another system and network than the earlier reader',
    requests: [
      open(9, AGENTS.thunderbird, 'human', 'R11-mail-program'),
      click(12, AGENTS.macChrome, 'unknown', 'R9-window', { address: ADDRESSES.office }),
    ],
  },
  {
    id: 'T28',
    title: 'all seven links in four seconds',
    links: 7,
    requests: Array.from({ length: 7 }, (_, link) =>
      click(45 + link * 0.6, AGENTS.chrome, 'machine', 'R7-burst', { link }),
    ),
  },
  {
    id: 'T30',
    title: 'the invisible link, then five visible ones',
    links: 5,
    requests: [
      click(60, AGENTS.chrome, 'machine', 'R3-honeypot', { link: -1, headers: NAVIGATION }),
      ...Array.from({ length: 5 }, (_, link) =>
        click(61 + link * 2, AGENTS.chrome, 'machine', link * 2 + 1 <= 10 ? 'R3b-honeypot-source' : 'R7-burst', {
          link,
          headers: NAVIGATION,
        }),
      ),
    ],
  },
  one(
    'T32',
    'a navigation with everything a browser sends',
    click(600, AGENTS.chrome, 'human', 'R11-navigation', { headers: NAVIGATION }),
  ),
  ...[
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'WhatsApp/2.23.20.0',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'TelegramBot (like TwitterBot)',
  ].map((name) => one('T34', `the preview of ${name.split(/[/ ]/)[0]}`, click(900, name, 'machine', 'R4-declared'))),
  one('T35', 'a short-link expander right after an SMS', click(4, 'LinkExpanderBot/1.0', 'machine', 'R4-declared')),
  one('T36', 'Teams on a desk', click(900, AGENTS.teams, 'human', 'R11-browser')),
  one('T37', 'a fast reader on a phone', click(25, AGENTS.iphone, 'human', 'R11-navigation', { headers: NAVIGATION })),
  one('T38', 'a click without any open before', click(1_800, AGENTS.chrome, 'human', 'R11-browser')),
  {
    id: 'T39',
    title: 'open and click within 200 ms',
    requests: [
      open(4_000, AGENTS.firefox, 'human', 'R11-browser'),
      click(4_000.2, AGENTS.firefox, 'human', 'R11-browser'),
    ],
  },
  {
    id: 'T40',
    title: 'two user agents from one Microsoft address',
    requests: [
      open(30, AGENTS.chrome, 'unknown', 'R9-window', { address: ADDRESSES.microsoftOther }),
      click(30, AGENTS.macChrome, 'unknown', 'R9-window', { address: ADDRESSES.microsoftOther }),
    ],
  },
  {
    id: 'T41',
    title: 'Apple privacy at delivery, Thunderbird three hours later',
    requests: [
      open(5, AGENTS.applePrivacy, 'machine', 'R6-apple-privacy'),
      open(10_800, AGENTS.thunderbird, 'human', 'R11-mail-program'),
    ],
  },
  one(
    'T44',
    'a second scan hours later',
    click(20_000, AGENTS.chrome, 'machine', 'R5-filter-network', { address: ADDRESSES.microsoftFilter }),
  ),
  one('T46', 'the unsubscribe page three seconds later', click(3, AGENTS.chrome, 'unknown', 'R9-window')),
];
