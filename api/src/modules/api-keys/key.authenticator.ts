import { Injectable, type OnModuleInit } from '@nestjs/common';
import { API_KEY_PREFIX } from '@threadline/contracts';
import { type Actor, Authenticator, type Caller, type CredentialReader } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { provesItself, readToken } from '../../platform/secrets';
import { KeyDirectory } from './key-directory';
import { KeyUse } from './key-use';
import { isWithin } from './network.rules';

/** API key → its maker's rights now, cut to what the key was given. */
@Injectable()
export class KeyAuthenticator implements CredentialReader, OnModuleInit {
  readonly kind = 'api_key';

  constructor(
    private readonly authenticator: Authenticator,
    private readonly directory: KeyDirectory,
    private readonly use: KeyUse,
  ) {}

  onModuleInit(): void {
    this.authenticator.register(this);
  }

  reads(token: string): boolean {
    return token.startsWith(API_KEY_PREFIX);
  }

  async actor(token: string, { ip }: Caller): Promise<Actor> {
    const claim = readToken(API_KEY_PREFIX, token);
    const key = claim && (await this.directory.find(claim.id));
    if (!claim || !key || !provesItself(claim, key.secretHash)) {
      throw new Refusal('unauthenticated', { detail: 'This API key is not good, or not any more.' });
    }
    if (key.allowedNetworks.length > 0 && !isWithin(ip, key.allowedNetworks)) {
      throw new Refusal('network_not_allowed', { detail: 'This API key may not be used from this network.' });
    }
    this.use.note(key.actor, ip);
    return key.actor;
  }

  async stillGood(ids: readonly string[]): Promise<Map<string, Actor>> {
    const keys = await this.directory.lookUp(ids);
    return new Map([...keys].map(([id, { actor }]) => [id, actor]));
  }
}
