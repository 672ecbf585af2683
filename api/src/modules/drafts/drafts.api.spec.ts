import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Draft, Envelope, Lead, Problem } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { type Tx, UnitOfWork } from '../../platform/work';
import { DraftsService } from './index';

let app: TestApp;
let ada: Person;
let ben: Person;
let eve: Person;
let leadId: string;

beforeAll(async () => {
  app = await TestApp.start();
  ada = await app.person('Ada');
  ben = await app.colleagueOf(ada);
  eve = await app.person('Eve');
});
afterAll(() => app.stop());
beforeEach(async () => {
  leadId = (await ada.post<Lead>('/api/leads', { name: 'Grace Hopper' })).body.id;
});

const path = (id = leadId) => `/api/drafts/${id}`;
const save = <T = Draft>(body: object, person = ada) => person.post<T>(path(), { channel: 'email', ...body });
const read = (person = ada) => person.get<Draft>(`${path()}?channel=email`);
const run = <T>(work: (tx: Tx) => Promise<T>) => app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), work);
const send = () => run((tx) => app.get(DraftsService).clearForSend(tx, leadId, 'email'));
const undo = (content: string, subject: string | null = null) =>
  run((tx) => app.get(DraftsService).restore(tx, { leadId, channel: 'email', content, subject }));

/** `draft.*` events of the lead, oldest first. */
function events(): Promise<Pick<Envelope, 'type' | 'data'>[]> {
  return app.rows(`SELECT type, data FROM events WHERE type LIKE 'draft.%' AND data ->> 'leadId' = $1 ORDER BY seq`, [
    leadId,
  ]);
}

describe('saving a draft', () => {
  it('answers it, keeps it and says so, without the text', async () => {
    const { status, body } = await save({
      content: '<p>Dear</p>',
      subject: 'Hello',
      baseRevision: 0,
      clientId: 'tab-1',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.any(String),
      leadId,
      channel: 'email',
      content: '<p>Dear</p>',
      subject: 'Hello',
      revision: 1,
      authorId: ada.userId,
      savedAt: expect.stringMatching(/\.\d{3}Z$/),
      updatedAt: body.savedAt,
    });
    expect(await read(ben)).toMatchObject({ status: 200, body });
    const [row] = await app.rows('SELECT * FROM drafts WHERE lead_id = $1', [leadId]);
    expect(row).toMatchObject({ workspace_id: ada.workspaceId, content: '<p>Dear</p>', revision: 1 });
    expect(await events()).toEqual([
      { type: 'draft.saved', data: { leadId, channel: 'email', revision: 1, clientId: 'tab-1' } },
    ]);
  });

  it('raises the revision by one each time and names the author', async () => {
    const first = (await save({ content: 'a' })).body;
    const second = (await save({ content: 'ab', baseRevision: 1 }, ben)).body;
    expect(second).toMatchObject({ id: first.id, revision: 2, authorId: ben.userId, content: 'ab' });
  });

  it('of the same text changes nothing and says nothing', async () => {
    const first = (await save({ content: 'a', subject: 's' })).body;
    app.clock.advance(5_000);
    for (const baseRevision of [undefined, 1, 0, 7]) {
      expect(await save({ content: 'a', subject: 's', baseRevision }, ben)).toMatchObject({ status: 200, body: first });
    }
    expect(await events()).toHaveLength(1);
  });

  it('keeps the text exactly as it was typed', async () => {
    const content = ' <script>alert(1)</script>\r\n\t& 🦊 \u202e ';
    await save({ content });
    expect((await read()).body.content).toBe(content);
  });

  it('takes 256 KiB and no more', async () => {
    expect((await save({ content: 'x'.repeat(256 * 1024) })).status).toBe(200);
    expect((await save({ content: `x${'é'.repeat(128 * 1024)}` })).status).toBe(400);
    expect((await save({ content: 'x'.repeat(1_100_000) })).status).toBe(413);
  });

  it('of the whole draft at once: a subject that is left out is none', async () => {
    await save({ content: 'a', subject: 's' });
    expect((await save({ content: 'a' })).body).toMatchObject({ subject: null, revision: 2 });
  });
});

