import { ADDRESSES, AGENTS, click, NAVIGATION, one, open, RENDERING, type Scene } from './verdict.catalogue';

/** What the catalogue leaves to us: the choices of the model at its edges. */
export const EDGES: readonly Scene[] = [
  one(
    'E01',
    'an open while the page with the mail was laid out, ten seconds after delivery',
    open(10, AGENTS.chrome, 'human', 'R11-rendering', { headers: RENDERING }),
  ),
  one('E02', 'the same within two seconds', open(1.9, AGENTS.chrome, 'machine', 'R9-too-fast', { headers: RENDERING })),
  one(
    'E03',
    'an ordinary browser ten seconds after delivery, without a sign',
    open(10, AGENTS.chrome, 'unknown', 'R9-window'),
  ),
  one(
    'E04',
    'a bare picture request without a language',
    open(10, AGENTS.chrome, 'unknown', 'R9-window', {
      headers: { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' },
    }),
  ),
  one(
    'E05',
    'the pixel followed like a link',
    open(10, AGENTS.chrome, 'unknown', 'R9-window', { headers: NAVIGATION }),
  ),
  one('E06', 'a fetch before the mail server had said yes', open(-1, AGENTS.thunderbird, 'machine', 'R9-too-fast')),
  one('E07', 'the last moment of the click window', click(30, AGENTS.chrome, 'unknown', 'R9-window')),
  one('E08', 'just after the click window', click(30.001, AGENTS.chrome, 'human', 'R11-browser')),
  one('E09', 'the last moment of the open window', open(60, AGENTS.chrome, 'unknown', 'R9-window')),
  one('E10', 'just after the open window', open(60.001, AGENTS.chrome, 'human', 'R11-browser')),
  one(
    'E11',
    'Proofpoint after its ten minutes',
    click(601, AGENTS.chrome, 'human', 'R11-browser', { address: ADDRESSES.proofpoint }),
  ),
  one('E12', 'a picture proxy never clicks', click(900, AGENTS.gmailProxy, 'machine', 'R4-image-proxy')),
  one('E13', 'a click without a user agent', click(900, '', 'machine', 'R10-no-agent')),
  one('E14', 'an agent nobody knows', click(900, 'Mozilla/5.0 (Terminal; 4) Reader', 'unknown', 'R12-otherwise')),
  one(
    'E15',
    'Safari through Private Relay clicks',
    click(900, AGENTS.iphone, 'human', 'R11-navigation', { address: ADDRESSES.privateRelay, headers: NAVIGATION }),
  ),
  one(
    'E16',
    'Safari through Private Relay reads web mail',
    open(900, AGENTS.iphone, 'human', 'R11-rendering', { address: ADDRESSES.privateRelay, headers: RENDERING }),
  ),
  one('E17', 'a mail of one link, followed once, is no burst', {
    ...click(900, AGENTS.chrome, 'human', 'R11-browser'),
  }),
  {
    id: 'E18',
    title: 'two links within five seconds by a bare browser',
    links: 5,
    requests: [
      click(900, AGENTS.chrome, 'machine', 'R7-two-links'),
      click(904, AGENTS.chrome, 'machine', 'R7-two-links', { link: 1 }),
    ],
  },
  {
    id: 'E19',
    title: 'two links within five seconds with a person before the browser',
    links: 5,
    requests: [
      click(900, AGENTS.chrome, 'unknown', 'R7-two-links-navigation', { headers: NAVIGATION }),
      click(904, AGENTS.chrome, 'unknown', 'R7-two-links-navigation', { link: 1, headers: NAVIGATION }),
    ],
  },
  {
    id: 'E20',
    title: 'two links six seconds apart',
    links: 5,
    requests: [
      click(900, AGENTS.chrome, 'human', 'R11-browser'),
      click(906, AGENTS.chrome, 'human', 'R11-browser', { link: 1 }),
    ],
  },
  {
    id: 'E21',
    title: 'both links of a mail of two within ten seconds',
    links: 2,
    requests: [
      click(900, AGENTS.chrome, 'machine', 'R7-two-links'),
      click(909, AGENTS.chrome, 'machine', 'R7-two-links', { link: 1 }),
    ],
  },
  {
    id: 'E22',
    title: 'three links from three sources are three readers',
    links: 5,
    requests: [
      click(900, AGENTS.chrome, 'human', 'R11-browser'),
      click(901, AGENTS.chrome, 'human', 'R11-browser', { link: 1, address: ADDRESSES.office }),
      click(902, AGENTS.chrome, 'human', 'R11-browser', { link: 2, address: '192.0.2.9' }),
    ],
  },
  {
    id: 'E23',
    title: 'the pixel that a burst fetched first goes down with it',
    links: 5,
    requests: [
      open(890.5, AGENTS.chrome, 'machine', 'R7-burst'),
      ...[0, 1, 2].map((link) => click(900 + link, AGENTS.chrome, 'machine', 'R7-burst', { link })),
    ],
  },
  {
    id: 'E24',
    title: 'a reader elsewhere is not touched by a honeypot hit',
    requests: [
      open(900, AGENTS.firefox, 'human', 'R11-browser', { address: ADDRESSES.office }),
      click(901, AGENTS.chrome, 'machine', 'R3-honeypot', { link: -1 }),
    ],
  },
  {
    id: 'E25',
    title: 'the same source eleven seconds from its honeypot hit',
    requests: [
      open(889, AGENTS.firefox, 'human', 'R11-browser'),
      click(900, AGENTS.chrome, 'machine', 'R3-honeypot', { link: -1 }),
    ],
  },
];
