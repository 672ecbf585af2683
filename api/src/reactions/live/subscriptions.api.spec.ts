import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isEnvelope } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { LiveLimits } from './live.limits';
import { Streams } from './streams';
import { happens, happensAtOnce, range, TestScreen } from './test-screen';

describe('subscribing to the live stream', () => {
  let app: TestApp;
  let ada: Person;
  const screens: TestScreen[] = [];

  const open = async (person = ada) => {
    const screen = await TestScreen.open(app, person.token);
    screens.push(screen);
    return screen;
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterEach(() => screens.splice(0).forEach((screen) => screen.close()));
  afterAll(() => app.stop());

  it('is answered with the log’s position, and what happens then follows it without a gap', async () => {
    const screen = await open();
    const ack = await screen.subscribe({ services: ['leads'] });
    const [head] = await app.rows<{ seq: string }>('SELECT seq FROM workspace_heads WHERE workspace_id = $1', [
      ada.workspaceId,
    ]);
    expect(ack).toEqual({ type: 'ack', seq: Number(head?.seq), replayed: 0, epoch: expect.any(String) });

    const last = await happens(app, ada, ['lead', 'lead', 'lead']);
    await screen.reached('leads', last);

    expect(screen.seqs('leads')).toEqual(range(ack.seq + 1, last));
    const [message] = screen.messages('leads_updated');
    expect(message).toEqual({
      type: 'leads_updated',
      seq: message?.events.at(-1)?.seq,
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      events: expect.any(Array),
    });
    const page = await ada.get<{ items: unknown[] }>(`/api/events?after=${ack.seq}`);
    expect(screen.envelopes('leads')).toEqual(page.body.items);
  });

  it('with a position replays all that was missed, in order and each once, before it is live', async () => {
    const before = await (await open()).subscribe({ services: ['leads'] });
    const missed = await happens(app, ada, ['lead', 'draft', 'rename', 'lead', 'draft']);

    const screen = await open();
    const ack = await screen.subscribe({ services: ['leads', 'drafts', 'activity'], lastSeq: before.seq });
    expect(ack).toMatchObject({ seq: missed, replayed: missed - before.seq });
    for (const service of ['leads', 'drafts', 'activity'] as const) {
      expect(screen.seqs(service)).toEqual(range(before.seq + 1, missed));
    }
    expect(screen.envelopes('leads').map((event) => event.type)).toEqual(['lead.deleted', 'lead.deleted']);
    expect(screen.envelopes('drafts').map((event) => event.type)).toEqual(['draft.saved', 'draft.saved']);
    expect(screen.envelopes('activity')).toHaveLength(5);

    const last = await happens(app, ada, ['lead', 'lead']);
    await screen.reached('leads', last);
    expect(screen.seqs('leads')).toEqual(range(before.seq + 1, last));
  });

  it('replays thousands from the log in pages while more happens', async () => {
    const bea = await app.person('Bea');
    const limits = app.get(LiveLimits);
    Object.assign(limits, { pageSize: 100 });
    for (let commit = 0; commit < 30; commit++) await happensAtOnce(app, bea, Array(50).fill('lead'));

    const screen = await open(bea);
    const asking = screen.subscribe({ services: ['leads', 'activity'], lastSeq: 0 });
    const writing = happens(app, bea, Array(60).fill('lead'));
    const ack = await asking;
    const last = await writing;
    await screen.reached('leads', last);
    await screen.reached('activity', last);
    Object.assign(limits, { pageSize: 500 });

    expect(ack.replayed).toBe(ack.seq);
    expect(screen.seqs('leads')).toEqual(range(1, last));
    expect(screen.seqs('activity')).toEqual(range(1, last));
    expect(Math.max(...screen.messages('leads_updated').map(({ events }) => events.length))).toBeLessThanOrEqual(100);
  });

  it('sends a service only its own events, and the numbers of the others with the next of them', async () => {
    const screen = await open();
    const ack = await screen.subscribe({ services: ['leads', 'drafts'] });
    const last = await happens(app, ada, ['draft', 'rename', 'draft', 'lead']);
    await screen.reached('leads', last);

    expect(screen.messages('leads_updated')).toHaveLength(1);
    expect(screen.events('leads').map(isEnvelope)).toEqual([false, false, false, true]);
    expect(screen.events('leads').slice(0, 3)).toEqual(range(ack.seq + 1, last - 1).map((seq) => ({ seq })));
    expect(screen.seqs('drafts')).toEqual(range(ack.seq + 1, last - 1));
  });

  it('brings every service to the head with the heartbeat', async () => {
    const screen = await open();
    const ack = await screen.subscribe({ services: ['leads', 'drafts'] });
    const last = await happens(app, ada, ['draft', 'draft']);
    await screen.reached('drafts', last);
    expect(screen.seqs('leads')).toEqual([]);

    app.get(Streams).beat();
    await screen.until(() => screen.messages('head').length > 0);
    expect(screen.messages('head')).toEqual([{ seq: last }]);
    expect(screen.events('leads')).toEqual(range(ack.seq + 1, last).map((seq) => ({ seq })));
  });

  it('does not save up numbers without end', async () => {
    const screen = await open();
    const ack = await screen.subscribe({ services: ['leads'] });
    await happensAtOnce(app, ada, Array(120).fill('draft'));
    await screen.reached('leads', ack.seq + 100);
    expect(screen.seqs('leads')).toEqual(range(ack.seq + 1, ack.seq + 120));
  });

  it('lets a late one begin at its own position, and the early one miss nothing', async () => {
    const early = await open();
    const first = await early.subscribe({ services: ['leads'] });
    await happens(app, ada, ['draft', 'draft']);
    const late = await open();
    const second = await late.subscribe({ services: ['leads'] });
    expect(second.seq).toBe(first.seq + 2);

    const last = await happens(app, ada, ['lead']);
    await Promise.all([early.reached('leads', last), late.reached('leads', last)]);
    expect(early.seqs('leads')).toEqual(range(first.seq + 1, last));
    expect(late.seqs('leads')).toEqual([last]);
  });

  it('a second time changes the set: what stays goes on without a gap, what goes is silent', async () => {
    const screen = await open();
    const first = await screen.subscribe({ services: ['leads', 'drafts'] });
    const middle = await happens(app, ada, ['lead', 'draft']);
    await screen.reached('drafts', middle);
    const second = await screen.subscribe({ services: ['leads', 'activity'] });
    expect(second.seq).toBe(middle);

    const last = await happens(app, ada, ['draft', 'lead']);
    await screen.reached('leads', last);
    expect(screen.seqs('leads')).toEqual(range(first.seq + 1, last));
    expect(screen.seqs('drafts')).toEqual(range(first.seq + 1, middle));
    expect(screen.seqs('activity')).toEqual(range(second.seq + 1, last));
  });

  it('can be asked again for what is missing, without live events running ahead of it', async () => {
    const screen = await open();
    const first = await screen.subscribe({ services: ['leads'] });
    const middle = await happens(app, ada, ['lead', 'lead', 'lead']);
    await screen.reached('leads', middle);
    screen.heard.length = 0;

    const asking = screen.subscribe({ services: ['leads'], lastSeq: first.seq + 1, epoch: first.epoch });
    const writing = happens(app, ada, ['lead', 'lead']);
    const again = await asking;
    const last = await writing;
    await screen.reached('leads', last);
    expect(again.replayed).toBe(again.seq - first.seq - 1);
    // What was written before the server heard the question came live, on the subscription from before.
    const seqs = screen.seqs('leads');
    const ahead = seqs.slice(0, seqs.indexOf(first.seq + 2));
    expect(ahead).toEqual(range(middle + 1, middle + ahead.length));
    expect(seqs.slice(ahead.length)).toEqual(range(first.seq + 2, last));
  });

  describe('from a position that cannot be gone on from', () => {
    it.each([
      ['another log', { epoch: '00000000-0000-4000-8000-000000000000', lastSeq: 1 }],
      ['the future', { lastSeq: 1_000_000 }],
      ['the far future', { lastSeq: Number.MAX_SAFE_INTEGER }],
    ])('of %s is reset to the position of now', async (_, from) => {
      const screen = await open();
      const ack = await screen.subscribe({ services: ['leads'], ...from });
      expect(screen.messages('reset')).toEqual([{ epoch: ack.epoch, seq: ack.seq }]);
      expect(ack.replayed).toBe(0);
      const last = await happens(app, ada, ['lead']);
      await screen.reached('leads', last);
      expect(screen.seqs('leads')).toEqual(range(ack.seq + 1, last));
    });

    it('too far behind is reset', async () => {
      const limits = app.get(LiveLimits);
      Object.assign(limits, { replayEvents: 3 });
      const screen = await open();
      await happens(app, ada, ['lead', 'lead', 'lead', 'lead']);
      const ack = await screen.subscribe({ services: ['leads'], lastSeq: 1 });
      Object.assign(limits, { replayEvents: 50_000 });
      expect(screen.messages('reset')).toEqual([{ epoch: ack.epoch, seq: ack.seq }]);
      expect(screen.seqs('leads')).toEqual([]);
    });

    it('too old is reset', async () => {
      const cleo = await app.person('Cleo');
      await happensAtOnce(app, cleo, ['lead', 'lead']);
      app.clock.advance(8 * 86_400_000);
      const again = await app.signIn(cleo.session?.user.email ?? '');
      const screen = await open(again);
      const ack = await screen.subscribe({ services: ['leads'], lastSeq: 1 });
      app.clock.advance(-8 * 86_400_000);
      expect(screen.messages('reset')).toEqual([{ epoch: ack.epoch, seq: ack.seq }]);
    });
  });
});
