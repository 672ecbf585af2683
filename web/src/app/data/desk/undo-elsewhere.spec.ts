import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Message } from '@threadline/contracts';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiProblem } from '../../core/api';
import { Session } from '../../core/session';
import { Ticker } from '../../shared/format';
import { Toasts } from '../../shared/toast';
import { Threads } from '../messages';
import { UndoElsewhere } from './undo-elsewhere';

const NOW = Date.parse('2026-03-02T14:00:05.000Z');
const message = (id: string, leadId = 'lin'): Message => ({ id, leadId, status: 'queued' }) as Message;

describe('undoing a message from elsewhere', () => {
  let undone: string[];
  let refusal: ApiProblem | null;
  let toasts: Toasts;
  let elsewhere: UndoElsewhere;
  const me = signal<object | null>({});

  beforeEach(() => {
    undone = [];
    refusal = null;
    me.set({});
    const undo = ({ id }: Message) => (refusal ? Promise.reject(refusal) : Promise.resolve(undone.push(id)));
    TestBed.configureTestingModule({
      providers: [
        { provide: Threads, useValue: { of: () => ({ undo }) } },
        { provide: Session, useValue: { me } },
        { provide: Ticker, useValue: { now: () => NOW } },
      ],
    });
    toasts = TestBed.inject(Toasts);
    elsewhere = TestBed.inject(UndoElsewhere);
  });

  const shown = () => toasts.shown().map(({ text, seconds }) => ({ text, seconds }));

  it('is offered for the time that is left, and takes the message back', async () => {
    elsewhere.offer(message('1'), NOW + 7_000);
    expect(shown()).toEqual([{ text: 'Sending your message', seconds: 7 }]);
    toasts.undoNewest();
    await wait(0);
    expect(undone).toEqual(['1']);
    expect(shown()[0]?.text).toMatch(/^Taken back/u);
  });

  it('is offered no longer than the message waits', async () => {
    elsewhere.offer(message('1'), NOW);
    expect(shown()).toEqual([]);
    elsewhere.offer(message('1'), NOW + 5);
    expect(shown()).toHaveLength(1);
    await wait(20);
    expect(shown()).toEqual([]);
  });

  it('goes when its own conversation is open again, and with the session', () => {
    elsewhere.offer(message('1', 'lin'), NOW + 7_000);
    elsewhere.offer(message('2', 'sam'), NOW + 8_000);
    elsewhere.end('lin');
    expect(shown().map(({ seconds }) => seconds)).toEqual([8]);
    me.set(null);
    TestBed.tick();
    expect(shown()).toEqual([]);
    elsewhere.offer(message('3'), NOW + 7_000);
    expect(shown()).toEqual([]);
  });

  it('says when it was too late', async () => {
    refusal = new ApiProblem({ status: 409, code: 'undo_expired', title: 'Too late' });
    elsewhere.offer(message('1'), NOW + 7_000);
    toasts.undoNewest();
    await wait(0);
    expect(toasts.shown()[0]).toMatchObject({ tone: 'bad' });
    expect(shown()[0]?.text).toMatch(/already left/u);
  });
});
