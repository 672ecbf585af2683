import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../access';
import { Deprecated, deprecationOf, soonest, tellEnding } from './deprecations';
import { ApiVersions, FIRST_VERSION } from './versions';

const keyMadeAt = (day: string) =>
  ({
    credential: {
      kind: 'api_key',
      id: `${Date.parse(day)
        .toString(16)
        .padStart(12, '0')
        .replace(/^(.{8})/, '$1-')}-7000`,
    },
  }) as Actor;

describe('the dated versions', () => {
  const versions = new ApiVersions();
  const ofLeads = (name: string) => ({
    leadsList: {
      answer: (body: unknown) => `${String(body)} ${name}`,
      request: (body: unknown) => `${String(body)} ${name}`,
    },
  });
  versions.register({ version: '2028-01-01', what: 'second', operations: ofLeads('second') });
  versions.register({ version: '2027-01-01', what: 'first', operations: ofLeads('first') });

  it('are applied one after the other: answers from the newest down, requests from the oldest up', () => {
    expect(versions.newest).toBe('2028-01-01');
    expect(versions.toOlder(FIRST_VERSION, 'leadsList', 'now')).toBe('now second first');
    expect(versions.toOlder('2027-01-01', 'leadsList', 'now')).toBe('now second');
    expect(versions.toOlder('2028-01-01', 'leadsList', 'now')).toBe('now');
    expect(versions.fromOlder(FIRST_VERSION, 'leadsList', 'then')).toBe('then first second');
    expect(versions.toOlder(FIRST_VERSION, 'leadsLead', 'now')).toBe('now');
  });

  it('give a key the newest of the day it was made', () => {
    expect(versions.usualFor(keyMadeAt('2020-01-01'))).toBe(FIRST_VERSION);
    expect(versions.usualFor(keyMadeAt('2027-01-01'))).toBe('2027-01-01');
    expect(versions.usualFor(keyMadeAt('2027-12-31'))).toBe('2027-01-01');
    expect(versions.usualFor(keyMadeAt('2029-01-01'))).toBe('2028-01-01');
    expect(versions.usualFor(undefined)).toBe('2028-01-01');
  });

  it('end a year after the next one came', () => {
    expect(versions.endingOf(FIRST_VERSION)).toEqual({
      since: Date.parse('2027-01-01'),
      sunset: Date.parse('2028-01-01'),
    });
    expect(versions.endingOf('2028-01-01')).toBeUndefined();
  });
});

describe('a route that will go', () => {
  const deprecation = { since: '2027-02-01', sunset: '2027-09-01', instead: 'Use GET /api/leads.' };
  class Routes {
    @Deprecated(deprecation)
    old(): void {}
  }

  it('says since when and until when', () => {
    const told: Record<string, unknown> = {};
    const reply = {
      header: (name: string, value: unknown) => ((told[name] = value), reply),
    } as unknown as FastifyReply;
    const ending = soonest(deprecationOf(Routes.prototype.old), { since: 0, sunset: Date.parse('2030-01-01') });
    if (ending) tellEnding(reply, ending);
    expect(told).toMatchObject({
      deprecation: `@${Date.parse('2027-02-01') / 1_000}`,
      sunset: 'Wed, 01 Sep 2027 00:00:00 GMT',
    });
  });
});
