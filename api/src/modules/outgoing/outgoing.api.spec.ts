import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditEntry, Message, Outgoing, Page, WaitingChoice, Webhook } from '@threadline/contracts';
import { v7 } from 'uuid';
import { MIGRATIONS } from '../../../migrations';
import { type Person, TestApp } from '../../../test';
import { prepareDatabase } from '../../platform/database';
import { deliveriesOf, hookOf, raise, REACHING } from '../webhooks/test-hooks';
import { Receiver } from '../webhooks/test-receiver';

/** For so long a message can be taken back, and waits. */
const UNDO_SECONDS = 30;
const LATER_MS = UNDO_SECONDS * 1_000 + 10_000;
const PATH = '/api/workspace/outgoing';

describe('a workspace that was restored from a backup', () => {
  let app: TestApp;
  let ada: Person;
  let receiver: Receiver;
  let hook: Webhook;
  let ahead = 0;

  beforeAll(async () => {
    app = await TestApp.start(REACHING);
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    ada = await app.person();
    receiver = await Receiver.start();
    hook = await hookOf(ada, receiver.url);
  });
  afterEach(async () => {
    await receiver.stop();
    await app.rows('DELETE FROM outgoing_pauses');
    // A pause begins by the database's own clock.
    app.clock.advance(-ahead);
    ahead = 0;
  });

  /** The database as it was, in another cluster; nothing more than this tells it from the original. */
  const restore = async () => {
    await app.rows(`UPDATE installation SET fingerprint = 'another:cluster:1:'`);
    await prepareDatabase(app.config, MIGRATIONS);
  };
  /** A new lead, whom the webhook tells of, and a message that is due in a while. */
  const write = async (content: string) => {
    const leadId = await raise(ada, { email: `lin.${v7()}@example.com` });
    const wanted = { channel: 'email', content, undoSeconds: UNDO_SECONDS };
    return (await ada.post<Message>(`/api/leads/${leadId}/messages`, wanted)).body;
  };
  /** Everything that waits is due then. */
  const later = async () => {
    // What is in hand already is not to lose its claim by the leap.
    await app.settle();
    app.clock.advance(LATER_MS);
    ahead += LATER_MS;
    await app.settle();
  };
  const statusOf = async ({ id }: Message) =>
    (await app.rows<{ status: string }>('SELECT status FROM messages WHERE id = $1', [id]))[0]?.status;
  const state = async () => (await ada.get<Outgoing>(PATH)).body.paused;
  const told = (type: string) =>
    app.rows<{ data: object; actor_type: string; actor_id: string }>(
      'SELECT data, actor_type, actor_id FROM events WHERE workspace_id = $1 AND type = $2 ORDER BY seq',
      [ada.workspaceId, type],
    );

  /** A backup in which a delivery waits for its second try and a message for its time; it is restored. */
  const leaveWaiting = async () => {
    receiver.answer(500);
    const message = await write('Before the backup');
    await app.settle();
    receiver.ok();
    receiver.take();
    await restore();
    return message;
  };

  it('F56: sends nothing, neither what waited nor what comes, and says what waits', async () => {
    const before = await leaveWaiting();
    const after = await write('After the restore');
    await later();
    expect(receiver.take()).toEqual([]);
    expect([await statusOf(before), await statusOf(after)]).toEqual(['queued', 'queued']);
    expect(await state()).toMatchObject({ deliveries: 1, messages: 1 });
    const others = await app.person();
    expect((await others.get<Outgoing>(PATH)).body.paused).toBeNull();
  });

  it('F56: sends nothing to an endpoint that always answered well either', async () => {
    await write('Before the backup');
    await app.settle();
    expect(receiver.take()).toHaveLength(1);
    await restore();
    await write('After the restore');
    await later();
    expect(receiver.take()).toEqual([]);
    await ada.post(`${PATH}/resume`, { waiting: 'cancel' });
    await app.settle();
    expect(receiver.take()).toHaveLength(1);
  });

  it.each<[WaitingChoice, number, string, string]>([
    ['send', 2, 'delivered', 'delivered'],
    ['cancel', 1, 'unknown', 'cancelled'],
  ])('F56: resumed with "%s" it sends what came since: %i deliveries', async (waiting, hits, sent, delivered) => {
    const before = await leaveWaiting();
    const after = await write('After the restore');
    const resumed = await ada.post<Outgoing>(`${PATH}/resume`, { waiting });
    expect([resumed.status, resumed.body.paused]).toEqual([200, null]);
    await later();
    expect([await statusOf(before), await statusOf(after)]).toEqual([sent, 'delivered']);
    expect(receiver.take()).toHaveLength(hits);
    expect((await deliveriesOf(ada, hook.id)).map(({ status }) => status)).toEqual([...['delivered', delivered]]);
    expect(await told('workspace.outgoing_resumed')).toMatchObject([
      { actor_type: 'user', actor_id: ada.userId, data: { waiting, deliveries: 1, messages: 1 } },
    ]);
    expect((await ada.post(`${PATH}/resume`, { waiting })).status).toBe(409);
  });

  it('what was not sent for certain can be sent by hand: a replay, and each message', async () => {
    const before = await leaveWaiting();
    await ada.post(`${PATH}/resume`, { waiting: 'cancel' });
    await ada.post(`/api/webhooks/${hook.id}/replay`, { after: 0, status: 'failed' });
    expect((await ada.post(`/api/messages/${before.id}/send-again`)).status).toBe(200);
    await later();
    expect(receiver.take()).toHaveLength(1);
    expect(await statusOf(before)).toBe('delivered');
  });

  it('is told of it once by the node that starts on it, in its log and its audit log', async () => {
    await leaveWaiting();
    for (let starts = 0; starts < 2; starts++) await (await TestApp.start({ ...REACHING, sharing: app })).stop();
    expect(await told('workspace.outgoing_paused')).toMatchObject([
      { actor_type: 'system', actor_id: 'restore', data: { deliveries: 1, messages: 1 } },
    ]);
    await app.settle();
    const entries = await ada.get<Page<AuditEntry>>('/api/audit?action=workspace.outgoing_paused');
    expect(entries.body.items).toHaveLength(1);
  });

  it('is not resumed by somebody who may not change it, nor with any other word', async () => {
    await leaveWaiting();
    const agent = await app.colleagueOf(ada, 'agent');
    expect((await agent.post(`${PATH}/resume`, { waiting: 'send' })).status).toBe(403);
    expect((await ada.post(`${PATH}/resume`, { waiting: 'later' })).status).toBe(400);
    expect(await state()).not.toBeNull();
  });

  it('keeps mails of accounts that were written before, and sends those of now', async () => {
    await app.rows(
      `INSERT INTO account_mails (workspace_id, id, kind, to_address, to_name, body, message_id_header, next_at, created_at)
       VALUES ($1, gen_random_uuid(), 'invitation', 'old@example.com', 'Old', 'sealed', '<old@here>', now(), now())`,
      [ada.workspaceId],
    );
    await restore();
    await app.settle();
    const states = () =>
      app.rows<{ state: string }>('SELECT state FROM account_mails WHERE workspace_id = $1 ORDER BY created_at', [
        ada.workspaceId,
      ]);
    expect(await states()).toEqual([{ state: 'queued' }]);
    await ada.post(`${PATH}/resume`, { waiting: 'cancel' });
    expect(await states()).toEqual([{ state: 'unknown' }]);
  });
});
