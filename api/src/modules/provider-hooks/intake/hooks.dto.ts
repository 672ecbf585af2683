import { type Provider, PROVIDERS } from '@threadline/contracts';
import { IsIn, Matches } from 'class-validator';

export class HookParams {
  /** Who calls. */
  @IsIn(PROVIDERS)
  provider: Provider;

  /** The unguessable end of the connection's address. */
  @Matches(/^[\w-]{43}$/, { message: 'token is not one of ours' })
  token: string;
}
