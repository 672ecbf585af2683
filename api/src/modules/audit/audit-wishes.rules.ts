import { type AuditOutcome, REF_KINDS, type RefKind } from '@threadline/contracts';

/**
 * What an entry has to have, in the words of `audit_found` (migration 0103): one of the keys, an action or a word that
 * begins so, one of the refs among its targets, or the request.
 */
export interface Wish {
  keys: string[];
  starts: string[];
  refs: string[];
  request: string | null;
}

/** What is looked for; an entry has to have all of it. */
export interface Filters {
  actorId?: string | undefined;
  outcome?: AuditOutcome | undefined;
  action?: string | undefined;
  targetType?: RefKind | undefined;
  targetId?: string | undefined;
  ip?: string | undefined;
  requestId?: string | undefined;
}

/** Whom a word names. */
export interface Named {
  /** People called so. */
  userIds: readonly string[];
  /** Leads called so. */
  leadIds: readonly string[];
}

/** A word that was typed, and whom and what it may mean. */
export interface Meaning extends Partial<Named> {
  word: string;
  ipHash: string;
}

/** Pieces of a word beyond which it is an id or an address, and not words. */
const PIECES = 3;
/** Characters of a word that are indexed. */
const WORD_LENGTH = 40;
/** Words that are looked for. */
const WORDS = 8;

export function wishesOf(filters: Filters, ipHash: (ip: string) => string): Wish[] {
  const { actorId, outcome, action, targetType, targetId, ip, requestId } = filters;
  return [
    ...(actorId === undefined ? [] : [wish({ keys: [`a:${actorId}`] })]),
    ...(outcome === undefined ? [] : [wish({ keys: [`o:${outcome}`] })]),
    ...(action === undefined ? [] : [wish(ofAction(action))]),
    ...(targetId === undefined
      ? targetType === undefined
        ? []
        : [wish({ keys: [`k:${targetType}`] })]
      : [wish({ refs: targetRefs(targetType, targetId) })]),
    ...(ip === undefined ? [] : [wish({ keys: [`i:${ipHash(ip)}`] })]),
    ...(requestId === undefined ? [] : [wish({ request: requestId })]),
  ];
}

export function wordsIn(typed: string): string[] {
  return [...new Set(typed.trim().split(/\s+/))].filter((word) => word !== '').slice(0, WORDS);
}

/** A word means something exactly, or all of its pieces begin words of the entry. */
export function wishesFor({ word, ipHash, userIds = [], leadIds = [] }: Meaning): Wish[] {
  const pieces = piecesOf(word);
  const isAction = /^[a-z_]+(\.[a-z_]+)+(\.v\d+)?$/i.test(word);
  const exactly = wish({
    keys: [word, ...userIds].map((id) => `a:${id}`).concat(`i:${ipHash}`),
    starts: isAction ? [`c:${word.toLowerCase()}`] : [],
    refs: [...targetRefs(undefined, word), ...userIds.map((id) => `user:${id}`), ...leadIds.map((id) => `lead:${id}`)],
    request: word,
  });
  if (pieces.length === 0 || pieces.length > PIECES) return [exactly];
  return pieces.map((piece) => ({ ...exactly, starts: [...exactly.starts, `w:${piece}`] }));
}

/** As the index writes words: without case and accents, cut at everything that is neither letter nor digit. */
function piecesOf(word: string): string[] {
  const plain = word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const pieces = plain.split(/[^\p{L}\p{N}]+/u).filter((piece) => piece !== '');
  return pieces.map((piece) => Array.from(piece).slice(0, WORD_LENGTH).join(''));
}

/** `lead.updated.v1` exactly; `lead.updated` in any version; `lead` or `lead.*`: everything done to one. */
function ofAction(action: string): Partial<Wish> {
  if (/\.v\d+$/.test(action)) return { keys: [`c:${action}`] };
  return { starts: [`c:${action.replace(/\.\*$/, '')}.`] };
}

/** Without a kind, an id is looked for among all of them. */
function targetRefs(kind: string | undefined, id: string): string[] {
  const [first = '', ...rest] = id.split(':');
  if (kind === undefined && rest.length > 0 && REF_KINDS.some((each) => each === first)) return [id];
  return (kind ? [kind] : REF_KINDS).map((each) => `${each}:${id}`);
}

function wish(some: Partial<Wish>): Wish {
  return { keys: [], starts: [], refs: [], request: null, ...some };
}
