import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Conversation,
  type EnterAck,
  type EventPage,
  type Lead,
  type Message,
  PERMISSIONS,
  type RoleScopes,
  type SubscribeRefusal,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { LiveReach } from './live-reach';
import { happens, range, TestScreen } from './test-screen';

const SERVICES = ['leads', 'messages', 'drafts', 'activity'] as const;
const OWN: RoleScopes = { leads: 'own', conversations: 'own' };
const TEAM: RoleScopes = { leads: 'team', conversations: 'team' };

describe('the live stream of somebody who sees only some of it', () => {
  let app: TestApp;
  let ada: Person;
  const screens: TestScreen[] = [];

  const open = async (person: Person) => {
    const screen = await TestScreen.open(app, person.token);
    screens.push(screen);
    return screen;
  };
  const colleague = (scopes: RoleScopes) => app.colleagueOf(ada, { permissions: PERMISSIONS, scopes });
  const leadOf = async (owner: Person | null, name: string) => {
    const wanted = { name, email: `${v7()}@example.com`, ownerId: owner?.userId ?? null };
    return (await ada.post<Lead>('/api/leads', wanted)).body;
  };
  const writeTo = async (lead: Lead, content: string) =>
    (await ada.post<Message>(`/api/leads/${lead.id}/messages`, { channel: 'email', content })).body;
  const assign = (message: Message, change: Partial<Conversation>) =>
    ada.patch<Conversation>(`/api/conversations/${message.conversationId}`, change);
  const head = async () => (await ada.get<EventPage>('/api/events')).body.lastSeq;
  const teamOf = async (...members: Person[]) => {
    const id = v7();
    await app.rows('INSERT INTO teams (workspace_id, id, name, created_at) VALUES ($1, $2, $3, now())', [
      ada.workspaceId,
      id,
      id,
    ]);
    for (const { userId } of members) {
      await app.rows('INSERT INTO team_members VALUES ($1, $2, $3)', [ada.workspaceId, id, userId]);
    }
    return id;
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterEach(() => screens.splice(0).forEach((screen) => screen.close()));
  afterAll(() => app.stop());

  it('hears of what is theirs, and of all else the number alone, on every service', async () => {
    const ben = await colleague(OWN);
    const [hers, his] = [await open(ada), await open(ben)];
    await hers.subscribe({ services: [...SERVICES] });
    const { seq } = await his.subscribe({ services: [...SERVICES] });

    const mine = await leadOf(ben, 'A lead of Ben’s');
    const theirs = await leadOf(null, 'Canary lead');
    await writeTo(mine, 'Words to Ben’s lead');
    const hidden = await writeTo(theirs, 'Canary words');
    await ada.post(`/api/drafts/${theirs.id}`, { channel: 'email', content: 'Canary draft' });
    await app.settle();
    const last = await head();
    await Promise.all([his.reached('activity', last), hers.reached('activity', last)]);

    expect(his.seqs('activity')).toEqual(range(seq + 1, last));
    expect(his.envelopes('activity').map((event) => event.type)).toEqual(
      expect.arrayContaining(['lead.created', 'message.queued', 'conversation.started', 'message.sent']),
    );
    const heard = JSON.stringify(his.heard);
    for (const secret of ['Canary', theirs.id, hidden.id, hidden.conversationId]) expect(heard).not.toContain(secret);
    expect(JSON.stringify(hers.heard)).toContain('Canary');
    expect(his.messages('reset')).toEqual([]);
  });

  it('hears of what they are given at once, and is told to read anew; what is taken away is silent', async () => {
    const ben = await colleague(OWN);
    const lead = await leadOf(null, 'Passed about');
    const message = await writeTo(lead, 'Hello');
    await app.settle();
    const his = await open(ben);
    await his.subscribe({ services: [...SERVICES] });

    await assign(message, { assigneeId: ben.userId });
    await his.until(() => his.messages('reset').length === 1, 'the screen reads anew');
    expect(his.envelopes('messages').map((event) => event.type)).toEqual(['conversation.assigned']);
    expect((await ben.get(`/api/leads/${lead.id}`)).status).toBe(200);

    const asked = await his.ask<EnterAck>('enter', { conversationId: message.conversationId });
    expect(asked).toEqual({ type: 'ack' });
    await assign(message, { assigneeId: ada.userId });
    await his.until(() => his.messages('reset').length === 2, 'the screen reads anew');
    const refused = await his.ask<SubscribeRefusal>('enter', { conversationId: message.conversationId });
    expect(refused).toMatchObject({ type: 'error', code: 'invalid_input' });

    const heard = his.heard.length;
    const presence = await open(ada);
    await presence.ask('enter', { conversationId: message.conversationId });
    await ada.patch(`/api/leads/${lead.id}`, { name: 'Canary name' });
    const last = await happens(app, ada, ['rename']);
    await his.reached('activity', last);
    expect(JSON.stringify(his.heard.slice(heard))).not.toMatch(/Canary|presence_updated|Passed about/);
    expect((await ben.get(`/api/leads/${lead.id}`)).status).toBe(404);
  });

  it('a lead that changes hands goes from one screen to the other', async () => {
    const [ben, mia] = [await colleague(OWN), await colleague(OWN)];
    const lead = await leadOf(ben, 'Changing hands');
    const [his, hers] = [await open(ben), await open(mia)];
    await his.subscribe({ services: ['leads'] });
    await hers.subscribe({ services: ['leads'] });
    await ada.patch(`/api/leads/${lead.id}`, { ownerId: mia.userId });
    await Promise.all([his, hers].map((each) => each.until(() => each.messages('reset').length === 1, 'reads anew')));
    expect(hers.envelopes('leads').map((event) => event.type)).toEqual(['lead.updated']);
    expect(his.envelopes('leads')).toEqual([]);
    expect((await ben.get(`/api/leads/${lead.id}`)).status).toBe(404);
    expect((await mia.get(`/api/leads/${lead.id}`)).status).toBe(200);
  });

  it('who is taken out of a team while connected hears nothing more of it, even of the same moment', async () => {
    const [ben, mia] = [await colleague(TEAM), await colleague(TEAM)];
    const team = await teamOf(ben, mia);
    const lead = await leadOf(mia, 'A lead of the team');
    const message = await writeTo(lead, 'Hello');
    await assign(message, { teamId: team });
    await app.settle();
    const his = await open(ben);
    const { seq } = await his.subscribe({ services: ['leads', 'messages'] });
    await ada.patch(`/api/leads/${lead.id}`, { title: 'Heard' });
    await his.reached('leads', seq + 1);
    expect(JSON.stringify(his.events('leads'))).toContain('Heard');

    const heard = his.heard.length;
    await app.rows('DELETE FROM team_members WHERE user_id = $1', [ben.userId]);
    await ada.patch(`/api/leads/${lead.id}`, { title: 'Canary title' });
    await writeTo(lead, 'Canary words');
    await app.settle();
    // His rights have changed, so that he is asked to connect again within seconds.
    await his.ended();
    expect(JSON.stringify(his.heard.slice(heard))).not.toContain('Canary');
    const again = await open(ben);
    const ack = await again.subscribe({ services: ['leads', 'messages'], lastSeq: seq });
    expect(again.envelopes('leads')).toEqual([]);
    expect(ack.seq).toBe(await head());
    expect(JSON.stringify(again.heard)).not.toContain('Canary');
  });

  it('what was missed comes with what is hidden hidden; a change of reach among it asks for all anew', async () => {
    const ben = await colleague(OWN);
    const mine = await leadOf(ben, 'Mine to miss');
    const from = await head();
    await ada.patch(`/api/leads/${mine.id}`, { title: 'Missed' });
    await leadOf(null, 'Canary while away');
    const his = await open(ben);
    const ack = await his.subscribe({ services: ['leads'], lastSeq: from });
    expect(ack.replayed).toBe(ack.seq - from);
    expect(his.envelopes('leads').map((event) => event.type)).toEqual(['lead.updated']);
    expect(JSON.stringify(his.heard)).not.toContain('Canary');

    his.close();
    await ada.patch(`/api/leads/${mine.id}`, { ownerId: ada.userId });
    const later = await open(ben);
    await later.subscribe({ services: ['leads'], lastSeq: ack.seq });
    expect(later.messages('reset')).toHaveLength(1);
    expect(later.envelopes('leads')).toEqual([]);
    const polled = await ben.get<EventPage>(`/api/events?after=${ack.seq}`);
    expect(polled.body).toMatchObject({ moved: true, items: [{ seq: ack.seq + 1 }] });
  });

  it('two screens of one person, one of them behind, hear the same', async () => {
    const ben = await colleague(OWN);
    const first = await open(ben);
    const { seq } = await first.subscribe({ services: ['leads'] });
    const mine = await leadOf(ben, 'On both');
    await leadOf(null, 'Canary on none');
    await first.reached('leads', seq + 1);
    const second = await open(ben);
    await second.subscribe({ services: ['leads'], lastSeq: seq });
    await ada.patch(`/api/leads/${mine.id}`, { title: 'After' });
    const last = await head();
    await Promise.all([first.reached('leads', last), second.reached('leads', last)]);
    expect(second.envelopes('leads')).toEqual(first.envelopes('leads'));
    expect(second.seqs('leads')).toEqual(range(seq + 1, last));
    expect(JSON.stringify([first.heard, second.heard])).not.toContain('Canary');
  });

  it('while it cannot be asked who may see what nothing is sent, and then everything in order', async () => {
    const ben = await colleague(OWN);
    const his = await open(ben);
    const { seq } = await his.subscribe({ services: ['leads'] });
    const reach = app.get(LiveReach);
    const shown = reach.shown.bind(reach);
    reach.shown = () => Promise.reject(new Error('the database is away'));
    await leadOf(ben, 'Late');
    await leadOf(null, 'Canary of then');
    reach.shown = shown;
    await leadOf(ben, 'Later');
    await his.reached('leads', seq + 3);
    expect(his.seqs('leads')).toEqual(range(seq + 1, seq + 3));
    expect(his.envelopes('leads').map((event) => event.seq)).toEqual([seq + 1, seq + 3]);
  });
});
