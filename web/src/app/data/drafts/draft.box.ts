import { Injectable } from '@angular/core';
import type { Channel } from '@threadline/contracts';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { DraftText } from './drafts.api';

/** Text that was typed here and that the server has not acknowledged. */
export interface KeptDraft extends DraftText {
  /** `workspace/user/lead/channel` */
  key: string;
  leadId: string;
  channel: Channel;
  baseRevision: number;
  /** Milliseconds since the epoch. */
  typedAt: number;
}

interface BoxSchema extends DBSchema {
  drafts: { key: string; value: KeptDraft };
}

/**
 * Keeps what was typed in this browser's IndexedDB until the server has it, so that it survives reload, restart and
 * being offline. Where the browser has no IndexedDB (private windows of some), drafts live in memory only.
 */
@Injectable({ providedIn: 'root' })
export class DraftBox {
  private database: Promise<IDBPDatabase<BoxSchema> | null> | null = null;

  async keep(draft: KeptDraft): Promise<void> {
    await (await this.open())?.put('drafts', draft);
  }

  async find(key: string): Promise<KeptDraft | undefined> {
    return (await this.open())?.get('drafts', key);
  }

  /** All that one person has kept in one workspace. */
  async all(prefix: string): Promise<KeptDraft[]> {
    return (await (await this.open())?.getAll('drafts', IDBKeyRange.bound(prefix, `${prefix}\uffff`))) ?? [];
  }

  async forget(key: string): Promise<void> {
    await (await this.open())?.delete('drafts', key);
  }

  private open(): Promise<IDBPDatabase<BoxSchema> | null> {
    this.database ??= openDB<BoxSchema>('threadline-drafts', 1, {
      upgrade: (database) => {
        database.createObjectStore('drafts', { keyPath: 'key' });
      },
    }).catch(() => null);
    return this.database;
  }
}
