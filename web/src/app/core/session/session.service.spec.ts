import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Me } from '@threadline/contracts';
import { Api } from '../api';
import { FakeServer, refusal, type FakeAnswer } from '../api/testing/fake-server';
import { kept } from '../browser';
import { returnUrl } from './return-url';
import type { SessionNews } from './session.channel';
import { Session } from './session.service';

const ME: Me = {
  user: { id: 'u1', email: 'mara@example.com', name: 'Mara' },
  workspace: { id: 'w1', name: 'Harbor', createdAt: '2026-01-01T00:00:00.000Z', demo: false },
  roleId: 'r1',
  role: 'owner',
  scopes: { leads: 'all', conversations: 'all' },
  permissions: ['leads:read'],
  addressConfirmed: true,
  secondFactorMissing: false,
  installation: { mailbox: true },
};

/** The channel between tabs, in one process: what one says, the others hear. */
class FakeChannel {
  static open: FakeChannel[] = [];
  onmessage: ((message: MessageEvent<SessionNews>) => void) | null = null;
  constructor() {
    FakeChannel.open.push(this);
  }
  postMessage(data: SessionNews): void {
    for (const other of FakeChannel.open) if (other !== this) other.onmessage?.({ data } as MessageEvent<SessionNews>);
  }
  close(): void {
    FakeChannel.open = FakeChannel.open.filter((each) => each !== this);
  }
}

