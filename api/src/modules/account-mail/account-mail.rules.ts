import type { DisabledReason, FactorKind } from '@threadline/contracts';
import { escapeHtml } from '../../platform/html';
import type { AccountNotice, FactorChange } from './account-notice';
import { type AuditNotice, auditWords } from './audit-notices.rules';

/** A mail as people read it. */
export interface WrittenMail {
  subject: string;
  text: string;
  html: string;
}

/** What a mail says; each line is a paragraph. */
interface Words {
  subject: string;
  lines: string[];
  action?: { label: string; url: string };
  after: string[];
}

/** Of what may have been somebody else's. */
const DROPPED =
  'What else signed in to the account, such as linked identities and API keys, was removed: nobody had confirmed this address before, so somebody else could have added it. Add yours again in the settings.';
const NOT_YOU = 'If this was not you, set a new password now with “Forgot your password?” on the sign-in page.';
const IGNORE = 'If you did not expect this mail, you can ignore it.';

/**
 * Writes the mail of a notice: plain words, none of what people call themselves and things in the subject, one link at most, nothing fetched from anywhere. The link's secret stands
 * behind the `#`, so that it is in no server's log and no Referer.
 * @param about the name of the person, the origin of links, and the time of what is told
 */
export function writeNotice(notice: AccountNotice, about: { name: string; publicUrl: string; at: Date }): WrittenMail {
  const words = wordsOf(notice, about.publicUrl, about.at);
  const greeting = about.name ? `Hello ${named(oneLine(about.name))},` : 'Hello,';
  return {
    subject: oneLine(words.subject),
    text: textOf(words, greeting, about.publicUrl),
    html: htmlOf(words, greeting, about.publicUrl),
  };
}

function wordsOf(notice: AccountNotice, publicUrl: string, at: Date): Words {
  const link = (path: string, token: string) => `${publicUrl}/${path}#token=${encodeURIComponent(token)}`;
  switch (notice.kind) {
    case 'invitation':
      return {
        subject: 'Somebody invites you to work together',
        lines: [
          `${named(notice.invitedBy)} invites you to work together in ${quoted(notice.workspace)}, with the role ${quoted(notice.role)}.`,
        ],
        action: { label: 'Accept the invitation', url: link('invitation', notice.token) },
        after: [`The link works once, until ${spoken(notice.expiresAt)}.`, IGNORE],
      };
    case 'password_reset':
      return {
        subject: 'Set a new password',
        lines: [
          'Somebody, probably you, asked for a new password for your account.',
          ...(notice.unproved
            ? [
                `It is the account in ${quoted(notice.unproved.workspace)}, made on ${spoken(notice.unproved.madeAt)}. If you did not make it, do not follow the link: nobody has shown yet whose it is.`,
              ]
            : []),
        ],
        action: { label: 'Set a new password', url: link('reset-password', notice.token) },
        after: [
          `The link works once, until ${spoken(notice.expiresAt)}. Until then your password stays as it is.`,
          'If you did not ask for it, you need not do anything.',
        ],
      };
    case 'address_confirm':
      return addressWords(notice, link('confirm-address', notice.token));
    case 'email_change_confirm':
      return {
        subject: 'Confirm your new e-mail address',
        lines: ['Somebody, probably you, asked to sign in with this address from now on.'],
        action: { label: 'Confirm this address', url: link('confirm-email', notice.token) },
        after: [
          `The link works once, until ${spoken(notice.expiresAt)}.`,
          'If it was not you, do not follow the link: whoever asked would be taken for you.',
        ],
      };
    case 'audit_export_ready':
    case 'audit_schedule_paused':
    case 'audit_stream_disabled':
    case 'audit_checkpoint':
      return auditWords(notice, publicUrl);
    default:
      return { ...happening(notice, at), after: [advice(notice)] };
  }
}

