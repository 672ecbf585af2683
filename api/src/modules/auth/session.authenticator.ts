import { Injectable } from '@nestjs/common';
import { type Actor, Authenticator } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { AccessTokens } from './access-tokens';
import { SessionDirectory } from './session-directory';

/** Access token → live session → actor. */
@Injectable()
export class SessionAuthenticator extends Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly directory: SessionDirectory,
  ) {
    super();
  }

  override async authenticate(token: string): Promise<Actor> {
    const claims = await this.tokens.verify(token);
    const actor = await this.directory.actor(claims.sessionId);
    if (!actor || actor.id !== claims.userId || actor.workspaceId !== claims.workspaceId) {
      throw new Refusal('session_ended');
    }
    return actor;
  }
}
