import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lead, Message } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { Broadcast } from '../../platform/relay';
import { happens, range, TestScreen } from './test-screen';

describe('nodes that reach each other by Redis', () => {
  let one: TestApp;
  let two: TestApp;
  let ada: Person;
  let ben: Person;
  let conversationId: string;
  const screens: TestScreen[] = [];
  const redisUrl = process.env.REDIS_URL ?? '';

  const open = async (node: TestApp, person: Person) => {
    const screen = await TestScreen.open(node, person.token);
    screens.push(screen);
    return screen;
  };
  const startNode = () => TestApp.start({ sharing: one, env: { PUBLIC_URL: one.url, REDIS_URL: redisUrl } });
  const people = (screen: TestScreen, ref: string | null) =>
    screen
      .messages('presence_updated')
      .filter((message) => message.data.ref === ref)
      .at(-1)
      ?.data.people.map(({ name, screens: count }) => `${name} ${count}`)
      .sort()
      .join();

  beforeAll(async () => {
    one = await TestApp.start({ env: { REDIS_URL: redisUrl } });
    two = await startNode();
    ada = await one.person('Ada');
    ben = await one.colleagueOf(ada, 'agent', 'Ben');
    const lead = await ada.post<Lead>('/api/leads', { name: 'Grace', email: 'grace@example.com' });
    const sent = await ada.post<Message>(`/api/leads/${lead.body.id}/messages`, {
      channel: 'email',
      subject: 'Hello',
      content: 'Hello Grace',
    });
    conversationId = sent.body.conversationId;
  });
  afterEach(() => screens.splice(0).forEach((screen) => screen.close()));
  afterAll(async () => {
    await two.stop();
    await one.stop();
  });

  it('show each other’s people, and forget those of a node that has gone', async () => {
    const here = await open(one, ada);
    await here.subscribe({ services: ['presence'] });
    await here.until(() => people(here, null) === 'Ada 1');
    await open(two, ben);
    await here.until(() => people(here, null) === 'Ada 1,Ben 1');

    const third = await startNode();
    const late = await open(third, ben);
    await late.subscribe({ services: ['presence'] });
    await here.until(() => people(here, null) === 'Ada 1,Ben 2');
    await late.until(() => people(late, null) === 'Ada 1,Ben 2');
    await third.stop();
    await here.until(() => people(here, null) === 'Ada 1,Ben 1');
  });

  it('show who is in a conversation and who types there, once', async () => {
    const ref = `conversation:${conversationId}`;
    const [here, there] = [await open(one, ada), await open(two, ben)];
    await here.ask('enter', { conversationId });
    await there.ask('enter', { conversationId });
    await here.until(() => people(here, ref) === 'Ada 1,Ben 1');
    await there.until(() => people(there, ref) === 'Ada 1,Ben 1');
    there.socket.emit('typing', { conversationId, typing: true });
    await here.until(() => here.messages('typing').length > 0);
    there.socket.emit('typing', { conversationId, typing: false });
    await here.until(() => here.messages('typing').length > 1);
    expect(here.messages('typing').map(({ data }) => data.typing)).toEqual([true, false]);
    expect(there.messages('typing')).toEqual([]);
  });

  it('send events of the log each to their own screens, once', async () => {
    const [here, there] = [await open(one, ada), await open(two, ben)];
    const ack = await here.subscribe({ services: ['leads'] });
    await there.subscribe({ services: ['leads'] });
    const writing = [one, two].map((node) => happens(node, ada, Array(20).fill('lead')));
    const last = Math.max(...(await Promise.all(writing)));
    await Promise.all([here.reached('leads', last), there.reached('leads', last)]);
    expect(here.seqs('leads')).toEqual(range(ack.seq + 1, last));
    expect(there.seqs('leads')).toEqual(range(ack.seq + 1, last));
  });

  it('pass on a state that is for screens everywhere', async () => {
    const [here, there] = [await open(one, ada), await open(two, ben)];
    for (const screen of [here, there]) await screen.subscribe({ services: ['notifications'] });
    const publish = (title: string, everywhere: boolean) =>
      one.get(Broadcast).publish({
        workspaceId: ada.workspaceId,
        service: 'notifications',
        type: 'notification',
        data: { id: title, title, body: '', url: '/' },
        everywhere,
      });
    publish('here', false);
    publish('everywhere', true);
    await there.until(() => there.messages('notification').length > 0);
    await here.until(() => here.messages('notification').length > 1);
    expect(there.messages('notification').map(({ data }) => data.title)).toEqual(['everywhere']);
  });

  it('go on with the log while Redis is away (F30)', async () => {
    const cut = await TestApp.start({ sharing: one, env: { PUBLIC_URL: one.url, REDIS_URL: 'redis://127.0.0.1:1' } });
    const [here, there] = [await open(cut, ada), await open(two, ben)];
    const ack = await here.subscribe({ services: ['leads', 'presence'] });
    await there.subscribe({ services: ['leads'] });
    const since = performance.now();
    const first = await happens(two, ada, ['lead']);
    await here.reached('leads', first);
    const last = await happens(cut, ada, ['lead']);
    await there.reached('leads', last);
    expect(performance.now() - since).toBeLessThan(1_500);
    expect(here.seqs('leads')).toEqual(range(ack.seq + 1, last));
    expect(people(here, null)).toContain('Ada 1');
    await cut.stop();
  });
});
