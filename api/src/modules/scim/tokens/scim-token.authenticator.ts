import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SCIM_TOKEN_PREFIX } from '@threadline/contracts';
import { type Actor, Authenticator, type CredentialReader } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { provesItself, readToken } from '../../../platform/secrets';
import { ScimTokenDirectory } from './scim-token.directory';

/** SCIM token → the directory of its workspace, which may provision and nothing else. */
@Injectable()
export class ScimTokenAuthenticator implements CredentialReader, OnModuleInit {
  readonly kind = 'scim_token';

  constructor(
    private readonly authenticator: Authenticator,
    private readonly directory: ScimTokenDirectory,
  ) {}

  onModuleInit(): void {
    this.authenticator.register(this);
  }

  reads(token: string): boolean {
    return token.startsWith(SCIM_TOKEN_PREFIX);
  }

  async actor(token: string): Promise<Actor> {
    const claim = readToken(SCIM_TOKEN_PREFIX, token);
    const found = claim && (await this.directory.find(claim.id));
    if (!claim || !found || !provesItself(claim, found.secretHash)) {
      throw new Refusal('unauthenticated', { detail: 'This SCIM token is not good, or not any more.' });
    }
    this.directory.note(claim.id);
    return found.actor;
  }

  async stillGood(ids: readonly string[]): Promise<Map<string, Actor>> {
    const tokens = await this.directory.lookUp(ids);
    return new Map([...tokens].map(([id, { actor }]) => [id, actor]));
  }
}
