import type { Permission, RoleScopes, Scope } from '@threadline/contracts';

/** How far somebody reaches among things of one kind; `nothing`: as far as `own`, without being anybody. */
export type Reach = Scope | 'nothing';

/** How far somebody reaches, and who they are. */
export interface Reaching {
  /** The member; null for what acts without one. */
  me: string | null;
  leads: Reach;
  conversations: Reach;
  /** How far they reach among the conversations that they may read: whoever sees one sees its lead. */
  throughConversations: Reach;
}

interface Caller {
  userId: string | null;
  scopes: RoleScopes;
  permissions: ReadonlySet<Permission>;
}

/**
 * What an actor's scopes come to. A lead is one's own when one owns it, a conversation when it is assigned to one, or
 * to nobody and no team while its lead is one's own. `team` adds what is a team mate's own, and what is assigned to a
 * team of one's own; `all` is everything. Whoever sees a conversation sees its lead; not the other way round.
 */
export function reachOf({ userId, scopes, permissions }: Caller): Reaching {
  const among = (scope: Scope): Reach => (scope !== 'all' && userId === null ? 'nothing' : scope);
  const conversations = among(scopes.conversations);
  const reads = permissions.has('conversations:read') || permissions.has('messages:read');
  return {
    me: userId,
    leads: among(scopes.leads),
    conversations,
    throughConversations: reads ? conversations : 'nothing',
  };
}

/** True for who sees everything, so that nothing has to be asked about it. */
export function reachesEverything({ scopes }: Pick<Caller, 'scopes'>): boolean {
  return scopes.leads === 'all' && scopes.conversations === 'all';
}

/**
 * Who owns a new lead: who was named; otherwise its maker when they would not see it themselves, or nobody.
 * @param named a user id; null and undefined for nobody
 */
export function ownerOfNew(actor: Pick<Caller, 'userId' | 'scopes'>, named: string | null | undefined): string | null {
  return named ?? (actor.scopes.leads === 'all' ? null : actor.userId);
}
