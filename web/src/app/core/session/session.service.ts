import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import {
  authLogin,
  authLogout,
  authMe,
  authRefresh,
  authRegister,
  mfaAnswer,
  passkeySignInSignIn,
  proofProve,
} from '@threadline/api-client';
import { type Me, PROBLEMS, type SecondStepDue, type SignedIn } from '@threadline/contracts';
import { Ticker } from '../../shared/format';
import { Api, type AccessTokens, ApiProblem, asProblem } from '../api';
import type { PasskeyJson } from '../browser';
import { SessionChannel, type SessionNews } from './session.channel';
import { sessionMemory as memory } from './session.storage';

export type SessionState =
  | { kind: 'starting' }
  /** The API has no answer; `tryAt` in milliseconds is when it is asked again. */
  | { kind: 'away'; problem: ApiProblem; tryAt: number }
  | { kind: 'signed in'; me: Me }
  /** `ended` when it was not the person's own wish in this tab. */
  | { kind: 'signed out'; ended: boolean };

export interface Registration {
  email: string;
  password: string;
  name: string;
  workspaceName: string;
  setupToken?: string;
}

/** A token is renewed when so little of its life is left that a handshake could outlast it. */
const SPARE_MS = 20_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Who is signed in. The access token lives in this object's memory only; the refresh token is a cookie that scripts
 * cannot read. Tabs share what they renew and leave together.
 */
@Injectable({ providedIn: 'root' })
export class Session implements AccessTokens {
  private readonly api = inject(Api);
  private readonly ticker = inject(Ticker);
  private readonly now = signal<SessionState>({ kind: 'starting' });
  readonly state = this.now.asReadonly();
  /** The person, the workspace and the rights; null while signed out. */
  readonly me = computed(() => {
    const state = this.now();
    return state.kind === 'signed in' ? state.me : null;
  });

  private readonly channel = new SessionChannel((news) => this.hear(news));
  private readonly farewells = new Set<() => Promise<void>>();
  private access: { token: string; expiresAt: number } | null = null;
  private refreshing: Promise<string> | null = null;
  /** The server is being told goodbye: what else is asked for waits for its word. */
  private leaving: Promise<unknown> | null = null;
  private waiting: { resolve: (signedIn: boolean) => void }[] = [];
  private retry: ReturnType<typeof setTimeout> | undefined;
  private tries = 0;

