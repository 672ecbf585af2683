import { describe, expect, it } from '@jest/globals';
import { factsOf, traceOf } from './hit-facts';
import type { RawHit } from '../hit';
import { addressPrefix, NetworkIndex } from './networks.rules';
import { signsOf } from '../intake/request-signs';
import { SCANNER_NETWORKS } from './scanner-networks';
import { MailTraces } from './source-traces.rules';
import { ADDRESSES, AGENTS, CATALOGUE, NAVIGATION, type Scene } from './verdict.catalogue';
import { EDGES } from './verdict.edges';
import { CLICK_RULES, judge, type Judgement, OPEN_RULES } from './verdict.rules';

const HANDED = Date.UTC(2026, 10, 21, 9);

function hitsOf(scene: Scene, networks: NetworkIndex): RawHit[] {
  return scene.requests.map((request, index) => {
    const address = request.address ?? ADDRESSES.home;
    return {
      id: `${scene.id}-${index}`,
      at: HANDED + request.after * 1000,
      kind: request.kind,
      trackingId: 'ticket',
      method: request.method ?? 'GET',
      userAgent: request.ua,
      addressPrefix: addressPrefix(address),
      network: networks.find(address, request.kind)?.label ?? null,
      signs: signsOf(request.headers ?? {}),
      linkIndex: request.kind === 'click' ? (request.link ?? 0) : null,
      link: request.kind === 'click' ? 'https://example.com/' : null,
    };
  });
}

function play(scene: Scene, networks = new NetworkIndex(), handedAt: number | null = HANDED): Judgement[] {
  const hits = hitsOf(scene, networks);
  const traces = new MailTraces(hits.map(traceOf), scene.links ?? null);
  return hits.map((hit) => judge(factsOf(hit, handedAt, traces, networks)));
}

const row = (scene: Scene) => [`${scene.id} ${scene.title}`, scene] as const;

describe('the verdict model', () => {
  it.each(CATALOGUE.map(row))('%s', (_, scene) => {
    const verdicts = play(scene);
    scene.requests.forEach((request, index) => {
      expect(verdicts[index]).toEqual({ verdict: request.expected, rule: expect.stringContaining(request.rule) });
    });
  });

  it.each(EDGES.map(row))('%s', (_, scene) => {
    const verdicts = play(scene);
    scene.requests.forEach((request, index) => {
      expect(verdicts[index]).toEqual({ verdict: request.expected, rule: request.rule });
    });
  });

  it('T40 the click is a machine where the operator added the network for clicks, the open stays unknown', () => {
    const networks = new NetworkIndex([
      ...SCANNER_NETWORKS,
      { cidr: '20.190.128.0/18', label: 'microsoft', role: 'filter', scope: 'click', certainty: 'probable' },
    ]);
    const scene = CATALOGUE.find(({ id }) => id === 'T40');
    expect(scene && play(scene, networks)).toEqual([
      { verdict: 'unknown', rule: 'R9-window' },
      { verdict: 'machine', rule: 'R8-probable-network' },
    ]);
  });

  it('believes no person before the hand-over is on record, however good the evidence', () => {
    const scene: Scene = {
      id: 'X',
      title: '',
      requests: [
        { kind: 'click', after: 600, ua: AGENTS.chrome, headers: NAVIGATION, expected: 'unknown', rule: 'R9' },
        { kind: 'open', after: 600, ua: AGENTS.thunderbird, expected: 'unknown', rule: 'R9' },
        { kind: 'open', after: 600, ua: AGENTS.applePrivacy, expected: 'machine', rule: 'R6' },
      ],
    };
    expect(play(scene, undefined, null).map(({ rule }) => rule)).toEqual([
      'R9-not-handed',
      'R9-not-handed',
      'R6-apple-privacy',
    ]);
  });

  it('always ends in a verdict, and names each rule once per table', () => {
    for (const table of [OPEN_RULES, CLICK_RULES]) {
      expect(table.at(-1)?.id).toBe('R12-otherwise');
      expect(new Set(table.map(({ id }) => id)).size).toBe(table.length);
      expect(table.every(({ says }) => says.length > 0)).toBe(true);
    }
  });
});

describe('addresses', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1234:5678::9', '2001:db8:1234::/48'],
    ['2001:db8::', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['256.1.1.1', null],
    ['1.2.3', null],
    ['1:2:3', null],
    ['1::2::3', null],
    ['g::1', null],
    ['', null],
    [undefined, null],
  ])('keep of %s only %s', (address, prefix) => {
    expect(addressPrefix(address)).toBe(prefix);
  });

  it('find the network they lie in, to the last address and not one further', () => {
    const networks = new NetworkIndex();
    expect(networks.find('40.93.255.255', 'open')?.label).toBe('m365-protection');
    expect(networks.find('40.94.0.0', 'open')).toBeNull();
    expect(networks.find('18.133.136.97', 'click')?.label).toBe('barracuda');
    expect(networks.find('18.133.136.95', 'click')).toBeNull();
    expect(networks.find('2a01:111:f400:7::1', 'click')?.label).toBe('m365-protection');
    expect(networks.find('2a01:111:f401::1', 'click')).toBeNull();
    expect(networks.find('::ffff:209.222.82.1', 'open')?.label).toBe('barracuda');
    expect(networks.find(ADDRESSES.privateRelay, 'open')?.label).toBe('private-relay');
    expect(networks.find(ADDRESSES.privateRelay, 'click')).toBeNull();
    expect(networks.find('not an address', 'open')).toBeNull();
  });
});
