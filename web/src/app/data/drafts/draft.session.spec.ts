import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate as nodeImmediate } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Draft } from '@threadline/contracts';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { ApiProblem } from '../../core/api';
import { DraftBox } from './draft.box';
import { DraftSession } from './draft.session';
import type { DraftSave, DraftsApi } from './drafts.api';

const ME = 'mara';
const NOW = Date.parse('2026-03-02T14:00:00.000Z');

/** The server's one draft: revisions that rise, and saves that can be held back, refused or cut off. */
class Server {
  draft: Draft | null = null;
  revision = 0;
  away = false;
  /** Saves are taken, but their answers get lost. */
  mute = false;
  saves: DraftSave[] = [];
  underway = 0;
  most = 0;
  gate: Promise<void> = Promise.resolve();

  readonly api = {
    one: () => (this.away ? Promise.reject(this.unreachable()) : Promise.resolve(this.draft)),
    save: (_leadId: string, save: DraftSave) => this.save(save),
    discard: () => Promise.resolve(this.write('', '', ME)).then(() => undefined),
  } as unknown as DraftsApi;

  write(content: string, subject = '', authorId = 'tomas'): Draft {
    this.revision += 1;
    const at = new Date(Date.now()).toISOString();
    const { revision } = this;
    this.draft = {
      id: 'd',
      leadId: 'lin',
      channel: 'email',
      content,
      subject,
      revision,
      authorId,
      savedAt: at,
      updatedAt: at,
    };
    return this.draft;
  }

  private async save(save: DraftSave): Promise<Draft> {
    this.underway += 1;
    this.most = Math.max(this.most, this.underway);
    await this.gate;
    this.underway -= 1;
    if (this.away) throw this.unreachable();
    this.saves.push(save);
    if (this.draft && this.draft.content === save.content && this.draft.subject === save.subject) return this.draft;
    if (save.baseRevision !== this.revision) {
      const current = this.draft ?? this.write('');
      throw new ApiProblem({ status: 409, code: 'stale_revision', title: 'The draft has moved on', current });
    }
    const saved = this.write(save.content, save.subject, ME);
    if (this.mute) throw this.unreachable();
    return saved;
  }

  private unreachable(): ApiProblem {
    return new ApiProblem({ status: 0, code: 'unreachable', title: 'The server could not be reached' });
  }
}

/** Lets promises and the browser's database run, while the clock stands still. */
const settle = (): Promise<void> => wait(15);
const pass = async (milliseconds: number): Promise<void> => {
  jest.advanceTimersByTime(milliseconds);
  await settle();
};

