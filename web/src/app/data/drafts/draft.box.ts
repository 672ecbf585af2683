import { Injectable } from '@angular/core';
import type { Channel } from '@threadline/contracts';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { DraftText } from './drafts.api';

/** Text that was typed here and that the server has not acknowledged, as the draft or as the message. */
export interface KeptDraft extends DraftText {
  /** `workspace/user/lead/channel` */
  key: string;
  leadId: string;
  channel: Channel;
  baseRevision: number;
  /** Milliseconds since the epoch. */
  typedAt: number;
  /** Sending it failed, and it has not been changed since. */
  unsent: boolean;
  /** The server has it as the draft: it is kept to say that it was not sent. */
  saved: boolean;
}

interface BoxSchema extends DBSchema {
  drafts: { key: string; value: KeptDraft };
}

/**
 * Keeps what was typed in this browser's IndexedDB until the server has it, so that it survives reload, restart and
 * being offline. Where the browser has no IndexedDB (private windows of some), or no room, drafts live in memory only.
 */
@Injectable({ providedIn: 'root' })
export class DraftBox {
  private database: Promise<IDBPDatabase<BoxSchema> | null> | null = null;

  keep(draft: KeptDraft): Promise<void> {
    return this.try(async (database) => void (await database.put('drafts', draft)), undefined);
  }

  find(key: string): Promise<KeptDraft | undefined> {
    return this.try<KeptDraft | undefined>((database) => database.get('drafts', key), undefined);
  }

  /** All that one person has kept in one workspace. */
  all(prefix: string): Promise<KeptDraft[]> {
    return this.try((database) => database.getAll('drafts', IDBKeyRange.bound(prefix, `${prefix}\uffff`)), []);
  }

  forget(key: string): Promise<void> {
    return this.try((database) => database.delete('drafts', key), undefined);
  }

  /** A browser that is full, or that took the database away, keeps nothing; the text on the screen goes on. */
  private async try<T>(work: (database: IDBPDatabase<BoxSchema>) => Promise<T>, otherwise: T): Promise<T> {
    try {
      const database = await this.open();
      return database ? await work(database) : otherwise;
    } catch {
      return otherwise;
    }
  }

  private open(): Promise<IDBPDatabase<BoxSchema> | null> {
    this.database ??= openDB<BoxSchema>('threadline-drafts', 1, {
      upgrade: (database) => {
        database.createObjectStore('drafts', { keyPath: 'key' });
      },
      // Signing out deletes the database; a connection held open would be in its way.
      blocking: (_now, _wanted, event) => {
        (event.target as IDBDatabase).close();
        this.database = null;
      },
      terminated: () => (this.database = null),
    }).catch(() => null);
    return this.database;
  }
}
