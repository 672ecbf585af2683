import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Actor, Authenticator, type CredentialReader } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { AccessTokens } from './access-tokens';
import { SessionDirectory } from './session-directory';

/** Access token → live session → actor. */
@Injectable()
export class SessionAuthenticator implements CredentialReader, OnModuleInit {
  readonly kind = 'session';

  constructor(
    private readonly authenticator: Authenticator,
    private readonly tokens: AccessTokens,
    private readonly directory: SessionDirectory,
  ) {}

  onModuleInit(): void {
    this.authenticator.register(this);
  }

  /** A JWT has two dots; what else is sent as a bearer token has none. */
  reads(token: string): boolean {
    return token.split('.').length === 3;
  }

  async actor(token: string): Promise<Actor> {
    const claims = await this.tokens.verify(token);
    const session = await this.directory.find(claims.sessionId);
    if (!session || session.actor.id !== claims.userId || session.actor.workspaceId !== claims.workspaceId) {
      throw new Refusal('session_ended');
    }
    return session.actor;
  }

  async stillGood(ids: readonly string[]): Promise<Map<string, Actor>> {
    const sessions = await this.directory.lookUp(ids);
    return new Map([...sessions].map(([id, { actor }]) => [id, actor]));
  }
}
