import type { Passkey } from '@threadline/contracts';
import type { ReadTx } from '../../../platform/work';

/** A passkey as a signature is checked against it. */
export interface PasskeyRow {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: string;
  transports: string[];
  name: string;
}

interface ListedRow {
  id: string;
  name: string;
  created_at: Date;
  last_used_at: Date | null;
  backed_up: boolean;
}

/** A person's passkeys, the oldest first. */
export async function passkeysOf(tx: ReadTx, userId: string): Promise<Passkey[]> {
  const rows = await tx.query<ListedRow>(
    'SELECT id, name, created_at, last_used_at, backed_up FROM passkeys WHERE user_id = $1 ORDER BY created_at, id',
    [userId],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    backedUp: row.backed_up,
  }));
}