/** For the address of a new account: whoever made it may not be who reads this. */
function addressWords(notice: Extract<AccountNotice, { kind: 'address_confirm' }>, url: string): Words {
  const made = `Somebody, probably you, made an account with this address on ${spoken(notice.madeAt)}, in the workspace ${quoted(notice.workspace)}.`;
  const works = `The link works once, until ${spoken(notice.expiresAt)}.`;
  if (notice.accountExists) {
    return {
      subject: 'You already have an account',
      lines: [
        made,
        'You already have an account with this address. If it was you, the link moves the new workspace into it, and the new account ends.',
      ],
      action: { label: 'Move the workspace into my account', url },
      after: [works, 'If it was not you, do nothing: nothing of yours was touched.'],
    };
  }
  return {
    subject: 'Confirm your e-mail address',
    lines: [made, 'If it was you, confirm the address: from then on it belongs to this account alone.'],
    action: { label: 'Confirm this address', url },
    after: [works, 'If it was not you, do not follow the link: whoever made the account would be taken for you.'],
  };
}

/** Mails that only tell what happened to an account. */
type Told = Exclude<AccountNotice, { token: string } | AuditNotice>;

/** What happened, for mails that only tell. */
function happening(notice: Told, at: Date): Pick<Words, 'subject' | 'lines'> {
  const when = spoken(at);
  switch (notice.kind) {
    case 'password_changed':
      return {
        subject: 'Your password was changed',
        lines: [
          notice.by === 'reset'
            ? `Your password was set anew with a link that was mailed to you, on ${when}. Every sign-in was ended.`
            : `Your password was changed on ${when}. Every other sign-in was ended.`,
          ...(notice.by === 'reset' && notice.dropped ? [DROPPED] : []),
        ],
      };
    case 'new_device':
      return {
        subject: `New sign-in from ${notice.device}`,
        lines: [
          `Somebody signed in to your account with ${notice.device}${from(notice.ip)} on ${when}. You had not signed in from there before.`,
        ],
      };
    case 'factor_changed':
      return { subject: factorSubject(notice.change), lines: [`${factorWords(notice.change)} This was on ${when}.`] };
    case 'email_changed':
      return {
        subject: 'Your e-mail address was changed',
        lines: [`Your account now signs in with ${notice.to}, since ${when}, and no longer with this address.`],
      };
    case 'session_reused':
      return {
        subject: 'A sign-in of yours was ended',
        lines: [
          `Somebody used an old token of your sign-in with ${notice.device}, on ${when}. A copy of it may be in other hands, so that sign-in was ended everywhere.`,
        ],
      };
    case 'api_key_exposed':
      return {
        subject: 'An API key of yours was exposed',
        lines: [
          `Your API key “${notice.name}” in ${notice.workspace} was sent as part of an address on ${when}, where others can read it.`,
        ],
      };
    case 'webhook_failing':
    case 'webhook_disabled':
    case 'webhook_recovered':
      return aboutWebhook(notice, when);
  }
}

function aboutWebhook(
  notice: Extract<AccountNotice, { kind: `webhook_${string}` }>,
  when: string,
): Pick<Words, 'subject' | 'lines'> {
  switch (notice.kind) {
    case 'webhook_failing':
      return {
        subject: 'A webhook of your workspace is failing',
        lines: [
          `A delivery of ${notice.workspace} to ${hostOf(notice.url)} failed for the fourth time, on ${when}: ${notice.error}`,
          'Threadline goes on trying, ever more rarely; after five days of nothing but failures it stops.',
        ],
      };
    case 'webhook_disabled':
      return {
        subject: 'A webhook of your workspace was switched off',
        lines: [
          `Nothing of ${notice.workspace} is delivered to ${hostOf(notice.url)} any more, since ${when}: ${DISABLED[notice.reason]} What waited was kept as cancelled.`,
        ],
      };
    case 'webhook_recovered':
      return {
        subject: 'A webhook of your workspace works again',
        lines: [
          `${hostOf(notice.url)} takes deliveries of ${notice.workspace} again, since ${when}. What waited follows by itself.`,
        ],
      };
  }
}

