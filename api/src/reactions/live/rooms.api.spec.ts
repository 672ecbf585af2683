import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Lead, type Message } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { Broadcast } from '../../platform/relay';
import { happens, TestScreen } from './test-screen';

describe('rooms', () => {
  let app: TestApp;
  let ada: Person;
  let ben: Person;
  let conversationId: string;
  const screens: TestScreen[] = [];

  const open = async (person: Person) => {
    const screen = await TestScreen.open(app, person.token);
    screens.push(screen);
    return screen;
  };
  const people = (screen: TestScreen, ref: string | null) =>
    screen
      .messages('presence_updated')
      .filter((message) => message.data.ref === ref)
      .at(-1)
      ?.data.people.map(({ name, screens: count }) => `${name} ${count}`)
      .sort();

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    ben = await app.colleagueOf(ada, 'agent', 'Ben');
    const lead = await ada.post<Lead>('/api/leads', { name: 'Grace', email: 'grace@example.com' });
    const sent = await ada.post<Message>(`/api/leads/${lead.body.id}/messages`, {
      channel: 'email',
      subject: 'Hello',
      content: 'Hello Grace',
    });
    conversationId = sent.body.conversationId;
  });
  afterEach(() => screens.splice(0).forEach((screen) => screen.close()));
  afterAll(() => app.stop());

  describe('a conversation', () => {
    it('shows who is in it as they come and go', async () => {
      const ref = `conversation:${conversationId}`;
      const [hers, his, second] = [await open(ada), await open(ben), await open(ben)];
      expect(await hers.ask('enter', { conversationId })).toEqual({ type: 'ack' });
      await hers.until(() => people(hers, ref)?.join() === 'Ada 1');
      await his.ask('enter', { conversationId });
      await second.ask('enter', { conversationId });
      await hers.until(() => people(hers, ref)?.join() === 'Ada 1,Ben 2');
      await his.until(() => people(his, ref)?.join() === 'Ada 1,Ben 2');

      his.socket.emit('leave', { conversationId });
      await hers.until(() => people(hers, ref)?.join() === 'Ada 1,Ben 1');
      second.close();
      await hers.until(() => people(hers, ref)?.join() === 'Ada 1');
    });

    it('tells the others who types, not the one who does, and that it is over when they leave', async () => {
      const [hers, other, his, outside] = [await open(ada), await open(ada), await open(ben), await open(ben)];
      for (const screen of [hers, other, his]) await screen.ask('enter', { conversationId });
      hers.socket.emit('typing', { conversationId, typing: true });
      await his.until(() => his.messages('typing').length === 1);
      hers.close();
      await his.until(() => his.messages('typing').length === 2);

      expect(his.messages('typing').map(({ data }) => data)).toEqual([
        { conversationId, userId: ada.userId, name: 'Ada', typing: true },
        { conversationId, userId: ada.userId, name: 'Ada', typing: false },
      ]);
      await other.ask('enter', { conversationId });
      await outside.ask('enter', {});
      expect(other.messages('typing')).toEqual([]);
      expect(outside.messages('typing')).toEqual([]);
    });

    it('of another workspace, or that is none, cannot be entered, and typing into it reaches nobody', async () => {
      const zoe = await app.person('Zoe');
      const [hers, stranger] = [await open(ada), await open(zoe)];
      await hers.ask('enter', { conversationId });
      const refusal = { type: 'error', code: 'invalid_input', detail: 'There is no such conversation.' };
      expect(await stranger.ask('enter', { conversationId })).toEqual(refusal);
      expect(await hers.ask('enter', { conversationId: v7() })).toEqual(refusal);
      stranger.socket.emit('typing', { conversationId, typing: true });
      await stranger.ask('enter', { conversationId });
      await hers.ask('enter', { conversationId });
      expect(hers.messages('typing')).toEqual([]);
      expect(people(hers, `conversation:${conversationId}`)).toEqual(['Ada 1']);
      expect(stranger.messages('presence_updated')).toEqual([]);
    });

    it('nothing of presence and typing is in the log', async () => {
      const before = await app.rows('SELECT seq FROM workspace_heads WHERE workspace_id = $1', [ada.workspaceId]);
      const screen = await open(ada);
      await screen.subscribe({ services: ['presence'] });
      await screen.ask('enter', { conversationId });
      screen.socket.emit('typing', { conversationId, typing: true });
      await screen.ask('enter', { conversationId });
      expect(await app.rows('SELECT seq FROM workspace_heads WHERE workspace_id = $1', [ada.workspaceId])).toEqual(
        before,
      );
    });
  });

  it('the workspace shows who is there, with all their screens', async () => {
    const hers = await open(ada);
    await hers.subscribe({ services: ['presence'] });
    await hers.until(() => people(hers, null)?.join() === 'Ada 1');
    const his = await open(ben);
    const second = await open(ben);
    await hers.until(() => people(hers, null)?.join() === 'Ada 1,Ben 2');
    his.close();
    second.close();
    await hers.until(() => people(hers, null)?.join() === 'Ada 1');
  });

  describe('states of the moment', () => {
    const notification = { id: 'n1', title: 'Grace answered', body: 'Yes', url: '/inbox' };

    it('reach the screens of their workspace that are subscribed, and only those', async () => {
      const zoe = await app.person('Zoe');
      const [hers, deaf, stranger] = [await open(ada), await open(ben), await open(zoe)];
      const broadcast = app.get(Broadcast);
      expect(broadcast.hasListeners(ada.workspaceId, 'notifications')).toBe(false);
      await hers.subscribe({ services: ['notifications'] });
      await deaf.subscribe({ services: ['leads'] });
      await stranger.subscribe({ services: ['notifications', 'leads'] });
      expect(broadcast.hasListeners(ada.workspaceId, 'notifications')).toBe(true);

      broadcast.publish({
        workspaceId: ada.workspaceId,
        service: 'notifications',
        type: 'notification',
        data: notification,
      });
      await hers.until(() => hers.messages('notification').length > 0);
      await deaf.reached('leads', await happens(app, ada, ['lead']));
      await stranger.reached('leads', await happens(app, zoe, ['lead']));

      expect(hers.messages('notification')).toEqual([
        { type: 'notification', timestamp: expect.any(String), data: notification },
      ]);
      expect(deaf.messages('notification')).toEqual([]);
      expect(stranger.messages('notification')).toEqual([]);

      await hers.subscribe({ services: ['leads'] });
      expect(broadcast.hasListeners(ada.workspaceId, 'notifications')).toBe(false);
    });

    it('for one person reach all of their screens and nobody else’s', async () => {
      const [hers, his, second] = [await open(ada), await open(ben), await open(ben)];
      for (const screen of [hers, his, second]) await screen.subscribe({ services: ['notifications', 'leads'] });
      app.get(Broadcast).publish({
        workspaceId: ada.workspaceId,
        service: 'notifications',
        type: 'notification',
        data: notification,
        userId: ben.userId,
      });
      await his.until(() => his.messages('notification').length > 0);
      await second.until(() => second.messages('notification').length > 0);
      await hers.reached('leads', await happens(app, ada, ['lead']));
      expect(hers.messages('notification')).toEqual([]);
    });

    it('are given to whoever joins, once, by their owner', async () => {
      const broadcast = app.get(Broadcast);
      broadcast.onJoin('notifications', async (actor) => ({ id: actor.id, title: 'Hello', body: '', url: '/' }));
      expect(() => broadcast.onJoin('notifications', async () => null)).toThrow('has an owner already');
      const screen = await open(ada);
      await screen.subscribe({ services: ['notifications'] });
      await screen.until(() => screen.messages('notification').length > 0);
      await screen.subscribe({ services: ['notifications', 'leads'] });
      await screen.ask('enter', {});
      expect(screen.messages('notification').map(({ data }) => data)).toEqual([
        { id: ada.userId, title: 'Hello', body: '', url: '/' },
      ]);
    });
  });

  it('the figures of the stream count what was sent', async () => {
    const before = await ada.get<Record<string, number>>('/api/realtime/metrics');
    const [one, two] = [await open(ada), await open(ben)];
    const ack = await one.subscribe({ services: ['activity'] });
    await two.subscribe({ services: ['activity', 'leads'] });
    const last = await happens(app, ada, ['lead', 'draft']);
    await Promise.all([one.reached('activity', last), two.reached('activity', last)]);
    const third = await open(ben);
    await third.subscribe({ services: ['activity'], lastSeq: ack.seq });

    const after = await ada.get<Record<string, number>>('/api/realtime/metrics');
    expect(after.status).toBe(200);
    expect(after.body).toEqual({
      activeConnections: 3,
      totalConnections: (before.body.totalConnections ?? 0) + 3,
      eventsDelivered: (before.body.eventsDelivered ?? 0) + 2 + 3 + 2,
      compressedMessages: 0,
      missedEventsReplayed: (before.body.missedEventsReplayed ?? 0) + 2,
      connectionPoolStats: { totalSubscriptions: 4, totalConnections: 3, totalOrgs: 1 },
    });
    expect((await app.stranger.get('/api/realtime/metrics')).status).toBe(401);
    expect((await app.stranger.get('/metrics')).body).toContain('threadline_live_screens 3');
  });
});
