import type { FactorKind } from '@threadline/contracts';

/** What happened to a second factor. */
export type FactorChange =
  | { what: 'added' | 'removed'; factor: FactorKind; name: string | null }
  | { what: 'recovery_code_used'; left: number }
  | { what: 'codes_renewed' };

/** What the product itself writes to people about. `token` is the secret of the link in the mail. */
export type AccountNotice =
  | { kind: 'invitation'; token: string; workspace: string; invitedBy: string; role: string; expiresAt: Date }
  | { kind: 'password_reset'; token: string; expiresAt: Date }
  | { kind: 'password_changed'; by: 'user' | 'reset' }
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
  | { kind: 'api_key_exposed'; name: string; workspace: string };
