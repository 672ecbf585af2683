import { Injectable } from '@nestjs/common';
import type { User, WorkspacePolicies } from '@threadline/contracts';
import { accountAddress } from '../../../platform/account-address';
import type { Tx } from '../../../platform/work';
import { AccountsQueries, AddressLinks, isPersonsOwn } from '../../accounts';
import { Registration, Roles } from '../../auth';
import { MembersService } from '../../people';
import type { KnownIdentity } from '../identities/identities.service';
import { VisitFailed } from '../oidc.client';
import type { ProviderWithSecret } from '../providers/providers.queries';
import { type Claims, nameFor, objectionToJoining, roleByGroups } from '../sso.rules';

const ADDRESS_TAKEN = 'a member has the address';

/** Becoming a member by a provider, and having the role that its groups give. */
@Injectable()
export class Joining {
  constructor(
    private readonly registration: Registration,
    private readonly roles: Roles,
    private readonly members: MembersService,
    private readonly links: AddressLinks,
    private readonly accounts: AccountsQueries,
  ) {}

  /** Why somebody unknown may not join; null when they may. */
  async objection(tx: Tx, { domains, anyDomain }: ProviderWithSecret, claims: Claims) {
    const [row] = await tx.query<{ policies: Partial<WorkspacePolicies> }>('SELECT policies FROM workspaces');
    const allowedEmailDomains = row?.policies.allowedEmailDomains ?? [];
    return objectionToJoining(claims, { domains, anyDomain, allowedEmailDomains });
  }

  /**
   * A new person, without a password. What a provider says of an address is no proof to the installation, because whoever
   * has a workspace can have a provider: the address is mailed a link. Answers the user id.
   */
  async join(tx: Tx, provider: ProviderWithSecret, claims: Claims): Promise<string> {
    if (!claims.email) throw new VisitFailed('email_unverified', 'no address was given');
    // Two first sign-ins at once, which both found nobody here.
    if (await this.registration.isTaken(tx, claims.email)) throw new VisitFailed('link_required', ADDRESS_TAKEN);
    const person = { email: claims.email, name: nameFor(claims), passwordHash: null, proved: false };
    const user = await this.registration.addUser(tx, person);
    await this.registration.join(tx, user, await this.roles.find(tx, roleOf(provider, claims)));
    tx.afterCommit(() => this.links.mail(user.id, tx.workspaceId));
    return user.id;
  }

  /**
   * Whether the provider's word opens an account of the workspace that nobody has opened yet: only for somebody to whom
   * whoever decided about the provider may do something by hand. Otherwise who sets one up could be anybody.
   */
  async mayClaim(tx: Tx, { decidedBy }: ProviderWithSecret, user: User): Promise<boolean> {
    return decidedBy !== null && (await this.members.mayBeTouched(tx, user.id, decidedBy));
  }

  /**
   * A known person: gets the role their groups give now, or joins when they never were here. Who was removed stays out.
   * Who became an owner comes in by an identity that they linked themselves, or by a provider about which an owner has
   * decided: whoever set up another one may have named themselves when the account was nobody's yet.
   * @throws VisitFailed
   */
  async letIn(
    tx: Tx,
    provider: ProviderWithSecret,
    claims: Claims,
    { user, linked }: Pick<KnownIdentity, 'user' | 'linked'>,
  ): Promise<void> {
    const [membership] = await tx.query<{ id: string; role_id: string; owner: boolean; ended: boolean }>(
      `SELECT m.id, m.role_id, r.built_in IS NOT DISTINCT FROM 'owner' AS owner, m.ended_at IS NOT NULL AS ended
         FROM memberships m JOIN roles r ON r.id = m.role_id WHERE m.user_id = $1 FOR UPDATE OF m`,
      [user.id],
    );
    if (membership?.ended) throw new VisitFailed('not_a_member', 'the membership has ended');
    if (!membership) return this.joinAgain(tx, provider, claims, user);
    if (membership.owner && !linked && !(await this.mayClaim(tx, provider, user))) {
      throw new VisitFailed('link_required', 'no owner has decided about the provider');
    }
    // Owners are made and unmade by owners alone.
    if (membership.owner || provider.groupsClaim === null || provider.groupRoles.length === 0) return;
    const roleId = roleOf(provider, claims);
    if (roleId !== membership.role_id) await this.members.giveRole(tx, membership.id, roleId);
  }

  /**
   * A person of another workspace whose provider is this one's too, once the account is their own and as long as the
   * provider knows its present address: colleagues here see that, and no provider of former times shall read it.
   */
  private async joinAgain(tx: Tx, provider: ProviderWithSecret, claims: Claims, user: User): Promise<void> {
    const objection = await this.objection(tx, provider, claims);
    if (objection) throw new VisitFailed(objection, 'somebody unknown may not join');
    if (accountAddress(claims.email ?? '') !== accountAddress(user.email)) {
      throw new VisitFailed('link_required', 'the account has another address now');
    }
    if (await this.registration.isTaken(tx, user.email, user)) throw new VisitFailed('link_required', ADDRESS_TAKEN);
    const account = await this.accounts.byId(user.id);
    if (!account || !isPersonsOwn(account)) {
      throw new VisitFailed('confirm_first', 'the account is not its person’s own yet');
    }
    await this.registration.join(tx, user, await this.roles.find(tx, roleOf(provider, claims)));
  }
}

function roleOf({ groupRoles, groupsClaim, defaultRoleId }: ProviderWithSecret, { groups }: Claims): string {
  return groupsClaim === null ? defaultRoleId : roleByGroups(groups, groupRoles, defaultRoleId);
}
