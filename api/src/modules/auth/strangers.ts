import type { Problem } from '@threadline/contracts';
import { type Answer, PASSWORD, type TestApp } from '../../../test';

export const WRONG = 'wrong wrong wrong wrong';

/** People at the doors of an app that trusts a proxy on loopback, each from a network address of their own. */
export class Strangers {
  private host = 0;

  constructor(private readonly app: TestApp) {}

  freshIp(): string {
    this.host += 1;
    return `198.51.${this.host >> 8}.${this.host & 255}`;
  }

  register(address: string, ip = this.freshIp(), password = PASSWORD): Promise<Answer<Problem>> {
    const body = { email: address, password, name: 'Ada', workspaceName: 'Engines' };
    return this.app.stranger.post<Problem>('/api/auth/register', body, { 'x-forwarded-for': ip });
  }

  login(address: string, password: string, headers: Record<string, string> = {}): Promise<Answer<Problem>> {
    const body = { email: address, password };
    const from = { 'x-forwarded-for': this.freshIp(), 'x-request-id': 'the-same-id', ...headers };
    return this.app.stranger.post<Problem>('/api/auth/login', body, from);
  }

  /** As if a link that was mailed to the address had been followed. */
  async prove(address: string): Promise<void> {
    await this.app.rows('UPDATE users SET address_proved_at = created_at WHERE email = $1', [address]);
  }
}
