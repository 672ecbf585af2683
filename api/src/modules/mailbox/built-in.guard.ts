import { type CanActivate, Injectable } from '@nestjs/common';
import { Config } from '../../platform/config';
import { Refusal } from '../../platform/refusal';

/** The built-in mailbox is there only while no mail server is configured. */
@Injectable()
export class BuiltInGuard implements CanActivate {
  constructor(private readonly config: Config) {}

  /** @throws Refusal `not_found` */
  canActivate(): boolean {
    if (this.config.smtpUrl !== null) throw new Refusal('not_found');
    return true;
  }
}
