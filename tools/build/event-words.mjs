/** What reads wrong when it is made from the name. */
export const WRITTEN = {
  'workspace.ownership_transferred': 'A workspace passed to another owner.',
  'workspace.break_glass_changed': 'The break-glass owners of a workspace changed.',
  'workspace.outgoing_paused': 'Webhooks and messages of a workspace were paused.',
  'workspace.outgoing_resumed': 'Webhooks and messages of a workspace leave again.',
  'user.address_confirmed': 'The address of a user was confirmed.',
  'user.account_merged': 'The account of a user went into another one of theirs.',
  'user.factor_added': 'A user added a second factor.',
  'user.factor_removed': 'A second factor of a user was removed.',
  'user.factor_renamed': 'A user renamed a second factor.',
  'user.recovery_code_used': 'A user used up a recovery code.',
  'user.identity_linked': 'An identity was linked to a user.',
  'user.identity_unlinked': 'An identity was unlinked from a user.',
  'lead.suppression_lifted': 'A lead may be written to again.',
  'lead.suppressed': 'A lead is not written to any more.',
  'provider_connection.denied': 'A call that claimed to be of a provider was refused.',
  'provider_connection.heard': 'A provider told of events.',
  'audit_schedule.missed': 'A scheduled audit export was missed.',
  'checkpoint_delivery.updated': 'The delivery of checkpoints was set up anew.',
  'audit_retention.changed': 'The retention of the audit log changed.',
  'message.failed': 'A message could not be sent.',
  'message.unknown': 'It is unknown whether a message was sent.',
  'message.engagement_withdrawn': 'The open or click of a message was taken back.',
  'message.replied': 'A message was answered.',
  'engagement.judged': 'Opens and clicks were judged.',
  'webhook.secret_rotated': 'The secret of a webhook was rotated.',
  'webhook.failing': 'A webhook is failing.',
  'webhook.replayed': 'Events were replayed to a webhook.',
};
/** Verbs of which the thing itself is the doer: "A member joined", not "was joined". */
const BY_ITSELF = new Set(['joined', 'started', 'ended', 'finished', 'bounced', 'recovered']);
/** Participles that do not end in -ed. */
const IRREGULAR = new Set(['sent', 'resent', 'made']);

/**
 * One sentence about an event, from its name: `lead.created` is "A lead was created.", `member.role_changed` "The role
 * of a member changed." Throws for a name of which that makes no English.
 */
export function wordsOf(type) {
  if (type in WRITTEN) return WRITTEN[type];
  const [noun = '', verb = ''] = type.split('.');
  const thing = named(noun);
  if (BY_ITSELF.has(verb)) return `${capital(thing)} ${verb}.`;
  const [, what] = /^(.+)_changed$/.exec(verb) ?? [];
  if (what) return `The ${what.replaceAll('_', ' ')} of ${thing} changed.`;
  if (!/^[a-z]+ed$/.test(verb) && !IRREGULAR.has(verb)) {
    throw new Error(`Write a sentence for ${type} by hand, in tools/build/event-words.mjs.`);
  }
  return `${capital(thing)} was ${verb}.`;
}

const ACRONYMS = { api: 'API', sso: 'single sign-on', scim: 'SCIM' };

function named(noun) {
  const words = noun.split('_').map((word) => ACRONYMS[word] ?? word);
  const article = /^(?:[aeio]|SCIM)/i.test(words[0] ?? '') && words[0] !== 'SCIM' ? 'an' : 'a';
  return `${article} ${words.join(' ')}`;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
