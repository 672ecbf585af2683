import { Injectable } from '@nestjs/common';
import { SystemDatabase } from './system.database';

/** Facts about this installation that outlive a start. */
@Injectable()
export class Installation {
  private known?: Promise<string>;

  constructor(private readonly database: SystemDatabase) {}

  /** Which log positions count in; another one after a restore from a backup. */
  epoch(): Promise<string> {
    this.known ??= this.read().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async read(): Promise<string> {
    const [row] = await this.database.query<{ epoch: string }>('SELECT epoch FROM installation WHERE id = 1');
    if (!row) throw new Error('The database was not prepared');
    return row.epoch;
  }
}
