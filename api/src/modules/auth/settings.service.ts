import { Injectable } from '@nestjs/common';
import { DEFAULT_USER_SETTINGS, ref, type UserSettings } from '@threadline/contracts';
import { memberBehind } from '../../platform/access';
import type { ReadTx, Tx } from '../../platform/work';

/** What a person, and a workspace, has chosen. */
@Injectable()
export class Settings {
  async ofUser(tx: ReadTx): Promise<UserSettings> {
    const [row] = await tx.query<{ settings: Partial<UserSettings> }>(
      'SELECT settings FROM user_settings WHERE user_id = $1',
      [memberBehind(tx.actor)],
    );
    return { ...DEFAULT_USER_SETTINGS, ...row?.settings, saved: row !== undefined };
  }

  async save(tx: Tx, wanted: UserSettings): Promise<UserSettings> {
    const settings = { ...wanted };
    delete settings.saved;
    const { saved: _, ...before } = await this.ofUser(tx);
    await tx.query(
      `INSERT INTO user_settings (workspace_id, user_id, settings, updated_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (workspace_id, user_id) DO UPDATE SET settings = $3, updated_at = $4`,
      [tx.workspaceId, memberBehind(tx.actor), JSON.stringify(settings), tx.now],
    );
    tx.append({
      type: 'user.settings_changed',
      subject: { type: 'user', id: memberBehind(tx.actor) },
      about: [ref('user', memberBehind(tx.actor))],
      data: { settings },
      before: { ...before },
    });
    return { ...settings, saved: true };
  }

  async renameWorkspace(tx: Tx, name: string): Promise<void> {
    const [before] = await tx.query<{ name: string }>('SELECT name FROM workspaces FOR UPDATE');
    await tx.query('UPDATE workspaces SET name = $1', [name]);
    tx.append({
      type: 'workspace.renamed',
      subject: { type: 'workspace', id: tx.workspaceId },
      about: [ref('workspace', tx.workspaceId)],
      data: { name },
      before: { name: before?.name ?? null },
    });
  }
}
