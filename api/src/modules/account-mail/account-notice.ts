import type { DisabledReason, FactorKind } from '@threadline/contracts';
import type { AuditNotice } from './audit-notices.rules';

/** What happened to a second factor. */
export type FactorChange =
  | { what: 'added' | 'removed'; factor: FactorKind; name: string | null }
  | { what: 'recovery_code_used'; left: number }
  | { what: 'codes_renewed' };

/** What the product itself writes to people about. `token` is the secret of the link in the mail. */
export type AccountNotice =
  | AuditNotice
  | { kind: 'invitation'; token: string; workspace: string; invitedBy: string; role: string; expiresAt: Date }
  /** `unproved` tells which account it is of, where several may carry the address. */
  | {
      kind: 'password_reset';
      token: string;
      expiresAt: Date;
      unproved: { workspace: string; madeAt: Date } | null;
    }
  /** To the address of a new account; `accountExists` when another one has proved that it is its own. */
  | {
      kind: 'address_confirm';
      token: string;
      expiresAt: Date;
      workspace: string;
      madeAt: Date;
      accountExists: boolean;
    }
  | { kind: 'password_changed'; by: 'user' }
  /** `dropped` when factors and identities went that were older than the proof of the address. */
  | { kind: 'password_changed'; by: 'reset'; dropped: boolean }
  /** A sign-in from where this account had not been seen before. */
  | { kind: 'new_device'; device: string; ip: string | null }
  | { kind: 'factor_changed'; change: FactorChange }
  /** To the new address. */
  | { kind: 'email_change_confirm'; token: string; expiresAt: Date }
  /** To the old address. */
  | { kind: 'email_changed'; to: string }
  /** Somebody showed a refresh token that had been exchanged already; that sign-in was ended. */
  | { kind: 'session_reused'; device: string }
  /** A key of theirs was sent where others can read it. */
  | { kind: 'api_key_exposed'; name: string; workspace: string }
  /** A delivery to a webhook of theirs, or of their workspace, failed for the fourth time. */
  | { kind: 'webhook_failing'; url: string; error: string; workspace: string }
  | { kind: 'webhook_disabled'; url: string; reason: DisabledReason; workspace: string }
  | { kind: 'webhook_recovered'; url: string; workspace: string };
