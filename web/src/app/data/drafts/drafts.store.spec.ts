import { TestBed } from '@angular/core/testing';
import { signal } from '@angular/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as nodeImmediate } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Draft, Me } from '@threadline/contracts';
import { ApiProblem } from '../../core/api';
import { Live } from '../../core/live';
import { Session } from '../../core/session';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { BehaviorSubject, NEVER, type Subscription } from 'rxjs';
import { DraftsApi, type DraftSave } from './drafts.api';
import { Drafts } from './drafts.store';

/** What was asked for has come by then, also on a busy machine. Milliseconds. */
const SOON = 100;

const DRAFT = {
  leadId: 'lin',
  channel: 'email',
  content: 'Hello',
  subject: '',
  revision: 1,
  authorId: 'tomas',
} as Draft;

const as = (...permissions: string[]): Me =>
  ({ user: { id: 'mara' }, workspace: { id: 'w' }, permissions }) as unknown as Me;
const AGENT = as('drafts:read', 'drafts:write');
const ANALYST = as('analytics:read');

describe('the drafts of a person whose rights change', () => {
  let asked: string[];
  let saved: string[];
  let away: boolean;
  let drafts: Drafts;
  let marked: string[];
  let list: Subscription;
  const me = signal<Me | null>(null);
  const kind = signal<'live' | 'stale'>('live');

  const become = async (now: Me | null): Promise<void> => {
    me.set(now);
    TestBed.tick();
    await wait(SOON);
  };
  const answer = <T>(what: string, value: T): Promise<T> => {
    asked.push(what);
    const may = me()?.permissions.includes('drafts:read');
    return may ? Promise.resolve(value) : Promise.reject(new ApiProblem({ status: 403, code: 'forbidden', title: '' }));
  };

  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
    globalThis.structuredClone ??= (value: unknown) => JSON.parse(JSON.stringify(value)) as never;
    globalThis.setImmediate ??= nodeImmediate;
    [asked, saved, marked, away] = [[], [], [], false];
    me.set(null);
    kind.set('live');
    const status$ = new BehaviorSubject({ kind: 'live', since: new Date(0), through: 'socket' });
    const api = {
      list: () => answer('list', { items: [DRAFT], nextCursor: null, asOf: 1 }),
      one: () => answer('one', DRAFT),
      save: (_: string, { content }: DraftSave) => {
        if (away) return Promise.reject(new ApiProblem({ status: 0, code: 'unreachable', title: '' }));
        saved.push(content);
        return answer('save', { ...DRAFT, content, revision: 2, authorId: 'mara' });
      },
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: Live, useValue: { connection: { status$, log: () => NEVER }, status: () => ({ kind: kind() }) } },
        { provide: Session, useValue: { me, beforeSignOut: () => () => undefined } },
        { provide: DraftsApi, useValue: api },
      ],
    });
    drafts = TestBed.inject(Drafts);
    list = drafts.leadIds$.subscribe((ids) => (marked = [...ids]));
  });
  afterEach(() => list.unsubscribe());

  it('are saved as soon as the server is back', async () => {
    await become(AGENT);
    const session = drafts.take('lin', 'email');
    await session.open();
    away = true;
    kind.set('stale');
    session.edit({ content: 'while it was gone', subject: '' });
    await session.flush();
    expect([session.snapshot.label, saved]).toEqual(['offline', []]);
    away = false;
    kind.set('live');
    TestBed.tick();
    await wait(SOON);
    expect([session.snapshot.label, saved]).toEqual(['saved', ['while it was gone']]);
  });

  it('are not asked for without the right to them, whatever is on the screen', async () => {
    await become(ANALYST);
    drafts.take('lin', 'email');
    await wait(SOON);
    // The connection begins anew with the rights that are left.
    for (const each of ['stale', 'live'] as const) {
      kind.set(each);
      TestBed.tick();
    }
    await wait(SOON);
    expect(asked).toEqual([]);
    expect(marked).toEqual([]);
  });

  it('are read when the right comes to a page that is there already', async () => {
    await become(ANALYST);
    const session = drafts.take('lin', 'email');
    await become(AGENT);
    expect(marked).toEqual(['lin']);
    expect(session.snapshot).toMatchObject({ content: 'Hello', label: 'saved' });
  });

  it('go from the screen with the right, and come back with it', async () => {
    await become(AGENT);
    const session = drafts.take('lin', 'email');
    await wait(SOON);
    await become(ANALYST);
    expect(marked).toEqual([]);
    expect(session.snapshot).toMatchObject({ content: '', label: 'loading' });
    asked = [];
    await become(as('analytics:read', 'leads:read'));
    expect(asked).toEqual([]);
    await become(AGENT);
    expect(marked).toEqual(['lin']);
    expect(session.snapshot).toMatchObject({ content: 'Hello', label: 'saved' });
  });

  it('have what was unsaved when the right went, and save it when it is back', async () => {
    await become(AGENT);
    const session = drafts.take('lin', 'email');
    await wait(SOON);
    away = true;
    session.edit({ content: 'Hello, and more', subject: '' });
    await session.flush();
    await become(ANALYST);
    expect(session.snapshot.content).toBe('');
    away = false;
    await become(AGENT);
    expect(saved).toEqual(['Hello, and more']);
    expect(session.snapshot).toMatchObject({ content: 'Hello, and more', label: 'saved' });
  });
});
