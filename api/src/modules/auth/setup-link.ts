import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config';
import { SystemDatabase } from '../../platform/database';

/** The one-time link to the first registration of an installation that has no demo workspace (ASVS 6.3.2). */
@Injectable()
export class SetupLink {
  constructor(
    private readonly config: Config,
    private readonly database: SystemDatabase,
  ) {}

  /** True while nobody has a workspace here. */
  async isFirstRun(): Promise<boolean> {
    const rows = await this.database.query('SELECT 1 FROM workspaces LIMIT 1');
    return rows.length === 0;
  }

  /** Whether it is the token of the link that was made last and has not been used. */
  async fits(token: string): Promise<boolean> {
    const rows = await this.database.query('SELECT 1 FROM installation WHERE setup_token_hash = $1', [hashOf(token)]);
    return rows.length > 0;
  }

  /** A new link; an earlier one stops working. Only the token's hash is kept. */
  async make(): Promise<string> {
    const token = randomBytes(24).toString('base64url');
    await this.database.query('UPDATE installation SET setup_token_hash = $1 WHERE id = 1', [hashOf(token)]);
    return `${this.config.publicUrl}/register?setup=${token}`;
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