/** Locks as browsers keep them: one holder, the others in the order they came. */
function fakeLocks(): { request: <T>(name: string, work: () => Promise<T>) => Promise<T> } {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request: (_, work) => {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** A gate that a test opens. */
function gate(): { passed: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

let server: FakeServer;
let issued: number;

function refreshed(): FakeAnswer {
  issued += 1;
  return { body: { accessToken: `token-${issued}`, expiresIn: 600 } };
}

/** Another tab: the same browser, objects of its own. */
function tab(): Session {
  TestBed.resetTestingModule();
  return TestBed.inject(Session);
}

beforeEach(() => {
  issued = 0;
  localStorage.clear();
  kept.write('session', 'yes');
  kept.write('owner', 'u1');
  FakeChannel.open = [];
  Object.assign(globalThis, { BroadcastChannel: FakeChannel });
  Object.defineProperty(navigator, 'locks', { value: fakeLocks(), configurable: true });
  server = new FakeServer();
  server.on('POST /api/auth/refresh', refreshed).on('GET /api/auth/me', { body: ME });
});
afterEach(() => server.close());

describe('starting', () => {
  it('signs in silently with the session of an earlier visit', async () => {
    const session = tab();
    await session.start();
    expect(session.me()?.user.name).toBe('Mara');
    expect(await session.settled()).toBe(true);
  });

  it('asks the API for nothing in a browser that was never signed in', async () => {
    localStorage.clear();
    const session = tab();
    await session.start();
    expect(session.state()).toEqual({ kind: 'signed out', ended: false });
    expect(server.seen).toEqual([]);
  });

  it('is signed out when the session has ended, and does not ask again at the next visit', async () => {
    server.on('POST /api/auth/refresh', refusal(401, 'session_ended'));
    const session = tab();
    await session.start();
    expect(session.state().kind).toBe('signed out');
    expect(kept.read('session')).toBeNull();
    expect(kept.read('owner')).toBe('u1');
  });

  it('waits while the database is away, and lets nobody through meanwhile', async () => {
    server.on('POST /api/auth/refresh', refusal(503, 'database_away'));
    const session = tab();
    await session.start();
    expect(session.state()).toMatchObject({ kind: 'away', problem: { code: 'database_away' } });
    const settled = session.settled();
    server.on('POST /api/auth/refresh', refreshed);
    await session.start();
    expect(await settled).toBe(true);
  });
});

describe('what the person may do', () => {
  it('is asked anew when the live stream comes back, and follows a change of role', async () => {
    const session = tab();
    await session.start();
    const before = session.me();
    await session.reread();
    expect(session.me()).toBe(before);
    server.on('GET /api/auth/me', { body: { ...ME, role: 'auditor', permissions: ['audit:read'] } });
    await session.reread();
    expect(session.me()).toMatchObject({ role: 'auditor', permissions: ['audit:read'] });
  });

  it('stays as it was while there is no answer, and is not asked for by who is signed out', async () => {
    const session = tab();
    await session.reread();
    expect(server.seen).toEqual([]);
    await session.start();
    server.on('GET /api/auth/me', refusal(503, 'database_away'));
    await expect(session.reread()).rejects.toMatchObject({ code: 'database_away' });
    expect(session.me()?.role).toBe('owner');
  });
});

describe('the access token', () => {
  it('is refreshed once for all who need it at the same time', async () => {
    const wait = gate();
    server.on('POST /api/auth/refresh', () => wait.passed.then(refreshed));
    const session = tab();
    const asked = [session.token(), session.token(), session.renewed('old')];
    wait.open();
    expect(await Promise.all(asked)).toEqual(['token-1', 'token-1', 'token-1']);
    expect(server.count('POST /api/auth/refresh')).toBe(1);
  });

  it('is not refreshed for a request that was refused with an older one', async () => {
    const session = tab();
    await session.start();
    expect(await session.renewed('an older token')).toBe('token-1');
    expect(server.count('POST /api/auth/refresh')).toBe(1);
  });

  it('is refreshed again after a refresh that failed', async () => {
    server.on('POST /api/auth/refresh', refusal(503, 'not_ready'));
    const session = tab();
    await expect(session.token()).rejects.toMatchObject({ code: 'not_ready' });
    server.on('POST /api/auth/refresh', refreshed);
    expect(await session.token()).toBe('token-1');
  });

  it('is brought by one tab to another that waits its turn', async () => {
    const first = tab();
    await first.start();
    const api = TestBed.inject(Api);
    // The second tab lives in the same process: only its refresh is looked at.
    const second = TestBed.runInInjectionContext(() => new Session());
    await second.start();
    api.authenticateWith(first);
    const before = server.count('POST /api/auth/refresh');
    const wait = gate();
    server.on('POST /api/auth/refresh', () => wait.passed.then(refreshed));
    const [one, other] = [first.renewed(await first.token()), second.renewed(await second.token())];
    wait.open();
    expect(await one).toBe(await other);
    expect(server.count('POST /api/auth/refresh')).toBe(before + 1);
  });
});

describe('leaving', () => {
  it('says goodbye first, then signs out here and in the other tabs', async () => {
    const first = tab();
    await first.start();
    const heard: SessionNews[] = [];
    const listener = new FakeChannel();
    listener.onmessage = ({ data }) => heard.push(data);
    const order: string[] = [];
    first.beforeSignOut(() => Promise.resolve(void order.push('drafts saved')));
    server.on('POST /api/auth/logout', () => {
      order.push('logout');
      return { status: 204 };
    });
    await first.signOut();
    expect(order).toEqual(['drafts saved', 'logout']);
    expect(first.state()).toEqual({ kind: 'signed out', ended: false });
    expect(heard).toEqual([{ kind: 'signed out' }]);
    expect(Object.keys(localStorage)).toEqual([]);
  });

  it('stays signed in when the server could not be told', async () => {
    const session = tab();
    await session.start();
    await expect(session.signOut()).rejects.toMatchObject({ code: 'unreachable' });
    expect(session.me()).not.toBeNull();
  });

  it('asks the server for nothing once it is over, whoever on screen would still like to know', async () => {
    const session = tab();
    const api = TestBed.inject(Api);
    server.on('POST /api/auth/logout', { status: 204 }).on('GET /api/leads', { body: {} });
    await session.start();
    await session.signOut();
    const before = server.seen.length;
    await expect(api.get('/api/leads')).rejects.toMatchObject({ signedOut: true });
    await expect(session.renewed('token-1')).rejects.toMatchObject({ signedOut: true });
    await session.recheck();
    expect(server.seen).toHaveLength(before);
  });

  it.each([
    ['lets what is asked for meanwhile wait, and drops it', { status: 204 }, 0],
    ['lets it go on when the server could not be told', refusal(503, 'not_ready'), 1],
  ])('%s', async (_, answer, asked) => {
    const session = tab();
    const api = TestBed.inject(Api);
    const [told, wait] = [gate(), gate()];
    server.on('GET /api/leads', { body: {} }).on('POST /api/auth/logout', () => {
      told.open();
      return wait.passed.then(() => answer);
    });
    await session.start();
    const leaving = session.signOut();
    await told.passed;
    const asking = api.get('/api/leads');
    wait.open();
    await Promise.allSettled([leaving, asking]);
    expect(server.count('GET /api/leads')).toBe(asked);
    expect(server.count('POST /api/auth/refresh')).toBe(1);
  });

  it('follows another tab out', async () => {
    const session = tab();
    await session.start();
    new FakeChannel().postMessage({ kind: 'signed out' });
    expect(session.state()).toEqual({ kind: 'signed out', ended: true });
  });
});

describe('the way back after signing in', () => {
  it.each([
    ['/inbox/42?view=mine#last', '/inbox/42?view=mine#last'],
    [null, '/'],
    ['https://elsewhere.example/', '/'],
    ['//elsewhere.example/', '/'],
    ['/\\elsewhere.example', '/'],
    ['/\t/elsewhere.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?to=/sign-in', '/'],
    ['/signatures', '/signatures'],
  ])('%s leads to %s', (wanted, expected) => {
    expect(returnUrl(wanted, 'https://threadline.example')).toBe(expected);
  });
});