describe('two people in one draft', () => {
  it('the later of two tabs is refused and gets the newer text; nothing is lost (F51)', async () => {
    await save({ content: 'common' });
    const mine = (await save({ content: 'mine', baseRevision: 1 })).body;
    const theirs = await save<Problem>({ content: 'theirs', baseRevision: 1 }, ben);
    expect(theirs).toMatchObject({ status: 409, body: { code: 'stale_revision', current: mine } });
    expect((await read()).body).toEqual(mine);
    const merged = await save({ content: 'mine and theirs', baseRevision: mine.revision }, ben);
    expect(merged).toMatchObject({ status: 200, body: { revision: 3 } });
  });

  it('a save that was overtaken on its way is refused (F52)', async () => {
    await save({ content: 'v1' });
    const v3 = await save({ content: 'v3', baseRevision: 1 });
    const v2 = await save({ content: 'v2', baseRevision: 1 });
    expect([v3.status, v2.status]).toEqual([200, 409]);
    expect((await read()).body.content).toBe('v3');
  });

  it('of twenty saves from the same revision one wins', async () => {
    await save({ content: 'start' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => save({ content: `text ${n}`, baseRevision: 1 }, n % 2 ? ada : ben)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    expect((await read()).body.revision).toBe(2);
  });

  it('twenty saves at once, the first of all among them, count up without a gap', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => save({ content: `text ${n}` })));
    const upToTwenty = Array.from({ length: 20 }, (_, n) => n + 1);
    expect(answers.map(({ body }) => body.revision).toSorted((a, b) => a - b)).toEqual(upToTwenty);
    expect((await events()).map(({ data }) => 'revision' in data && data.revision)).toEqual(upToTwenty);
    const last = answers.find(({ body }) => body.revision === 20);
    expect((await read()).body).toEqual(last?.body);
  });
});

describe('clearing a draft', () => {
  it('by discarding it: 204, no draft, and everybody hears of it', async () => {
    await save({ content: 'a' });
    expect((await ada.delete(`${path()}?channel=email`)).status).toBe(204);
    expect(await read()).toMatchObject({ status: 204, body: '' });
    expect((await ada.delete(path())).status).toBe(204);
    expect((await events()).slice(1)).toEqual([
      { type: 'draft.cleared', data: { leadId, channel: 'email', revision: 2, reason: 'discarded' } },
    ]);
  });

  it('by discarding one that has moved on is refused, when the caller says what it saw', async () => {
    await save({ content: 'a' });
    await save({ content: 'b' });
    const late = await ada.delete<Problem>(`${path()}?baseRevision=1`);
    expect(late).toMatchObject({ status: 409, body: { code: 'stale_revision', current: { content: 'b' } } });
    expect((await ada.delete(`${path()}?baseRevision=2`)).status).toBe(204);
  });

  it('by saving one without anything to read in it', async () => {
    await save({ content: 'a', subject: 's' });
    const { status, body } = await save({ content: '<p></p>', subject: '', baseRevision: 1 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ content: '', subject: null, revision: 2 });
    expect((await read()).status).toBe(204);
    expect((await events()).slice(1)).toMatchObject([{ type: 'draft.cleared', data: { reason: 'discarded' } }]);
  });

  it('when there is none says nothing', async () => {
    expect(await save({ content: '' })).toMatchObject({ status: 200, body: { content: '', revision: 0 } });
    expect((await ada.delete(path())).status).toBe(204);
    await send();
    expect(await events()).toEqual([]);
    expect((await read()).status).toBe(204);
  });

  it('by sending: a save that began before is refused and brings nothing back', async () => {
    await save({ content: 'almost' });
    await send();
    const late = await save<Problem>({ content: 'almost done', baseRevision: 1 });
    expect(late).toMatchObject({ status: 409, body: { current: { content: '', revision: 2 } } });
    expect((await read()).status).toBe(204);
    expect((await events()).slice(1)).toEqual([
      { type: 'draft.cleared', data: { leadId, channel: 'email', revision: 2, reason: 'sent' } },
    ]);
  });

  it.each([0, 2, undefined])('leaves room for the next one, begun from %j', async (baseRevision) => {
    await save({ content: 'sent' });
    await send();
    expect(await save({ content: 'next', baseRevision })).toMatchObject({ status: 200, body: { revision: 3 } });
  });
});

describe('a message that was taken back', () => {
  it('is a draft again, as a new revision', async () => {
    await save({ content: 'text', subject: 'subject' });
    await send();
    expect(await undo('text', 'subject')).toMatchObject({ content: 'text', subject: 'subject', revision: 3 });
    expect((await read()).body).toMatchObject({ content: 'text', subject: 'subject', revision: 3 });
    expect((await events()).slice(2)).toEqual([
      { type: 'draft.saved', data: { leadId, channel: 'email', revision: 3, clientId: null } },
    ]);
  });

  it('is a draft also when it had none before', async () => {
    expect(await undo('straight away')).toMatchObject({ content: 'straight away', revision: 1 });
  });

  it('does not replace what somebody has begun since', async () => {
    await save({ content: 'text' });
    await send();
    await save({ content: 'begun since' }, ben);
    expect(await undo('text')).toBeNull();
    expect((await read()).body.content).toBe('begun since');
  });
});

