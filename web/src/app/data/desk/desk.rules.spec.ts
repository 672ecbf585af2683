import { describe, expect, it } from '@jest/globals';
import type { Message } from '@threadline/contracts';
import { ApiProblem } from '../../core/api';
import type { DraftView } from '../drafts';
import { isReplaced, newestConfirmed, refusalWords, twinOf, undoFound } from './desk.rules';

const NOW = Date.parse('2026-03-02T14:00:05.000Z');
const message = (id: string, part: Partial<Message> = {}): Message =>
  ({
    id,
    status: 'sent',
    authorId: 'mara',
    createdAt: '2026-03-02T14:00:00.000Z',
    undoUntil: null,
    ...part,
  }) as Message;

describe('a desk', () => {
  it('has seen the newest message that the server knows', () => {
    expect(newestConfirmed([message('1'), message('2'), message('3')], new Set(['3']))).toBe('2');
    expect(newestConfirmed([], new Set())).toBeNull();
  });

  it('offers after a reload to take back what has not left', () => {
    const waiting = message('2', { status: 'queued', undoUntil: '2026-03-02T14:00:10.000Z' });
    expect(undoFound([message('1'), waiting], 'mara', NOW)).toEqual({
      messageId: '2',
      until: NOW + 5_000,
      seconds: 10,
      busy: false,
    });
    expect(undoFound([waiting], 'tomas', NOW)).toBeNull();
    expect(undoFound([waiting], 'mara', NOW + 5_000)).toBeNull();
  });

  it('knows the message of a colleague that says exactly what is written, and takes nothing else for it', () => {
    const sent = message('1', { direction: 'outbound', subject: 'Re: Offer', content: '<p>Yes <b>please</b></p>' });
    const link = (href: string, more = ''): string => `<p><a href="${href}"${more}>here</a></p>`;
    const linked = message('2', {
      direction: 'outbound',
      subject: null,
      content: link('https://a.example', ' rel="x"'),
    });
    const received = message('3', { direction: 'inbound', subject: null, content: 'Hello' });
    const twin = (content: string, subject = ''): string | undefined =>
      twinOf({ content, subject }, [sent, linked, received])?.id;
    expect(twin('<p>Yes <b>please</b></p>')).toBe('1');
    expect(twin('<p>Yes <b>please</b></p>', ' Re: Offer ')).toBe('1');
    expect(twin('<p>Yes <b>please</b></p>', 'Another subject')).toBeUndefined();
    expect(twin('<p>Yes please</p>')).toBeUndefined();
    expect(twin(link('https://a.example'))).toBe('2');
    expect(twin(link('https://b.example'))).toBeUndefined();
    expect(twin('Hello')).toBeUndefined();
  });

  it('knows a text that took the place of the own one from one that goes on with it', () => {
    const view = (authorId: string | null, content: string): DraftView =>
      ({ authorId, content, subject: '' }) as DraftView;
    const mine = view('mara', '<p>From both. And from Mara</p>');
    const after = (authorId: string, content: string): boolean => isReplaced(mine, view(authorId, content), 'mara');
    expect(after('tomas', '<p>From both. And from Tomas</p>')).toBe(true);
    expect(after('tomas', '<p>From us both. And <b>from</b> Mara</p><p>and me</p>')).toBe(false);
    expect(after('tomas', '')).toBe(true);
    expect(after('mara', '<p>Another screen</p>')).toBe(false);
    expect(isReplaced(view('mara', '<p></p>'), view('tomas', 'New'), 'mara')).toBe(false);
    expect(isReplaced(view(null, 'chosen'), view('tomas', 'New'), 'mara')).toBe(false);
  });

  it('says why something did not happen', () => {
    const problem = (code: 'unreachable' | 'undo_expired' | 'no_address', detail?: string): ApiProblem =>
      new ApiProblem({ status: code === 'unreachable' ? 0 : 409, code, title: 'Title', detail });
    expect(refusalWords(problem('unreachable'))).toMatch(/Nothing is lost/u);
    expect(refusalWords(problem('undo_expired'))).toMatch(/already left/u);
    expect(refusalWords(problem('no_address', 'Lin has no e-mail address.'))).toBe('Lin has no e-mail address.');
  });
});
