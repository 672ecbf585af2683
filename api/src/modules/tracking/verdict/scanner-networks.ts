/**
 * Networks whose requests are known, as a dated and replaceable file. What follows from a match stands in the verdict
 * rules; a match never changes the answer that is given.
 *
 * `role`: `filter` scans mail for others; `relay` carries people and their devices' automatic fetches alike.
 * `scope`: `both`, or only the kind of hit it may be judged on: a network that also fetches pictures for people who
 * read must never be named for opens.
 * `certainty`: `certain` settles it. `probable` also carries people (a clicked page shown from the vendor's cloud), so
 * it counts only while the delivery-time scan is plausible (R8).
 *
 * Chosen, not complete: an entry that is missing costs a scan that is judged by its timing instead; an entry that is
 * wrong costs a person. Microsoft's and Google's other ranges (AS8075, AS15169) are left out for that reason: their
 * web mail fetches pictures from there for people who read. An operator who wants them adds them for clicks only.
 */
export interface ScannerNetwork {
  cidr: string;
  label: string;
  role: 'filter' | 'relay';
  scope: 'both' | 'open' | 'click';
  certainty: 'certain' | 'probable';
}

/** The day this list was last gone through. */
export const NETWORKS_AS_OF = '2026-11-21';

type Family = Omit<ScannerNetwork, 'cidr'>;
const family = (entry: Family, cidrs: readonly string[]): ScannerNetwork[] => cidrs.map((cidr) => ({ ...entry, cidr }));

/** Microsoft 365 endpoint list, sets 9 and 10 (`*.protection.outlook.com`): the filtering layer, no mailbox is read from it. */
const MICROSOFT = family({ label: 'm365-protection', role: 'filter', scope: 'both', certainty: 'certain' }, [
  '40.92.0.0/15',
  '40.107.0.0/16',
  '52.100.0.0/14',
  '52.238.78.88/32',
  '104.47.0.0/17',
  '2a01:111:f400::/48',
  '2a01:111:f403::/48',
]);

/** Barracuda Email Gateway Defense: the ranges each region connects to customers from, as Barracuda publishes them. */
const BARRACUDA = family({ label: 'barracuda', role: 'filter', scope: 'both', certainty: 'certain' }, [
  '209.222.82.0/24',
  '3.24.133.128/25',
  '15.222.16.128/25',
  '35.157.190.224/27',
  '18.185.115.192/26',
  '18.184.203.224/27',
  '13.200.136.128/25',
  '35.176.92.96/27',
  '18.133.136.128/26',
  '18.133.136.96/27',
]);

/** Proofpoint (AS22843, AS26211, AS52129). Probable: Proofpoint Isolation shows people pages from the same networks. */
const PROOFPOINT = family({ label: 'proofpoint', role: 'filter', scope: 'both', certainty: 'probable' }, [
  '67.231.144.0/20',
  '148.163.128.0/19',
  '205.220.160.0/19',
  '66.159.224.0/19',
  '91.207.212.0/23',
  '91.209.104.0/24',
  '62.209.50.0/23',
  '185.132.180.0/22',
  '185.183.28.0/22',
]);

/** Mimecast (AS30031, AS39588, AS42427, AS60492), from its published mail records. Probable: Browser Isolation. */
const MIMECAST = family({ label: 'mimecast', role: 'filter', scope: 'both', certainty: 'probable' }, [
  '91.220.42.0/24',
  '146.101.78.0/24',
  '185.58.84.0/22',
  '193.7.206.0/23',
  '195.130.217.0/24',
  '207.82.80.0/24',
  '63.128.21.0/24',
  '170.10.128.0/21',
  '170.10.144.0/22',
  '205.139.110.0/23',
  '207.211.30.0/23',
  '216.205.24.0/24',
  '41.74.192.0/20',
  '51.163.158.0/23',
  '194.104.108.0/22',
  '103.13.69.0/24',
  '103.96.20.0/22',
  '124.47.150.0/24',
  '124.47.189.0/24',
]);

/** Cisco Secure Email (AS16417), the former IronPort cloud. */
const CISCO = family({ label: 'cisco-secure-email', role: 'filter', scope: 'both', certainty: 'probable' }, [
  '68.232.128.0/19',
  '216.71.128.0/19',
  '184.94.240.0/20',
]);

/**
 * iCloud Private Relay egress. The same addresses carry Mail Privacy Protection, which fetches without a reader, and
 * Safari, which does not; only the Mail-like opens among them are held back (T11). Apple publishes the exact list;
 * these are the blocks of its three operators that hold it.
 */
const PRIVATE_RELAY = family({ label: 'private-relay', role: 'relay', scope: 'open', certainty: 'probable' }, [
  '104.28.0.0/16',
  '140.248.0.0/16',
  '146.75.128.0/17',
  '172.224.0.0/15',
  '2606:54c0::/30',
  '2a02:26f7::/32',
  '2a04:4e41::/32',
]);

export const SCANNER_NETWORKS: readonly ScannerNetwork[] = [
  ...MICROSOFT,
  ...BARRACUDA,
  ...PROOFPOINT,
  ...MIMECAST,
  ...CISCO,
  ...PRIVATE_RELAY,
];
