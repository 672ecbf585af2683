import type { Hit } from '@threadline/contracts';

/** Why a rule of the verdict model decided as it did, in words for people. */
const WHY: Readonly<Record<string, string>> = {
  'R1-method': 'Not fetched with GET, as a reader does',
  'R1-head-pair': 'The same source asked with HEAD within a second',
  'R2-prefetch': 'The request calls itself a prefetch or preview',
  'R3-honeypot': 'Followed a link that no person can see',
  'R3b-honeypot-source': 'The same source followed an invisible link within 10 seconds',
  'R4-declared': 'The user agent says it is a scanner, a preview or a program',
  'R4-image-proxy': 'A picture proxy never clicks for a person',
  'R5-filter-network': 'Came from a network that only filters mail',
  'R6-apple-privacy': 'Apple Mail Privacy Protection fetches whether or not anybody reads',
  'R6-gmail-prefetch': 'Gmail fetched the picture ahead of the reader',
  'R6-private-relay': 'The relay carries readers and automatic fetches alike',
  'R7-burst': 'One source followed three links, or all of them, within 10 seconds',
  'R7-two-links-navigation': 'Two links within seconds, but as a browser with a person before it',
  'R7-two-links': 'One source followed two links within seconds',
  'R8-probable-network': 'A mail security network, within ten minutes of delivery',
  'R9-too-fast': 'Within two seconds of delivery',
  'R9-not-handed': 'The delivery is not on record yet',
  'R9-window': 'Soon after delivery, when scanners are about, and without a sign of a person',
  'R10-no-agent': 'No user agent',
  'R11-image-proxy': 'The picture proxy fetched it for a reader',
  'R11-mail-program': 'A mail program fetched it for the message on screen',
  'R11-rendering': 'A browser fetched it while it laid out the message',
  'R11-navigation': 'A browser went there because a person asked it to',
  'R11-browser': 'An ordinary browser, long after delivery, with nothing against it',
  'R12-otherwise': 'Nothing tells',
};

/** In words, why a hit was judged so; by its rule's id where this version does not know the rule. */
export function whyOf({ rule }: Pick<Hit, 'rule'>): string {
  return WHY[rule] ?? `Decided by rule ${rule}`;
}
