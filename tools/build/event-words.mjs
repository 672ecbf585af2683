/** Verbs of which the thing itself is the doer: "A member joined", not "was joined". */
const BY_ITSELF = new Set(['joined', 'started', 'ended', 'failed', 'bounced', 'expired', 'recovered']);

/**
 * One sentence about an event, from its name: `lead.created` is "A lead was created.", `member.role_changed` "The role
 * of a member changed."
 */
export function wordsOf(type) {
  const [noun = '', ...rest] = type.split('.');
  const verb = rest.join(' ');
  const thing = named(noun);
  const part = /^(.+)_(changed|added|removed|renamed|used|linked|unlinked|transferred|withdrawn|judged)$/.exec(verb);
  if (!part) return `${capital(thing)} ${BY_ITSELF.has(verb) ? verb : `was ${verb.replaceAll('_', ' ')}`}.`;
  const [, what = '', done = ''] = part;
  return `The ${what.replaceAll('_', ' ')} of ${thing} ${done === 'changed' ? 'changed' : `was ${done}`}.`;
}

const ACRONYMS = { api: 'API', sso: 'single sign-on', scim: 'SCIM' };

function named(noun) {
  if (noun === 'engagement') return 'engagement';
  const words = noun.split('_').map((word) => ACRONYMS[word] ?? word);
  const article = /^(?:[aeio]|SCIM)/i.test(words[0] ?? '') && words[0] !== 'SCIM' ? 'an' : 'a';
  return `${article} ${words.join(' ')}`;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
