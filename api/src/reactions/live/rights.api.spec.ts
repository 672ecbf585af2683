import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Envelope, EVENT_TYPES, PERMISSIONS, type SubscribeRefusal } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { SessionDirectory } from '../../modules/auth';
import { maySee, onlyFor, shows } from './live.table';
import { happens, happensAtOnce, range, TestScreen } from './test-screen';

const SERVICES = ['leads', 'drafts', 'messages', 'activity'] as const;

describe('who hears what', () => {
  let app: TestApp;
  let ada: Person;
  const screens: TestScreen[] = [];

  const open = async (person: Person) => {
    const screen = await TestScreen.open(app, person.token);
    screens.push(screen);
    return screen;
  };
  const sessionOf = async (person: Person) => {
    const [session] = await app.rows<{ id: string }>(
      'SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL ORDER BY created_at DESC LIMIT 1',
      [person.userId],
    );
    return session?.id ?? '';
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterEach(() => screens.splice(0).forEach((screen) => screen.close()));
  afterAll(() => app.stop());

  it('an outsider hears nothing of another workspace, and no number of it', async () => {
    const zoe = await app.person('Zoe');
    const outsider = await open(zoe);
    const insider = await open(ada);
    const theirs = await outsider.subscribe({ services: [...SERVICES] });
    const ours = await insider.subscribe({ services: [...SERVICES] });

    const last = await happens(app, ada, ['lead', 'draft', 'rename', 'lead']);
    await insider.reached('activity', last);
    // What comes after it on the same connection proves that nothing came before.
    const mark = await happens(app, zoe, ['lead']);
    await outsider.reached('leads', mark);

    expect(insider.seqs('activity')).toEqual(range(ours.seq + 1, last));
    expect(outsider.seqs('activity')).toEqual(range(theirs.seq + 1, mark));
    expect(outsider.envelopes('activity').every((event) => event.workspaceId === zoe.workspaceId)).toBe(true);
    expect(JSON.stringify(outsider.heard)).not.toContain(ada.workspaceId);
  });

  it('a session that ends is closed with its reason, and hears nothing of what follows', async () => {
    const ben = await app.colleagueOf(ada);
    const leaving = await open(ben);
    const staying = await open(ada);
    await leaving.subscribe({ services: [...SERVICES] });
    await staying.subscribe({ services: ['leads'] });

    await ben.post('/api/auth/logout', undefined, { cookie: ben.cookie ?? '' });
    const canary = await happens(app, ada, ['lead']);
    await Promise.all([leaving.ended(), staying.reached('leads', canary)]);

    expect(leaving.messages('signed_out')).toEqual([
      { code: 'session_ended', detail: 'This session has ended. Sign in again.' },
    ]);
    expect(leaving.heard.at(-1)).toEqual({ name: 'disconnect', message: 'io server disconnect' });
    expect(leaving.seqs('leads').every((seq) => seq < canary)).toBe(true);
    await expect(open(ben)).rejects.toMatchObject({ data: { code: 'session_ended' } });
  });

  it('nothing is sent after the end of a session, even when both are in one commit', async () => {
    const ben = await app.colleagueOf(ada);
    const leaving = await open(ben);
    await leaving.subscribe({ services: ['activity'] });
    const sessionId = await sessionOf(ben);
    await happensAtOnce(app, ada, ['lead', { endOf: sessionId, userId: ben.userId }, 'lead']);
    await leaving.ended();
    expect(leaving.messages('signed_out')).toHaveLength(1);
    expect(leaving.seqs('activity')).toEqual([]);
  });

  it('a session that ended without an event is closed within five seconds', async () => {
    const ben = await app.colleagueOf(ada);
    const screen = await open(ben);
    await screen.subscribe({ services: ['leads'] });
    const since = performance.now();
    await app.rows('UPDATE sessions SET ended_at = now() WHERE user_id = $1', [ben.userId]);
    await screen.ended();
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(screen.messages('signed_out')).toMatchObject([{ code: 'session_ended' }]);
  });

  it('a membership that ended cannot subscribe with a socket from before', async () => {
    const ben = await app.colleagueOf(ada);
    const screen = await open(ben);
    await app.rows('UPDATE memberships SET ended_at = now() WHERE user_id = $1', [ben.userId]);
    await expect(screen.subscribe({ services: ['leads'], lastSeq: 0 })).rejects.toThrow('session_ended');
    await screen.ended();
    expect(screen.seqs('leads')).toEqual([]);
  });

  it('a person whose permissions change has to connect again', async () => {
    const ben = await app.colleagueOf(ada);
    const screen = await open(ben);
    await screen.subscribe({ services: ['leads'] });
    await app.rows(
      `UPDATE memberships m SET role_id = r.id FROM roles r
        WHERE r.workspace_id = m.workspace_id AND r.built_in = 'owner' AND m.user_id = $1`,
      [ben.userId],
    );
    await screen.ended();
    expect(screen.messages('signed_out')).toMatchObject([{ code: 'forbidden' }]);
  });

  it('what is only for one person is a bare number for everybody else', async () => {
    const ben = await app.colleagueOf(ada);
    const [hers, his] = [await open(ada), await open(ben)];
    const ack = await hers.subscribe({ services: ['activity'] });
    await his.subscribe({ services: ['activity'] });
    await ben.put('/api/user/settings', {
      autonomousMode: false,
      notifications: { replies: true, opens: true, clicks: true, assignments: true, desktop: false },
      timezone: 'Europe/Vienna',
      theme: 'dark',
      undoSeconds: 10,
    });
    const last = await happens(app, ada, ['lead']);
    await Promise.all([hers.reached('activity', last), his.reached('activity', last)]);

    expect(his.envelopes('activity').map((event) => event.type)).toContain('user.settings_changed');
    expect(hers.seqs('activity')).toEqual(range(ack.seq + 1, last));
    expect(hers.envelopes('activity').map((event) => event.type)).toEqual(['lead.deleted']);
    expect(JSON.stringify(hers.heard)).not.toContain('Europe/Vienna');
  });

  it('a service one may not see is refused by name, and nothing is joined', async () => {
    const ben = await app.colleagueOf(ada);
    const directory = app.get(SessionDirectory);
    const lookUp = directory.lookUp.bind(directory);
    const some = new Set(PERMISSIONS.filter((each) => each !== 'leads:read' && each !== 'analytics:read'));
    directory.lookUp = async (ids) => {
      const sessions = await lookUp(ids);
      return new Map(
        [...sessions].map(([id, { actor, policies }]) => [
          id,
          { actor: actor.id === ben.userId ? { ...actor, permissions: some } : actor, policies },
        ]),
      );
    };
    directory.forget(await sessionOf(ben));
    try {
      const screen = await open(ben);
      const refusal = await screen.ask<SubscribeRefusal>('subscribe', {
        services: ['drafts', 'leads', 'stats'],
        version: 1,
      });
      expect(refusal).toEqual({
        type: 'error',
        code: 'forbidden',
        detail: expect.any(String),
        services: ['leads', 'stats'],
      });
      // What a permission hides in one service, it hides in `activity` too.
      const ack = await screen.subscribe({ services: ['activity'] });
      const last = await happens(app, ada, ['lead', 'draft']);
      await screen.reached('activity', last);
      expect(screen.seqs('activity')).toEqual(range(ack.seq + 1, last));
      expect(screen.seqs('drafts')).toEqual([]);
      expect(screen.envelopes('activity').map((event) => event.type)).toEqual(['draft.saved']);
    } finally {
      directory.lookUp = lookUp;
    }
  });

  it('while sessions cannot be looked up nobody is thrown out, and nobody new is let in', async () => {
    const screen = await open(ada);
    await screen.subscribe({ services: ['leads'] });
    const directory = app.get(SessionDirectory);
    const lookUp = directory.lookUp.bind(directory);
    directory.lookUp = () => Promise.reject(new Error('the database is away'));
    const refused = await screen.ask<SubscribeRefusal>('subscribe', { services: ['leads'], version: 1 });
    expect(refused).toMatchObject({ type: 'error', code: 'not_ready' });
    directory.lookUp = lookUp;
    const last = await happens(app, ada, ['lead']);
    await screen.reached('leads', last);
  });

  it('an event of a type that is not known here is shown to nobody', () => {
    const event = { type: 'deal.moved', seq: 1, data: {} } as unknown as Envelope;
    const all = new Set(PERMISSIONS);
    expect(maySee(event, all, 'somebody')).toBe(false);
    expect(onlyFor(event)).toBeUndefined();
    expect(shows('activity', event, all, null)).toBe(false);
    expect(EVENT_TYPES).not.toContain(event.type);
  });
});
