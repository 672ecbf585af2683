import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_USER_SETTINGS, type Permission } from '@threadline/contracts';
import { FakeServer, refusal } from '../api/testing/fake-server';
import { Session } from '../session';
import { BROWSER_ZONE, Preferences } from './preferences.service';

const ELSEWHERE = 'Pacific/Auckland';

describe('the person’s settings', () => {
  let server: FakeServer;
  let saved: unknown[];

  beforeEach(() => {
    saved = [];
    server = new FakeServer();
    server.on('PUT /api/user/settings', ({ body }) => {
      saved.push(body);
      return { body };
    });
  });
  afterEach(() => server.close());

  async function preferences(kept: object, permissions: Permission[] = ['settings:write']): Promise<Preferences> {
    server.on('GET /api/user/settings', { body: { ...DEFAULT_USER_SETTINGS, ...kept } });
    const me = signal({ user: { id: 'u1' }, permissions, secondFactorMissing: false });
    TestBed.configureTestingModule({ providers: [{ provide: Session, useValue: { me } }] });
    const made = TestBed.inject(Preferences);
    TestBed.tick();
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    return made;
  }

  it('begin with the browser’s time zone, which the first sign-in saves', async () => {
    const { timezone } = await preferences({ saved: false });
    expect(timezone()).toBe(BROWSER_ZONE);
    expect(saved).toEqual([{ ...DEFAULT_USER_SETTINGS, timezone: BROWSER_ZONE, saved: true }]);
  });

  it.each([ELSEWHERE, 'UTC'])('keep the zone that the person chose: %s', async (zone) => {
    const { timezone } = await preferences({ saved: true, timezone: zone });
    expect(timezone()).toBe(zone);
    expect(saved).toEqual([]);
  });

  it('are in the browser’s zone too for those who may save none, or could not', async () => {
    const { timezone } = await preferences({ saved: false }, []);
    expect([timezone(), saved]).toEqual([BROWSER_ZONE, []]);
    TestBed.resetTestingModule();
    server.on('PUT /api/user/settings', refusal(503, 'not_ready'));
    expect((await preferences({ saved: false })).timezone()).toBe(BROWSER_ZONE);
  });

  it('are saved with the zone in use when something else is chosen', async () => {
    const made = await preferences({ saved: true, timezone: ELSEWHERE });
    await made.save({ theme: 'dark' });
    expect(saved).toEqual([{ ...DEFAULT_USER_SETTINGS, timezone: ELSEWHERE, theme: 'dark', saved: true }]);
  });
});
