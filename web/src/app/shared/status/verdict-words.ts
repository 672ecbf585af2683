import type { Hit } from '@threadline/contracts';

/** Why a rule of the verdict model decided as it did, in words for people. */
const WHY: Readonly<Record<string, string>> = {
  'R1-method': 'Not fetched in the way a mail program or a browser does',
  'R1-head-pair': 'The same source only looked whether it was there, within a second',
  'R2-prefetch': 'It says itself that it loads ahead or makes a preview',
  'R3-honeypot': 'Followed a link that no person can see',
  'R3b-honeypot-source': 'The same source followed an invisible link within 10 seconds',
  'R4-declared': 'It says itself that it is a scanner, a preview or a program',
  'R4-image-proxy': 'A mail provider’s picture service, which never clicks for a person',
  'R5-filter-network': 'Came from a network that does nothing but filter mail',
  'R6-apple-privacy': 'Apple’s mail privacy protection loads pictures whether or not anybody reads',
  'R6-gmail-prefetch': 'Gmail loaded the picture ahead of the reader',
  'R6-private-relay': 'Came through Apple’s private relay, as readers and machines do alike',
  'R7-burst': 'One source followed three links, or all of them, within 10 seconds',
  'R7-two-links-navigation': 'Two links within seconds, but as a browser with a person before it',
  'R7-two-links': 'One source followed two links within seconds',
  'R8-probable-network': 'A mail security network, within ten minutes of delivery',
  'R9-too-fast': 'Within two seconds of delivery',
  'R9-not-handed': 'The mail was not known to be delivered yet',
  'R9-window': 'Soon after delivery, when scanners are about, and without a sign of a person',
  'R10-no-agent': 'It did not say what program it is',
  'R11-image-proxy': 'The mail provider’s picture service loaded it for a reader',
  'R11-mail-program': 'A mail program loaded it for the message on screen',
  'R11-rendering': 'A browser loaded it while it showed the message',
  'R11-navigation': 'A browser went there because a person asked it to',
  'R11-browser': 'An ordinary browser, long after delivery, with nothing against it',
  'R12-otherwise': 'Nothing tells which it was',
};

/** In words, why a hit was judged so. */
export function whyOf({ rule }: Pick<Hit, 'rule'>): string {
  return WHY[rule] ?? 'Judged by a rule that this page does not know yet';
}