  constructor() {
    this.api.authenticateWith(this);
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.retry);
      this.channel.close();
    });
  }

  /** Signs in silently with the cookie of an earlier visit. A browser that holds no session asks the API for nothing. */
  async start(): Promise<void> {
    if (memory.expected()) await this.resume();
    else this.settle({ kind: 'signed out', ended: false });
  }

  /** Takes the session up by its cookie; waits and tries again while the API is away. */
  private async resume(): Promise<void> {
    clearTimeout(this.retry);
    try {
      await this.renew();
      await this.enter();
    } catch (error) {
      const problem = asProblem(error);
      if (!problem.signedOut) this.waitFor(problem);
    }
  }

  /** The person leaves for an identity provider; the page they come back to takes up the session it began. */
  expect(): void {
    memory.expect();
  }

  /** Whether somebody is signed in, as soon as that is known; waits while the API is away. */
  async settled(): Promise<boolean> {
    const { kind } = this.now();
    if (kind === 'signed in' || kind === 'signed out') return kind === 'signed in';
    return new Promise((resolve) => this.waiting.push({ resolve }));
  }

  /** What is still due when the account has a second factor; null when signed in. Rejects with `invalid_credentials`. */
  async signIn(email: string, password: string): Promise<SecondStepDue | null> {
    const answer = await this.api.run(authLogin<true>, { body: { email, password } }, { anonymous: true });
    if ('mfaRequired' in answer) return answer;
    await this.begin(answer);
    return null;
  }

  /** The second step. Rejects with `invalid_code`, `invalid_passkey`, or `session_ended` when it took too long. */
  async completeSignIn(mfaToken: string, shown: { code: string } | { response: PasskeyJson }): Promise<void> {
    await this.begin(await this.api.run(mfaAnswer<true>, { body: { mfaToken, ...shown } }, { anonymous: true }));
  }

  /** Without a password, by what a passkey signed. Rejects with `invalid_passkey`. */
  async signInWithPasskey(response: PasskeyJson): Promise<void> {
    await this.begin(await this.api.run(passkeySignInSignIn<true>, { body: { response } }, { anonymous: true }));
  }

  /** Proves again who the person is; the session goes on with other tokens, in all tabs. */
  async prove(shown: { password?: string; code?: string; response?: PasskeyJson }): Promise<void> {
    await this.channel.alone(async () => {
      const { accessToken, expiresIn } = await this.api.run(proofProve<true>, { body: shown });
      this.adopt(accessToken, expiresIn);
    });
  }

  /** Creates a workspace and its owner, signed in. */
  async register(registration: Registration): Promise<void> {
    await this.begin(await this.api.run(authRegister<true>, { body: registration }, { anonymous: true }));
  }

  /**
   * Goes on with a session that an answer began: of an accepted invitation, or in another workspace. Begins the page
   * anew, because what it holds is the workspace's before.
   */
  async goOn(signedIn: SignedIn): Promise<void> {
    const owner = memory.owner();
    if (owner !== null && owner !== signedIn.user.id) await memory.wipe();
    memory.begin(signedIn.user.id);
    this.channel.tell({ kind: 'signed in', userId: signedIn.user.id, workspaceId: signedIn.workspace.id });
    location.assign('/');
  }

  /** Says goodbye to the workspace before another one is gone to: unsent drafts are saved. */
  async sayGoodbye(): Promise<void> {
    await Promise.all([...this.farewells].map((farewell) => farewell()));
  }

  /**
   * Signs out here and in every other tab, and empties what this browser keeps. Rejects, still signed in, when the
   * server could not be told: the cookie would otherwise let the next visitor in.
   */
  async signOut(): Promise<void> {
    await this.sayGoodbye();
    const told = this.api.run(authLogout<true>, {}, { anonymous: true }).then(() => {
      this.channel.tell({ kind: 'signed out' });
      this.leave(false);
    });
    this.leaving = told.catch(() => undefined).finally(() => (this.leaving = null));
    await told;
    await memory.wipe();
  }

  /** Asks the server whether the session still stands; signs out when it does not. Rejects when there is no answer. */
  async recheck(): Promise<void> {
    if (await this.over()) return;
    try {
      await this.renew();
    } catch (error) {
      if (!asProblem(error).signedOut) throw error;
    }
  }

  /** Asks anew who the person is and what they may do. Rejects when there is no answer. */
  async reread(): Promise<void> {
    const before = this.me();
    if (!before) return;
    const me = await this.api.run(authMe<true>, {});
    const now = this.me();
    if (now?.user.id !== me.user.id || now.workspace.id !== me.workspace.id) return;
    if (JSON.stringify(now) !== JSON.stringify(me)) this.settle({ kind: 'signed in', me });
  }

  /** Runs before a sign-out, while the API still answers: unsent drafts are saved here. Returns how to stop that. */
  beforeSignOut(farewell: () => Promise<void>): () => void {
    this.farewells.add(farewell);
    return () => this.farewells.delete(farewell);
  }

  async token(): Promise<string> {
    if (await this.over()) throw nobody();
    const access = this.access;
    if (access && access.expiresAt - this.ticker.now() > SPARE_MS) return access.token;
    return this.renew();
  }

  async renewed(refused: string): Promise<string> {
    if (await this.over()) throw nobody();
    const access = this.access;
    return access && access.token !== refused ? access.token : this.renew();
  }

  /**
   * Whether nobody is signed in, nor about to be: screens that are still up when a session ends ask for nothing more,
   * instead of hearing from the server what is known here.
   */
  private async over(): Promise<boolean> {
    await this.leaving;
    return this.now().kind === 'signed out' && this.access === null && this.refreshing === null;
  }

  /** One refresh at a time in this tab, one tab at a time in this browser. */
  private renew(): Promise<string> {
    this.refreshing ??= this.refresh().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  private async refresh(): Promise<string> {
    const before = this.access?.token;
    try {
      return await this.channel.alone(async () => {
        // While this tab waited its turn, another may have brought a new token.
        if (this.access && this.access.token !== before) return this.access.token;
        // Outlives the page: the server has taken the old cookie by then, and the browser must hear of the new one.
        const exchange = { anonymous: true, keepalive: true };
        const { accessToken, expiresIn } = await this.api.run(authRefresh<true>, {}, exchange);
        return this.adopt(accessToken, expiresIn);
      });
    } catch (error) {
      if (error instanceof ApiProblem && error.signedOut) this.leave(this.now().kind === 'signed in');
      throw error;
    }
  }

  private adopt(token: string, expiresIn: number): string {
    const expiresAt = this.ticker.now() + expiresIn * 1000;
    this.access = { token, expiresAt };
    const userId = this.me()?.user.id ?? memory.owner();
    if (userId && !memory.arriving()) this.channel.tell({ kind: 'renewed', userId, token, expiresAt });
    return token;
  }

  private async begin(signedIn: SignedIn): Promise<void> {
    const owner = memory.owner();
    const changed = owner !== null && owner !== signedIn.user.id;
    if (changed) await memory.wipe();
    this.access = { token: signedIn.accessToken, expiresAt: this.ticker.now() + signedIn.expiresIn * 1000 };
    memory.begin(signedIn.user.id);
    this.channel.tell({ kind: 'signed in', userId: signedIn.user.id, workspaceId: signedIn.workspace.id });
    // What the stores of this page hold is the person's before.
    if (changed) return location.reload();
    await this.enter();
  }

  private async enter(): Promise<void> {
    const me = await this.api.run(authMe<true>, {});
    if (memory.arriving() && (await this.arrive(me))) return;
    this.tries = 0;
    this.settle({ kind: 'signed in', me });
  }

  /** A session that began elsewhere is this browser's now. True when the page starts anew, for it held another's work. */
  private async arrive({ user, workspace }: Me): Promise<boolean> {
    const owner = memory.owner();
    const changed = owner !== null && owner !== user.id;
    if (changed) await memory.wipe();
    memory.begin(user.id);
    this.channel.tell({ kind: 'signed in', userId: user.id, workspaceId: workspace.id });
    if (changed) location.reload();
    return changed;
  }

  private leave(ended: boolean): void {
    this.access = null;
    memory.end();
    this.settle({ kind: 'signed out', ended });
  }

  private waitFor(problem: ApiProblem): void {
    const backOff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.tries);
    this.tries += 1;
    const wait = Math.min(LONGEST_WAIT_MS, problem.retryAfterMs ?? backOff);
    this.now.set({ kind: 'away', problem, tryAt: this.ticker.now() + wait });
    this.retry = setTimeout(() => void this.resume(), wait);
  }

  private settle(state: SessionState): void {
    this.now.set(state);
    const waiting = this.waiting;
    this.waiting = [];
    for (const each of waiting) each.resolve(state.kind === 'signed in');
  }

  private hear(news: SessionNews): void {
    const me = this.me();
    switch (news.kind) {
      case 'renewed':
        if (me?.user.id === news.userId) this.access = { token: news.token, expiresAt: news.expiresAt };
        return;
      case 'signed in':
        // Another person in the same browser, or another workspace: everything on this screen is somebody else's.
        if (me && (me.user.id !== news.userId || me.workspace.id !== news.workspaceId)) location.reload();
        // Not `start`: what the other tab wrote into storage may come here later than its word.
        if (this.now().kind === 'signed out') void this.resume();
        return;
      case 'signed out':
        if (me) this.leave(true);
        return;
    }
  }
}

function nobody(): ApiProblem {
  return new ApiProblem({ ...PROBLEMS.unauthenticated, code: 'unauthenticated' });
}