function advice(notice: Told): string {
  switch (notice.kind) {
    case 'session_reused':
      return 'Sign in again. If anything looks wrong to you, change your password.';
    case 'api_key_exposed':
      return 'Revoke it under Settings, API keys, and use a new one in the Authorization header.';
    case 'webhook_failing':
      return 'Settings, Webhooks shows every attempt and what came back.';
    case 'webhook_disabled':
      return 'Switch it on again under Settings, Webhooks, and replay there what it has missed.';
    case 'webhook_recovered':
      return 'You need not do anything.';
    case 'email_changed':
      return 'If this was not you, tell the owner of your workspace at once.';
    default:
      return NOT_YOU;
  }
}

const DISABLED: Record<DisabledReason, string> = {
  switched_off: 'somebody switched it off.',
  gone: 'its server answered 410, which says that it is gone for good.',
  failing: 'for five days there was nothing but failures.',
  maker_left: 'whoever had made it has left the workspace.',
};

/** An address may carry a token of its receiver; its host says enough. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an endpoint';
}

const FACTORS: Record<FactorKind, string> = {
  totp: 'an authenticator app',
  passkey: 'a passkey',
  recovery_codes: 'recovery codes',
};

function factorSubject(change: FactorChange): string {
  switch (change.what) {
    case 'added':
      return 'Your account has a new second factor';
    case 'removed':
      return 'A second factor was removed from your account';
    case 'recovery_code_used':
      return 'A recovery code of yours was used';
    case 'codes_renewed':
      return 'Your recovery codes were renewed';
  }
}

function factorWords(change: FactorChange): string {
  switch (change.what) {
    case 'added':
    case 'removed': {
      const which = `${FACTORS[change.factor]}${change.name ? ` (${change.name})` : ''}`;
      return `Your account ${change.what === 'added' ? 'now has' : 'no longer has'} ${which} as a second factor.`;
    }
    case 'recovery_code_used':
      return `Somebody signed in with one of your recovery codes; ${change.left} ${change.left === 1 ? 'is' : 'are'} left.`;
    case 'codes_renewed':
      return 'You have new recovery codes; the earlier ones no longer work.';
  }
}

function from(ip: string | null): string {
  return ip ? ` from ${ip}` : '';
}

/** `21 November 2026, 13:30 UTC`: a mail does not know its reader's time zone. */
function spoken(at: Date): string {
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  return `${day}, ${time} UTC`;
}

/** Names come from people: no line break of theirs makes a header or a line of ours. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/**
 * What people are called, for somebody who may not know them: whoever makes an account can have a mail sent to anybody,
 * and no mail program shall make a link of what they call themselves. After each dot, slash or colon inside it stands a
 * word joiner, which nobody sees.
 */
function named(name: string): string {
  return name.replace(/[.:/@](?=\S)/gu, '$&\u2060');
}

function quoted(name: string): string {
  return `“${named(name)}”`;
}

function textOf({ lines, action, after }: Words, greeting: string, publicUrl: string): string {
  const link = action ? [`${action.label}:\n${action.url}`] : [];
  return `${[greeting, ...lines.map(oneLine), ...link, ...after.map(oneLine), `Threadline at ${publicUrl}`].join('\n\n')}\n`;
}

function htmlOf({ lines, action, after }: Words, greeting: string, publicUrl: string): string {
  const paragraph = (line: string) => `<p>${escapeHtml(oneLine(line))}</p>`;
  const link = action ? `<p><a href="${escapeHtml(action.url)}">${escapeHtml(action.label)}</a></p>` : '';
  const body = [greeting, ...lines].map(paragraph).join('') + link + after.map(paragraph).join('');
  return `${body}<p>Threadline at ${escapeHtml(publicUrl)}</p>`;
}

/** Seconds before each further try: short at first, because a link may wait for it. */
const PAUSES = [15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400];

/** Milliseconds until a mail is tried again; null when it has been tried enough. @param attempt 1 for the first try */
export function pauseAfter(attempt: number): number | null {
  const seconds = PAUSES[attempt - 1];
  return seconds === undefined ? null : seconds * 1_000;
}
