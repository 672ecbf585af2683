import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Envelope } from '@threadline/contracts';
import type { LogNews } from '@threadline/live';
import { BehaviorSubject, NEVER, Subject, type Subscription } from 'rxjs';
import { Live } from '../../core/live';
import { PoliciesApi } from './policies.api';
import { PoliciesStore } from './policies.store';

describe('the policies on a screen', () => {
  let news: Subject<LogNews>;
  let days: number;
  let shown: number[];
  let watching: Subscription;

  const happened = (type: string) => news.next({ kind: 'events', seq: 2, events: [{ seq: 2, type } as Envelope] });
  const read = () => new Promise((resolve) => setTimeout(resolve));

  beforeEach(async () => {
    news = new Subject();
    days = 7;
    shown = [];
    const status$ = new BehaviorSubject({ kind: 'live', since: new Date(0), through: 'socket' });
    TestBed.configureTestingModule({
      providers: [
        { provide: Live, useValue: { connection: { status$, log: () => news, state: () => NEVER } } },
        { provide: PoliciesApi, useValue: { read: () => Promise.resolve({ sessionIdleDays: days }) } },
      ],
    });
    watching = TestBed.inject(PoliciesStore).state$.subscribe(({ sessionIdleDays }) => shown.push(sessionIdleDays));
    await read();
  });
  afterEach(() => watching.unsubscribe());

  it('follow what a colleague changes, and nothing else', async () => {
    days = 3;
    happened('lead.created');
    await read();
    expect(shown.at(-1)).toBe(7);
    happened('workspace.policies_changed');
    await read();
    expect(shown.at(-1)).toBe(3);
  });

  it('are read again when something may have gone by unheard', async () => {
    days = 2;
    news.next({ kind: 'joined', seq: 5 });
    await read();
    expect(shown.at(-1)).toBe(2);
  });
});
