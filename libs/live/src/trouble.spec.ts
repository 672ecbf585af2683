import { describe, expect, it } from '@jest/globals';
import { whyRefused } from './live.socket';
import { Dropped, isFinal, isSignedOut, LiveRefusal, SignedOut, troubleOf } from './trouble';

describe('Whatever is thrown', () => {
  const problem = { code: 'forbidden', detail: 'Not yours', status: 403 };

  it.each([
    ['a problem', problem, 'forbidden', 'Not yours'],
    ['an HTTP error with a problem', { status: 403, error: problem }, 'forbidden', 'Not yours'],
    ['an error that holds one', Object.assign(new Error('x'), { problem }), 'forbidden', 'Not yours'],
    ['a refused handshake', Object.assign(new Error('x'), { data: problem }), 'forbidden', 'Not yours'],
    ['a refusal of the stream', new LiveRefusal('forbidden', 'Not yours'), 'forbidden', 'Not yours'],
    ['a problem without detail', { code: 'not_ready' }, 'not_ready', 'Not ready yet'],
    ['the end of a session', new SignedOut('session_ended', 'x'), 'session_ended', 'This session has ended'],
    ['a lost link', new Dropped('Gone'), 'unreachable', 'Gone'],
    ['no answer to fetch', new TypeError('fetch failed'), 'unreachable', 'fetch failed'],
    ['no answer to Angular', { status: 0, message: 'x' }, 'unreachable', 'Something went wrong'],
    ['a bare 401', { status: 401 }, 'unauthenticated', 'Something went wrong'],
    ['a bare 403', { status: 403 }, 'forbidden', 'Something went wrong'],
    ['a bare 404', { status: 404 }, 'not_found', 'Something went wrong'],
    ['a bare 429', { status: 429 }, 'too_many_requests', 'Something went wrong'],
    ['a proxy without a server', { status: 502 }, 'not_ready', 'Something went wrong'],
    ['an unknown code', { code: 'toString' }, 'fault', 'Something went wrong'],
    ['a fault of the program', new TypeError('x is not a function'), 'fault', 'x is not a function'],
    ['a text', 'Broken', 'fault', 'Broken'],
    ['nothing', undefined, 'fault', 'Something went wrong'],
  ])('is read: %s', (_name, thrown, code, detail) => {
    expect(troubleOf(thrown)).toEqual({ code, detail, cause: thrown });
  });

  it('is final when the same question gets the same answer', () => {
    const finals = [{ code: 'not_found' }, problem, { code: 'session_ended' }, { code: 'wrong_state' }];
    const passing = [{ status: 0 }, new Error('x'), { code: 'database_away' }, { code: 'too_many_requests' }];
    expect(finals.map((thrown) => isFinal(troubleOf(thrown)))).toEqual([true, true, true, true]);
    expect(passing.map((thrown) => isFinal(troubleOf(thrown)))).toEqual([false, false, false, false]);
  });

  it('asks to sign in only when that is what is missing', () => {
    expect(isSignedOut(troubleOf({ code: 'unauthenticated' }))).toBe(true);
    expect(isSignedOut(troubleOf({ code: 'session_ended' }))).toBe(true);
    expect(isSignedOut(troubleOf(problem))).toBe(false);
  });

  it('ends a handshake as signed out or as dropped, with the wait that the server wants', () => {
    const signedOut = new SignedOut('session_ended', 'x');
    expect(whyRefused(signedOut)).toBe(signedOut);
    expect(whyRefused({ data: { code: 'unauthenticated' } })).toMatchObject({ code: 'unauthenticated' });
    expect(whyRefused({ data: { code: 'not_ready', retryInMs: 500 } })).toMatchObject({ retryInMs: 500 });
    expect(whyRefused(new Error('websocket error'))).toMatchObject({ retryInMs: null, message: 'websocket error' });
    expect(whyRefused(null)).toBeInstanceOf(Dropped);
  });
});