describe('the draft on the screen', () => {
  let server: Server;
  let box: DraftBox;
  let cut: boolean;

  const begin = (part: { clientId?: string } = {}): DraftSession =>
    new DraftSession({
      leadId: 'lin',
      channel: 'email',
      key: 'w/mara/lin/email',
      clientId: part.clientId ?? 'this screen',
      userId: ME,
      api: server.api,
      box,
      now: () => Date.now(),
      away: () => cut,
    });
  const opened = async (): Promise<DraftSession> => {
    const session = begin();
    await session.open();
    return session;
  };
  const type = (session: DraftSession, content: string): void => session.edit({ content, subject: '' });

  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
    globalThis.structuredClone ??= (value: unknown) => JSON.parse(JSON.stringify(value)) as never;
    globalThis.setImmediate ??= nodeImmediate;
    jest.useFakeTimers({ now: NOW, doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    server = new Server();
    box = new DraftBox();
    cut = false;
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('is saved 500 ms after the last key, once', async () => {
    const session = await opened();
    type(session, 'H');
    await pass(499);
    type(session, 'Hello');
    await pass(499);
    expect(server.saves).toHaveLength(0);
    expect(session.snapshot.label).toBe('typing');
    await pass(1);
    expect(server.saves.map(({ content }) => content)).toEqual(['Hello']);
    expect(session.snapshot.label).toBe('saved');
  });

  it('is saved one save after the other, each on the revision before it', async () => {
    const session = await opened();
    let let1: () => void = () => undefined;
    server.gate = new Promise((resolve) => (let1 = resolve));
    type(session, 'one');
    await pass(500);
    type(session, 'one two');
    await pass(500);
    let1();
    await settle();
    expect(server.most).toBe(1);
    expect(server.saves.map(({ content, baseRevision }) => [content, baseRevision])).toEqual([
      ['one', 0],
      ['one two', 1],
    ]);
    expect(session.snapshot.label).toBe('saved');
  });

  it('keeps both texts when a colleague was faster, until a person chooses', async () => {
    const session = await opened();
    type(session, 'mine');
    server.write('theirs');
    await pass(500);
    expect(session.snapshot).toMatchObject({ label: 'conflict', content: 'mine', theirs: { content: 'theirs' } });
    type(session, 'mine, longer');
    await pass(5_000);
    expect(server.draft?.content).toBe('theirs');
    session.keepMine();
    await settle();
    expect(server.draft?.content).toBe('mine, longer');
    expect(session.snapshot).toMatchObject({ label: 'saved', theirs: null });
  });

  it('gives its own text up for theirs when asked to', async () => {
    const session = await opened();
    const shown: string[] = [];
    session.adopted$.subscribe(({ content }) => shown.push(content));
    type(session, 'mine');
    server.write('theirs');
    await pass(500);
    session.takeTheirs();
    expect(shown.at(-1)).toBe('theirs');
    expect(session.snapshot).toMatchObject({ content: 'theirs', label: 'saved', theirs: null });
    expect(await box.all('w/')).toEqual([]);
  });

  describe('two texts that nobody has chosen between', () => {
    const colliding = async (): Promise<DraftSession> => {
      const session = await opened();
      type(session, 'mine');
      server.write('theirs');
      await pass(500);
      return session;
    };
    const BOTH = { label: 'conflict', content: 'mine', theirs: { content: 'theirs' } };

    it('are both there after a reload, whatever the list of drafts tells first', async () => {
      await colliding();
      const after = begin();
      const shown: string[] = [];
      after.adopted$.subscribe(({ content }) => shown.push(content));
      await after.open(server.draft);
      await settle();
      expect(after.snapshot).toMatchObject(BOTH);
      expect(shown.filter(Boolean)).toEqual(['mine']);
      expect(await box.all('w/')).toMatchObject([{ content: 'mine' }]);
      after.keepMine();
      await settle();
      expect(server.draft?.content).toBe('mine');
      expect(await box.all('w/')).toEqual([]);
    });

    it('are both there after a reload, though news of theirs come before the own one is found', async () => {
      await colliding();
      const after = begin();
      await Promise.all([after.open(), after.savedElsewhere(1, 'another screen')]);
      expect(after.snapshot).toMatchObject(BOTH);
      expect(await box.all('w/')).toMatchObject([{ content: 'mine' }]);
    });

    it('stay both where they are when the conversation is left and opened again', async () => {
      const session = await colliding();
      await session.flush();
      await session.open(server.draft);
      const shown: string[] = [];
      session.adopted$.subscribe(({ content }) => shown.push(content));
      expect(session.snapshot).toMatchObject(BOTH);
      expect(shown).toEqual(['mine']);
    });

    it('are one again after a reload when the other one was sent meanwhile', async () => {
      await colliding();
      const after = begin();
      server.write('');
      await Promise.all([after.open(), after.clearedElsewhere(2)]);
      await pass(500);
      expect(after.snapshot).toMatchObject({ content: 'mine', label: 'saved', theirs: null });
      expect(server.draft?.content).toBe('mine');
    });

    it('do not collide again after a reload when the own one was chosen without a network', async () => {
      const session = await colliding();
      server.away = true;
      session.keepMine();
      await settle();
      server.away = false;
      const after = await opened();
      await settle();
      expect(after.snapshot).toMatchObject({ content: 'mine', label: 'saved', theirs: null });
      expect(server.draft?.content).toBe('mine');
    });
  });

  it('shows what the list of drafts knows of it while it is loading', async () => {
    const known = server.write('as it was stored');
    server.away = true;
    const session = begin();
    await session.open(known);
    expect(session.snapshot.content).toBe('as it was stored');
  });

  it('ignores its own echo, and takes over what another screen saved', async () => {
    const session = await opened();
    type(session, 'Hello');
    await pass(500);
    const asked = jest.spyOn(server.api, 'one');
    await session.savedElsewhere(1, 'this screen');
    await session.savedElsewhere(1, 'another screen');
    expect(asked).not.toHaveBeenCalled();
    server.write('Hello from the other desk');
    await session.savedElsewhere(2, 'another screen');
    expect(session.snapshot).toMatchObject({ content: 'Hello from the other desk', authorId: 'tomas', label: 'saved' });
  });

  it('is kept here while the server is away, and saved as soon as it is back', async () => {
    const session = await opened();
    server.away = true;
    type(session, 'on the train');
    await pass(500);
    expect(session.snapshot.label).toBe('offline');
    expect(await box.all('w/')).toMatchObject([{ content: 'on the train', baseRevision: 0 }]);
    server.away = false;
    session.retryNow();
    await settle();
    expect(session.snapshot.label).toBe('saved');
    expect(await box.all('w/')).toEqual([]);
  });

  it('says that it is kept here from the first save that failed until one succeeds, however much is typed', async () => {
    const session = await opened();
    const said = new Set<string>();
    server.away = true;
    type(session, 'on');
    await pass(500);
    session.view$.subscribe(({ label }) => said.add(label));
    for (const content of ['on the', 'on the night', 'on the night train']) {
      type(session, content);
      await pass(700);
    }
    expect([...said]).toEqual(['offline']);
    server.away = false;
    session.retryNow();
    await settle();
    type(session, 'home');
    expect([...said]).toEqual(['offline', 'saved', 'typing']);
  });

  it('promises no save while the connection is known to be lost', async () => {
    const session = await opened();
    cut = true;
    type(session, 'in the tunnel');
    expect(session.snapshot.label).toBe('offline');
    await pass(500);
    expect(session.snapshot.label).toBe('saved');
  });

  it('tries again by itself, more and more seldom', async () => {
    const session = await opened();
    server.away = true;
    type(session, 'alone');
    await pass(500);
    const tried = jest.spyOn(server.api, 'save');
    await pass(2_000);
    await pass(2_000);
    expect(tried).toHaveBeenCalledTimes(1);
    server.away = false;
    await pass(2_000);
    expect(server.draft?.content).toBe('alone');
    expect(session.snapshot.label).toBe('saved');
  });

  it('does not disagree with itself when only the answer to a save was lost', async () => {
    const session = await opened();
    server.mute = true;
    type(session, 'first');
    await pass(500);
    server.mute = false;
    type(session, 'first and second');
    await pass(500);
    expect(session.snapshot).toMatchObject({ label: 'saved', theirs: null });
    expect(server.draft?.content).toBe('first and second');
  });

  it('survives a reload that came before the save', async () => {
    const before = await opened();
    type(before, 'half a sente');
    await settle();
    const after = await opened();
    await settle();
    expect(after.snapshot).toMatchObject({ content: 'half a sente', label: 'saved' });
    expect(server.draft?.content).toBe('half a sente');
  });

  it('keeps what was typed while it was loading', async () => {
    server.write('as it was stored', '', ME);
    const session = begin();
    const loading = session.open();
    type(session, 'typed at once');
    await loading;
    await pass(500);
    expect(session.snapshot).toMatchObject({ content: 'typed at once', label: 'saved' });
    expect(server.draft?.content).toBe('typed at once');
  });

  it('shows a colleague’s text beside what was typed while it was loading, and overwrites neither', async () => {
    server.write('of a colleague');
    const session = begin();
    const loading = session.open();
    type(session, 'typed at once');
    await loading;
    await pass(500);
    expect(session.snapshot).toMatchObject({ content: 'typed at once', theirs: { content: 'of a colleague' } });
    expect(server.draft?.content).toBe('of a colleague');
  });

  it('is empty once it is sent, here and in this browser, and no late save brings it back', async () => {
    const session = await opened();
    type(session, 'Goodbye');
    expect(await session.beginToSend()).toEqual({ content: 'Goodbye', subject: '' });
    expect(session.snapshot).toMatchObject({ content: '', label: 'empty' });
    await pass(5_000);
    expect(server.saves).toHaveLength(0);
    session.sent();
    await settle();
    expect(await box.all('w/')).toEqual([]);
    expect(session.unsaved).toBe(false);
  });

  it('stands in the editor again when it could not be sent, above what was begun since', async () => {
    const session = await opened();
    type(session, '<p>First</p>');
    await session.beginToSend();
    type(session, '<p>Second</p>');
    await pass(500);
    session.putBack();
    await settle();
    expect(session.snapshot.content).toBe('<p>First</p><p>Second</p>');
    expect(server.draft?.content).toBe('<p>First</p><p>Second</p>');
  });

  it('is said to be unsent until it is changed or sent', async () => {
    const session = await opened();
    type(session, 'Hello');
    await session.beginToSend();
    session.putBack(true);
    await settle();
    expect(session.snapshot).toMatchObject({ label: 'saved', unsent: true });
    type(session, 'Hello again');
    expect(session.snapshot.unsent).toBe(false);
    await session.beginToSend();
    session.putBack(true);
    await session.beginToSend();
    session.sent();
    expect(session.snapshot).toMatchObject({ label: 'empty', unsent: false });
  });

  it('is said to be unsent in a later visit too, until it is sent or another text there', async () => {
    const first = await opened();
    type(first, 'Hello');
    await first.beginToSend();
    first.putBack(true);
    await settle();
    expect(first.snapshot.label).toBe('saved');
    const later = await opened();
    expect(later.snapshot).toMatchObject({ content: 'Hello', label: 'saved', unsent: true });
    await later.beginToSend();
    later.sent();
    await settle();
    expect((await opened()).snapshot.unsent).toBe(false);
  });

  it('is not said to be unsent where another text was saved since, nor is that a collision', async () => {
    const first = await opened();
    type(first, 'Hello');
    await first.beginToSend();
    first.putBack(true);
    await settle();
    server.write('Hello from Tomas');
    const later = await opened();
    expect(later.snapshot).toMatchObject({ content: 'Hello from Tomas', label: 'saved', unsent: false, theirs: null });
    expect(await box.all('w/mara/')).toEqual([]);
  });

  it('is the draft again when it was thrown away and brought back', async () => {
    const session = await opened();
    type(session, 'too good to lose');
    await pass(500);
    await session.discard();
    expect(session.snapshot).toMatchObject({ content: '', label: 'empty' });
    const shown: string[] = [];
    session.adopted$.subscribe(({ content }) => shown.push(content));
    session.bringBack({ content: 'too good to lose', subject: '' });
    await settle();
    expect(shown.at(-1)).toBe('too good to lose');
    expect(session.snapshot.label).toBe('saved');
    expect(server.draft?.content).toBe('too good to lose');
  });

  it('lets a text that was begun while the last one was sent become the next draft', async () => {
    const session = await opened();
    type(session, 'First');
    await pass(500);
    await session.beginToSend();
    type(session, 'Second');
    server.write('');
    await session.clearedElsewhere(2);
    session.sent();
    await pass(500);
    expect(session.snapshot).toMatchObject({ content: 'Second', label: 'saved' });
    expect(server.draft?.content).toBe('Second');
  });

  it('is empty when it was sent or thrown away on another screen, and knows by whom', async () => {
    const session = await opened();
    type(session, 'shared');
    await pass(500);
    server.write('');
    await session.clearedElsewhere(2, 'tomas');
    expect(session.snapshot).toMatchObject({ content: '', label: 'empty', authorId: 'tomas' });
  });

  it('says why when the server refuses it, and does not lose it', async () => {
    const session = await opened();
    jest
      .spyOn(server.api, 'save')
      .mockRejectedValue(new ApiProblem({ status: 413, code: 'too_large', title: 'The request is too large' }));
    type(session, 'too long');
    await pass(500);
    expect(session.snapshot).toMatchObject({ label: 'not saved', reason: 'The request is too large' });
    expect(await box.all('w/')).toHaveLength(1);
  });

  it('is saved at once when its screen closes', async () => {
    const session = await opened();
    type(session, 'leaving');
    await session.flush();
    expect(server.draft?.content).toBe('leaving');
  });
});
