import { describe, expect, it } from '@jest/globals';
import { DeliveryLimits } from './delivery-limits';
import { freed, Hosts } from './hosts.rules';
import { Lane } from './lane';

describe('places at a host', () => {
  const lane = (webhookId: string, workspaceId = 'w') => new Lane({ workspaceId, webhookId }, new DeliveryLimits());

  it('are counted for each workspace, and go to who waits longest', () => {
    const hosts = new Hosts();
    const [a, b, c] = [lane('a'), lane('b'), lane('c')];
    const host = hosts.of(a);
    expect(hosts.of(b)).toBe(host);
    expect(hosts.of(lane('d', 'other'))).not.toBe(host);
    host.running = 9;
    for (const each of [a, b, c]) host.waiting.add(each);
    expect(freed(host, 10)).toEqual([a]);
    host.running = 10;
    expect(freed(host, 10)).toEqual([]);
    host.running = 8;
    expect(freed(host, 10)).toEqual([b, c]);
  });

  it('leave nobody waiting when no attempt is left that could end', () => {
    const hosts = new Hosts();
    const many = Array.from({ length: 30 }, (_, index) => lane(String(index)));
    const host = hosts.of(lane('a'));
    for (const each of many) host.waiting.add(each);
    expect(freed(host, 10)).toEqual(many);
    expect(host.waiting.size).toBe(0);
  });
});
