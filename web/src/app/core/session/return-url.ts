import { ownPath } from '@threadline/contracts';

const GATES =
  /^\/(sign-in|register|second-factor|forgot-password|reset-password|confirm-(?:email|address))(?:[/?#]|$)/u;
/** Pages of links in mails: open to everybody, and left by nobody because a session began or ended. */
const LINKS = /^\/(invitation|forgot-password|reset-password|confirm-(?:email|address))(?:[/?#]|$)/u;

/** Whether an address of this app is open to everybody and stays where it is. */
export function isOpenToAll(url: string): boolean {
  return LINKS.test(url);
}

/** Where to go after signing in: the wanted address when it is a path of this app (see `ownPath`), otherwise the start. */
export function returnUrl(wanted: string | null | undefined, origin: string): string {
  const path = ownPath(wanted, origin);
  return GATES.test(path) ? '/' : path;
}
