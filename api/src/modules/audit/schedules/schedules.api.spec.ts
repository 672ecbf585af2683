import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  AuditEntry,
  AuditExport,
  AuditSchedule,
  MailboxMail,
  MailboxMailPage,
  Page,
  Problem,
} from '@threadline/contracts';
import { type Person, TestApp } from '../../../../test';
import { CheckpointDeliveries } from '../delivery/delivery.service';
import { DeliverySweeper } from '../delivery/delivery.sweeper';
import { CheckpointSweeper } from '../checkpoint.sweeper';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('what leaves the audit log by itself', () => {
  let app: TestApp;

  /** A workspace whose clock stands at noon UTC, so that a slot in the morning is tomorrow's. */
  const noon = async () => {
    const now = app.clock.millis();
    app.clock.advance(DAY - ((now - 12 * HOUR) % DAY));
    await app.settle();
    return app.person();
  };
  const create = (person: Person, more: object = {}) =>
    person.post<AuditSchedule>('/api/audit/schedules', {
      ...{ name: 'Morning', format: 'jsonl', covers: 'new', frequency: 'daily', hour: 9, timeZone: 'UTC' },
      ...{ recipientIds: [] },
      ...more,
    });
  const later = async (person: Person, milliseconds: number) => {
    app.clock.advance(milliseconds);
    await app.settle();
    return app.signIn(person.session?.user.email ?? '');
  };
  const list = async (person: Person) => (await person.get<Page<AuditSchedule>>('/api/audit/schedules')).body.items;
  const made = async (person: Person) => (await person.get<Page<AuditExport>>('/api/audit/exports')).body.items;
  const subjects = async (person: Person) =>
    (await person.get<Page<MailboxMail>>('/api/mailbox')).body.items.map(({ subject }) => subject);
  const actions = async (person: Person, action: string) =>
    (await person.get<Page<AuditEntry>>(`/api/audit?limit=50&action=${action}`)).body.items;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());

  it('a scheduled export is made once a slot, and its recipients are mailed a link', async () => {
    let ada = await noon();
    let auditor = await app.colleagueOf(ada, 'auditor', 'Ines');
    const schedule = await create(ada, { recipientIds: [auditor.userId] });
    expect(schedule).toMatchObject({ status: 201, body: { state: 'active', slots: [] } });
    ada = await later(ada, 22 * HOUR);
    await app.settle();
    const [file, ...more] = await made(ada);
    expect([file?.state, file?.scheduleId, more]).toEqual(['done', schedule.body.id, []]);
    expect((await list(ada))[0]?.slots).toEqual([
      { slot: expect.stringMatching(/T09:00$/), state: 'made', exportId: file?.id, at: expect.any(String) },
    ]);
    auditor = await app.signIn(auditor.session?.user.email ?? '');
    const mails = await ada.get<Page<MailboxMail>>('/api/mailbox');
    const mail = mails.body.items.find(({ subject }) => subject === 'Morning: the file is ready');
    expect(mail?.to.address).toBe(auditor.session?.user.email);
    const page = await ada.get<MailboxMailPage>(`/api/mailbox/${mail?.id}`);
    expect(page.body.links.map(({ href }) => href)).toContain(`${app.url}/settings/audit-trail?export=${file?.id}`);
    expect(page.body.text).not.toContain('"entry"');
    expect((await auditor.get(`/api/audit/exports/${file?.id}/file`)).status).toBe(200);
    // The next one has what came since.
    ada = await later(ada, DAY);
    const [second] = await made(ada);
    expect(second?.filters).toEqual({
      from: (await list(ada))[0]?.slots[1]?.at,
      to: (await list(ada))[0]?.slots[0]?.at,
    });
  });

  it('slots that were slept through are made within a day, and listed as missed later', async () => {
    let ada = await noon();
    await create(ada);
    ada = await later(ada, 4 * DAY + 22 * HOUR);
    const [schedule] = await list(ada);
    expect(schedule?.slots.map(({ state }) => state)).toEqual(['made', 'missed', 'missed', 'missed', 'missed']);
    expect(await made(ada)).toHaveLength(1);
    expect(await actions(ada, 'audit_schedule.missed')).toHaveLength(4);
    expect(Date.parse(schedule?.nextAt ?? '')).toBeGreaterThan(app.clock.millis());
  });

  it('is paused when its maker may not any more, says so, and goes on when somebody takes it over', async () => {
    let ada = await noon();
    const admin = await app.colleagueOf(ada, 'admin', 'Otto');
    const schedule = await create(admin);
    await app.rows('UPDATE memberships SET ended_at = now() WHERE user_id = $1', [admin.userId]);
    ada = await later(ada, 22 * HOUR);
    await app.settle();
    const [paused] = await list(ada);
    expect(paused).toMatchObject({ state: 'paused', pausedBecause: expect.stringContaining('may not'), nextAt: null });
    expect(await made(ada)).toEqual([]);
    expect(await subjects(ada)).toContain('The scheduled export Morning was paused');
    const taken = await ada.patch<AuditSchedule>(`/api/audit/schedules/${schedule.body.id}`, { state: 'active' });
    expect(taken.body).toMatchObject({ state: 'active', pausedBecause: null, createdBy: { id: ada.userId } });
    ada = await later(ada, DAY);
    expect(await made(ada)).toHaveLength(1);
    expect((await ada.delete(`/api/audit/schedules/${schedule.body.id}`)).status).toBe(204);
    expect(await list(ada)).toEqual([]);
    expect(await made(ada)).toHaveLength(1);
  });

  it('is changed by who may, with the rules of a new one, and is made on their behalf from then on', async () => {
    const ada = await noon();
    const cleo = await app.colleagueOf(ada, 'admin', 'Cleo');
    const auditor = await app.colleagueOf(ada, 'auditor');
    const agent = await app.colleagueOf(ada, 'agent');
    const { body } = await create(ada);
    const change = (wanted: object, person = cleo) =>
      person.patch<AuditSchedule & Problem>(`/api/audit/schedules/${body.id}`, wanted);
    const wanted = {
      ...{ name: 'Evening', format: 'csv', covers: 'all', frequency: 'weekly', weekday: 3, hour: 18, minute: 30 },
      ...{ timeZone: 'Europe/Berlin', filters: { action: 'lead' }, recipientIds: [auditor.userId] },
    };
    const changed = await change(wanted);
    expect(changed).toMatchObject({ status: 200, body: { ...wanted, state: 'active', createdBy: { name: 'Cleo' } } });
    expect(changed.body.nextAt).not.toBe(body.nextAt);
    expect(new Date(changed.body.nextAt ?? '').getUTCDay()).toBe(3);
    const [entry] = await actions(ada, 'audit_schedule.updated');
    expect(entry?.changes).toContainEqual({ field: 'name', before: 'Morning', after: 'Evening' });
    expect(entry?.changes.map(({ field }) => field)).not.toContain('state');

    expect((await change({ name: 'Evening' }, ada)).body.createdBy.name).toBe('Cleo');
    expect(await actions(ada, 'audit_schedule.updated')).toHaveLength(1);
    const paused = await change({ state: 'paused' }, ada);
    expect(paused.body).toMatchObject({ state: 'paused', createdBy: { name: 'Cleo' }, nextAt: null });
    expect((await change({ name: 'Night' }, ada)).body).toMatchObject({
      state: 'paused',
      createdBy: { id: ada.userId },
    });
    expect((await change({ filters: {} })).body.filters).toEqual({});

    const nowhere = await change({ timeZone: 'Mars/Base' });
    expect([nowhere.status, nowhere.body.errors?.[0]?.path]).toEqual([400, 'timeZone']);
    const outsider = await change({ recipientIds: [agent.userId] });
    expect([outsider.status, outsider.body.errors?.[0]?.path]).toEqual([400, 'recipientIds.0']);
    expect((await change({ hour: 24 })).status).toBe(400);
    expect((await change({ name: 'Mine' }, auditor)).status).toBe(403);
  });

  it('schedules are set up by who may, for people who may read the log', async () => {
    const ada = await noon();
    const agent = await app.colleagueOf(ada);
    const auditor = await app.colleagueOf(ada, 'auditor');
    const eve = await app.person('Eve');
    expect([(await create(agent)).status, (await create(auditor)).status]).toEqual([403, 403]);
    for (const more of [
      { recipientIds: [agent.userId] },
      { recipientIds: [eve.userId] },
      { timeZone: 'Mars/Olympus' },
      { frequency: 'minutely' },
      { monthday: 32 },
      { hour: 24 },
      { name: '' },
    ]) {
      expect([more, (await create(ada, more)).status]).toEqual([more, 400]);
    }
    const { body } = await create(ada);
    expect((await eve.patch(`/api/audit/schedules/${body.id}`, { state: 'paused' })).status).toBe(404);
    expect((await auditor.patch(`/api/audit/schedules/${body.id}`, { state: 'paused' })).status).toBe(403);
    expect((await actions(ada, 'audit_schedule.created')).length).toBe(1);
  });

  it('checkpoints are mailed to who was chosen, as often as was asked, and on demand', async () => {
    let ada = await noon();
    const auditor = await app.colleagueOf(ada, 'auditor');
    const agent = await app.colleagueOf(ada);
    const set = (recipientIds: string[], person = ada) =>
      person.put('/api/audit/checkpoint-delivery', { recipientIds, every: 'day' });
    expect((await set([agent.userId])).status).toBe(400);
    expect((await set([auditor.userId], auditor)).status).toBe(403);
    expect(await set([auditor.userId])).toMatchObject({ status: 200, body: { every: 'day', mailedAt: null } });
    const sent = await ada.post<{ size: number; mailedTo: number }>('/api/audit/checkpoint-delivery/now');
    expect(sent).toMatchObject({ status: 200, body: { mailedTo: 1, streams: 0 } });
    await app.settle();
    const count = async () =>
      (await subjects(ada)).filter((subject) => subject.startsWith('Audit checkpoint of')).length;
    expect(await count()).toBe(1);
    const mails = await ada.get<Page<MailboxMail>>('/api/mailbox');
    const mail = mails.body.items.find(({ subject }) => subject.startsWith('Audit checkpoint'));
    const { text } = (await ada.get<MailboxMailPage>(`/api/mailbox/${mail?.id}`)).body;
    const line = text.split('\n').find((each) => each.startsWith('{')) ?? '{}';
    const checkpoints = (await ada.get<Page<object>>('/api/audit/checkpoints')).body.items;
    expect(checkpoints).toContainEqual(JSON.parse(line));
    // An hour later there is another checkpoint, and a day later another mail.
    ada = await later(ada, HOUR + 60_000);
    await ada.post('/api/leads', { name: 'Lin' });
    await app.get(CheckpointSweeper).look();
    await app.get(DeliverySweeper).look();
    await app.settle();
    expect(await count()).toBe(1);
    ada = await later(ada, DAY);
    await app.get(DeliverySweeper).look();
    await app.settle();
    expect(await count()).toBe(2);
    // Nothing happens any more: neither checkpoints nor mails make each other.
    ada = await later(ada, 2 * DAY);
    await ada.get('/api/audit/checkpoint-delivery');
    expect(await app.get(CheckpointDeliveries).due()).not.toContain(agent.workspaceId);
    expect((await actions(ada, 'checkpoint_delivery.updated')).length).toBe(1);
  });
});