describe('all drafts', () => {
  it('come in pages, those with a text and a lead only', async () => {
    const cleo = await app.person('Cleo');
    const made: string[] = [];
    for (let n = 0; n < 5; n++) {
      const lead = (await cleo.post<Lead>('/api/leads', { name: `Lead ${n}` })).body;
      made.push((await cleo.post<Draft>(path(lead.id), { channel: 'email', content: `text ${n}` })).body.id);
      if (n === 3) await cleo.delete(path(lead.id));
      if (n === 4) await cleo.delete(`/api/leads/${lead.id}`);
    }
    type Page = { items: Draft[]; nextCursor: string | null; asOf: number };
    const first = await cleo.get<Page>('/api/drafts?limit=2');
    expect(first.body).toMatchObject({
      items: [{ content: 'text 0' }, { content: 'text 1' }],
      asOf: expect.any(Number),
    });
    const second = await cleo.get<Page>(`/api/drafts?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ items: [{ id: made[2] }], nextCursor: null });
    expect((await eve.get<Page>('/api/drafts')).body.items).toEqual([]);
    expect((await eve.get(`/api/drafts?cursor=${first.body.nextCursor}`)).status).toBe(400);
  });
});

describe('drafts of leads that are not there (A39)', () => {
  it('are not there either', async () => {
    await save({ content: 'private' });
    const answers = await Promise.all([
      eve.get(path()),
      save({ content: 'forged' }, eve),
      eve.delete(path()),
      ada.get(path('00000000-0000-7000-8000-000000000000')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await read()).body.content).toBe('private');
    expect(await events()).toHaveLength(1);
    expect((await app.stranger.get(path())).status).toBe(401);
  });

  it('come back with the lead', async () => {
    await save({ content: 'kept' });
    await ada.delete(`/api/leads/${leadId}`);
    expect((await read()).status).toBe(404);
    await ada.post(`/api/leads/${leadId}/restore`);
    expect((await read()).body).toMatchObject({ content: 'kept', revision: 1 });
  });
});

describe('bad input', () => {
  it.each<[string, unknown]>([
    ['no channel', { content: 'a' }],
    ['an unknown channel', { channel: 'pigeon', content: 'a' }],
    ['no content', { channel: 'email' }],
    ['content that is null', { channel: 'email', content: null }],
    ['content that is a list (A54)', { channel: 'email', content: ['a'] }],
    ['NUL', { channel: 'email', content: 'a\u0000b' }],
    ['half a character (A53)', '{"channel": "email", "content": "\\udfff"}'],
    ['a subject of two lines', { channel: 'email', content: 'a', subject: 'a\nb' }],
    ['a long subject', { channel: 'email', content: 'a', subject: 's'.repeat(501) }],
    ['a base of half a revision (A55)', { channel: 'email', content: 'a', baseRevision: 1.5 }],
    ['a base that is text (A55)', { channel: 'email', content: 'a', baseRevision: '1' }],
    ['a base below zero', { channel: 'email', content: 'a', baseRevision: -1 }],
    ['a base of 1e400 (A55)', '{"channel": "email", "content": "a", "baseRevision": 1e400}'],
    ['a base that is null', { channel: 'email', content: 'a', baseRevision: null }],
    ['a revision (A41)', { channel: 'email', content: 'a', revision: 9 }],
    ['an author (A41)', { channel: 'email', content: 'a', authorId: 'x' }],
    ['another lead (A41)', { channel: 'email', content: 'a', leadId: 'x' }],
    ['a client with spaces', { channel: 'email', content: 'a', clientId: 'my tab' }],
    ['a prototype (A48)', '{"channel": "email", "content": "a", "__proto__": {"x": 1}}'],
  ])('%s: 400', async (_, body) => {
    expect(await ada.post<Problem>(path(), body)).toMatchObject({ status: 400, body: { status: 400 } });
    expect((await read()).status).toBe(204);
  });

  it.each(['channel=pigeon', 'channel=email&channel=email', 'channel=', 'other=1'])('?%s: 400', async (query) => {
    expect((await ada.get(`${path()}?${query}`)).status).toBe(400);
    expect((await ada.delete(`${path()}?${query}`)).status).toBe(400);
  });

  it.each(['baseRevision=1e3', 'baseRevision=-1', 'baseRevision=x'])('DELETE ?%s: 400', async (query) => {
    expect((await ada.delete(`${path()}?${query}`)).status).toBe(400);
  });
});
