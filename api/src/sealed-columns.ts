import { SEALED_MAILS } from './modules/account-mail';
import { SEALED_STREAM_SECRETS } from './modules/audit';
import { SEALED_SEEDS } from './modules/mfa';
import { SEALED_PROVIDER_SECRETS } from './modules/provider-hooks';
import { SEALED_CLIENT_SECRETS } from './modules/sso';
import { SEALED_WEBHOOK_HEADERS, SEALED_WEBHOOK_SECRETS } from './modules/webhooks';
import { aboutKey } from './platform/audit';
import type { SealedColumn } from './platform/secrets';

const SEALED_AUDIT_KEYS: SealedColumn = {
  table: 'audit_keys',
  column: 'key',
  key: ['workspace_id', 'subject'],
  about: (row) => aboutKey(row['workspace_id'] ?? '', row['subject'] ?? ''),
};

/** Every column that holds sealed values: what a rotation of APP_SECRET has to seal anew. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  SEALED_MAILS,
  SEALED_SEEDS,
  SEALED_CLIENT_SECRETS,
  SEALED_PROVIDER_SECRETS,
  SEALED_AUDIT_KEYS,
  SEALED_STREAM_SECRETS,
  SEALED_WEBHOOK_SECRETS,
  SEALED_WEBHOOK_HEADERS,
];
