import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiKey, Permission } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { happens, range, TestScreen } from './test-screen';

describe('programs on the live stream', () => {
  let app: TestApp;
  let ada: Person;
  const screens: TestScreen[] = [];

  const make = async (by: Person, permissions: Permission[]) => {
    const { body } = await by.post<ApiKey & { key: string }>('/api/api-keys', { name: 'Stream', permissions });
    return body;
  };
  const open = async (token: string) => {
    const screen = await TestScreen.open(app, token);
    screens.push(screen);
    return screen;
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterEach(() => screens.splice(0).forEach((screen) => screen.close()));
  afterAll(() => app.stop());

  it('a key that may read events follows the log, and sees what it may see', async () => {
    const { key } = await make(ada, ['events:read', 'leads:read']);
    const screen = await open(key);
    const ack = await screen.subscribe({ services: ['activity', 'leads'] });
    const last = await happens(app, ada, ['draft', 'lead']);
    await screen.reached('activity', last);
    expect(screen.seqs('activity')).toEqual(range(ack.seq + 1, last));
    expect(screen.envelopes('activity').map(({ type }) => type)).toEqual(['lead.deleted']);
    await expect(screen.subscribe({ services: ['drafts'] })).rejects.toThrow('forbidden');
  });

  it('a key without events:read is refused at the door', async () => {
    const { key } = await make(ada, ['leads:read']);
    await expect(open(key)).rejects.toMatchObject({ data: { code: 'forbidden' } });
  });

  it('a program is nowhere present, and enters no conversation', async () => {
    const { key } = await make(ada, ['events:read', 'members:read', 'conversations:read']);
    const screen = await open(key);
    await screen.subscribe({ services: ['presence'] });
    await screen.until(() => screen.messages('presence_updated').length > 0);
    expect(JSON.stringify(screen.messages('presence_updated'))).not.toContain('"screens"');
    const answer = await screen.ask<{ code: string }>('enter', { conversationId: ada.workspaceId });
    expect(answer.code).toBe('forbidden');
  });

  it('a revoked key is closed at once, and one whose maker is demoted within five seconds', async () => {
    const ben = await app.colleagueOf(ada, 'admin');
    const [one, other] = [await make(ada, ['events:read']), await make(ben, ['events:read', 'leads:read'])];
    const [revoked, shrunk] = [await open(one.key), await open(other.key)];
    await revoked.subscribe({ services: ['activity'] });
    await ada.delete(`/api/api-keys/${one.id}`);
    await revoked.ended();
    expect(revoked.messages('signed_out')).toMatchObject([{ code: 'session_ended' }]);
    await expect(open(one.key)).rejects.toMatchObject({ data: { code: 'unauthenticated' } });

    const since = performance.now();
    await app.rows(
      `UPDATE memberships m SET role_id = r.id FROM roles r
        WHERE r.workspace_id = m.workspace_id AND r.built_in = 'auditor' AND m.user_id = $1`,
      [ben.userId],
    );
    await shrunk.ended();
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(shrunk.messages('signed_out')).toMatchObject([{ code: 'forbidden' }]);
  });

  it('a key that was revoked without an event is closed within five seconds', async () => {
    const { id, key } = await make(ada, ['events:read']);
    const screen = await open(key);
    const since = performance.now();
    await app.rows('UPDATE api_keys SET revoked_at = now() WHERE id = $1', [id]);
    await screen.ended();
    expect(performance.now() - since).toBeLessThan(5_000);
  });

  it('whom a directory takes out is closed at once, their programs too', async () => {
    const ben = await app.colleagueOf(ada, 'admin');
    const { key } = await make(ben, ['events:read']);
    const [his, program] = [await open(ben.token), await open(key)];
    const { body } = await ada.post<{ token: string }>('/api/scim/tokens', { name: 'Directory' });
    const taken = await app.stranger.patch(
      `/scim/v2/Users/${ben.userId}`,
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', value: { active: false } }],
      },
      { authorization: `Bearer ${body.token}` },
    );
    expect(taken.status).toBe(200);
    await Promise.all([his.ended(), program.ended()]);
    expect(his.messages('signed_out')).toMatchObject([{ code: 'session_ended' }]);
    await app.settle();
    await expect(open(key)).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
  });

  it('a key in the address of the stream is refused and marked as exposed', async () => {
    const { id, key } = await make(ada, ['events:read']);
    const address = `${app.url}/socket.io/?EIO=4&transport=websocket&token=${key}`.replace('http', 'ws');
    const socket = new WebSocket(address);
    const answer = await new Promise<string>((resolve, reject) => {
      socket.addEventListener('open', () => undefined);
      socket.addEventListener('error', () => reject(new Error('not connected')));
      socket.addEventListener('message', ({ data }) => {
        if (String(data).startsWith('0')) socket.send('40{}');
        else if (String(data).startsWith('44')) resolve(String(data));
      });
    });
    socket.close();
    expect(answer).toContain('unauthenticated');
    await app.settle();
    expect(await app.rows('SELECT 1 FROM api_keys WHERE id = $1 AND exposed_at IS NOT NULL', [id])).toHaveLength(1);
  });
});
