/** What the tabs of one browser tell each other about the session. */
export type SessionNews =
  | { kind: 'renewed'; userId: string; token: string; expiresAt: number }
  | { kind: 'signed in'; userId: string; workspaceId: string }
  | { kind: 'signed out' };

const NAME = 'threadline:session';

/** Between the tabs: news of the session, and one refresh at a time. */
export class SessionChannel {
  private readonly channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);

  /** @param hear is called with what other tabs tell; never with one's own words */
  constructor(hear: (news: SessionNews) => void) {
    if (this.channel) this.channel.onmessage = (message: MessageEvent<SessionNews>) => hear(message.data);
  }

  tell(news: SessionNews): void {
    this.channel?.postMessage(news);
  }

  /**
   * Runs the work while no other tab does. Browsers offer locks on secure pages only; without them the tabs may refresh
   * at the same time, which the server answers for ten seconds.
   */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const locks = (navigator as Partial<Navigator>).locks;
    if (!locks) return work();
    return locks.request(NAME, work);
  }

  close(): void {
    this.channel?.close();
  }
}
