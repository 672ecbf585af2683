import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventPage, isEnvelope, type Problem } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { happens, happensAtOnce, range } from './test-screen';

describe('GET /api/events', () => {
  let app: TestApp;
  let ada: Person;
  let begin: number;
  let last: number;

  const page = async (query: string, person = ada) => (await person.get<EventPage>(`/api/events${query}`)).body;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    begin = (await page('')).lastSeq;
    last = await happens(app, ada, ['lead', 'draft', 'lead', 'rename', 'lead']);
  });
  afterAll(() => app.stop());

  it('without a position answers where the log is', async () => {
    expect(await page('')).toEqual({ items: [], lastSeq: last, epoch: expect.any(String) });
  });

  it('answers what follows a position, in order and without gaps, in the shape that screens get', async () => {
    const { items, lastSeq } = await page(`?after=${begin}`);
    expect(items.map((event) => event.seq)).toEqual(range(begin + 1, last));
    expect(lastSeq).toBe(last);
    expect(items[0]).toEqual({
      id: expect.any(String),
      seq: begin + 1,
      type: 'lead.deleted',
      workspaceId: ada.workspaceId,
      occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      actor: { type: 'system', id: 'test' },
      subject: { type: 'lead', id: expect.any(String) },
      about: [expect.stringMatching(/^lead:/)],
      data: { leadId: expect.any(String), name: expect.any(String) },
    });
  });

  it('is read to its end page by page', async () => {
    const seqs: number[] = [];
    for (let after = 0, moved = true; moved;) {
      const { items, lastSeq } = await page(`?after=${after}&limit=2`);
      seqs.push(...items.map((event) => event.seq));
      moved = lastSeq > after;
      after = lastSeq;
    }
    expect(seqs).toEqual(range(1, last));
  });

  it('answers only some types, and how far it has looked', async () => {
    const drafts = await page(`?after=${begin}&types=draft.saved,workspace.renamed`);
    expect(drafts.items.map((event) => isEnvelope(event) && event.type)).toEqual(['draft.saved', 'workspace.renamed']);
    expect(drafts.lastSeq).toBe(last);
    const one = await page(`?after=${begin}&types=lead.deleted&limit=1`);
    expect(one).toMatchObject({ items: [{ seq: begin + 1 }], lastSeq: begin + 1 });
  });

  it('from the end, or from beyond it, answers where the log is', async () => {
    expect(await page(`?after=${last}`)).toMatchObject({ items: [], lastSeq: last });
    expect(await page('?after=1000000')).toMatchObject({ items: [], lastSeq: last });
  });

  it('shows what is for one person to that person alone; others see its number', async () => {
    const ben = await app.colleagueOf(ada);
    const at = (await page('')).lastSeq;
    await ben.post('/api/auth/logout', undefined, { cookie: ben.cookie ?? '' });
    expect((await page(`?after=${at}`)).items).toEqual([{ seq: at + 1 }]);
    last = at + 1;
  });

  it('shows nothing of another workspace', async () => {
    const zoe = await app.person('Zoe');
    await happensAtOnce(app, zoe, ['lead', 'lead']);
    const { items } = await page('?after=0', zoe);
    expect(items.length).toBeGreaterThan(2);
    expect(items.every((event) => !isEnvelope(event) || event.workspaceId === zoe.workspaceId)).toBe(true);
    expect((await page('')).lastSeq).toBe(last);
  });

  it.each([
    ['?after=-1', 'after'],
    ['?after=1e18', 'after'],
    ['?after=1%20OR%201=1', 'after'],
    ['?after=', 'after'],
    ['?after=99999999999999999999', 'after'],
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?types=lead.created,nonsense', 'types'],
    ['?types=', 'types'],
    ['?before=1', 'before'],
  ])('%s is refused by name', async (query, path) => {
    const answer = await ada.get<Problem>(`/api/events${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.map((error) => error.path)).toEqual([path]);
  });

  it('is closed to whoever is not signed in', async () => {
    expect((await app.stranger.get('/api/events?after=0')).status).toBe(401);
  });
});
