import type {
  DisabledReason,
  EventDataMap,
  FactorKind,
  PrivacyKind,
  SessionEnd,
  SuppressionReason,
} from '@threadline/contracts';
import { SUPPRESSION_WORDS } from '../../shared/conversation';

const REASONS: Record<SessionEnd | DisabledReason | SuppressionReason, string> = {
  logout: 'signed out',
  expired: 'not used for too long',
  reused: 'an old copy of it was used',
  revoked: 'ended by hand',
  password_changed: 'the password was changed',
  factor_changed: 'a second factor was changed',
  member_removed: 'the member was removed',
  switched: 'changed to another workspace',
  switched_off: 'paused by hand',
  gone: 'the receiver is not there any more',
  failing: 'nothing but failures for five days',
  maker_left: 'its maker has left the workspace',
  ...SUPPRESSION_WORDS,
};

const KINDS: Record<FactorKind | PrivacyKind, string> = {
  totp: 'authenticator app',
  passkey: 'passkey',
  recovery_codes: 'recovery codes',
  erase: 'erasure',
  export: 'export',
};

const WAYS: Record<EventDataMap['user.password_changed']['by'], string> = {
  user: 'the person',
  reset: 'a link for a forgotten password',
};

const WORDS = new Map<string, Readonly<Record<string, string>>>([
  ['reason', REASONS],
  ['disabledReason', REASONS],
  ['kind', KINDS],
  ['by', WAYS],
]);

/** What a value of a field means where it is a word of the program: `totp` is an authenticator app. */
export function codeWords(field: string, value: unknown): string | null {
  return typeof value === 'string' ? (WORDS.get(field)?.[value] ?? null) : null;
}
