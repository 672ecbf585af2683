import { Injectable } from '@nestjs/common';
import { ref, type SsoProvider, type SsoTest } from '@threadline/contracts';
import { v7 } from 'uuid';
import { memberBehind } from '../../../platform/access';
import { isDuplicate } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import { SecretBox } from '../../../platform/secrets';
import type { Tx } from '../../../platform/work';
import { beyond, beyondWords, RolesQueries, Standings } from '../../people';
import { OidcClient } from '../oidc.client';
import { ProvidersQueries, sealedAbout } from './providers.queries';
import type { NewProviderDto, ProviderChangeDto } from '../sso.dto';

type Wanted = Omit<SsoProvider, 'id' | 'createdAt' | 'updatedAt'>;

/** Commands on identity providers. What an issuer says of itself is looked at before, outside of the unit of work. */
@Injectable()
export class ProvidersService {
  constructor(
    private readonly queries: ProvidersQueries,
    private readonly secrets: SecretBox,
    private readonly standings: Standings,
    private readonly roles: RolesQueries,
    private readonly oidc: OidcClient,
  ) {}

  /** @throws Refusal `address_not_allowed`, `sso_failed` when the issuer is not what it should be */
  async checkIssuer(issuer: string): Promise<void> {
    await this.oidc.discover(issuer);
  }

  /**
   * Adds a provider whose issuer was checked. Event `sso_provider.created`.
   * @throws Refusal `forbidden` for a role above the caller's own, `invalid_input`, `duplicate`
   */
  async create(tx: Tx, input: NewProviderDto): Promise<SsoProvider> {
    const id = v7();
    const { clientSecret, ...rest } = input;
    const wanted: Wanted = {
      domains: [],
      anyDomain: false,
      groupRoles: [],
      enabled: true,
      ...rest,
      groupsClaim: rest.groupsClaim ?? null,
    };
    await this.mayStand(tx, wanted, null);
    const decided = { sealed: this.secrets.seal(clientSecret, sealedAbout(id)), by: memberBehind(tx.actor) };
    await this.write(tx, id, wanted, decided, true);
    const provider = await this.queries.one(tx, id);
    tx.append({ type: 'sso_provider.created', ...about(id), data: { provider } });
    return provider;
  }

  /**
   * Changes the given fields and leaves the others. A new issuer takes its secret with it: the kept one would otherwise
   * be handed to whoever is at the new address. Event `sso_provider.updated`.
   * @throws Refusal `not_found`, `forbidden`, `invalid_input`, `duplicate`
   */
  async change(tx: Tx, id: string, input: ProviderChangeDto): Promise<SsoProvider> {
    const before = await this.queries.withSecret(tx, id);
    const { clientSecret = before.clientSecret, ...rest } = input;
    const moved = input.issuer !== undefined && input.issuer !== before.issuer;
    if (moved && input.clientSecret === undefined) {
      throw invalid('clientSecret', 'enter the client secret of the new issuer');
    }
    const { clientSecret: _kept, id: _id, createdAt: _created, updatedAt: _updated, decidedBy, ...kept } = before;
    const wanted: Wanted = {
      ...kept,
      ...rest,
      groupsClaim: rest.groupsClaim === undefined ? kept.groupsClaim : rest.groupsClaim,
    };
    await this.mayStand(tx, wanted, before);
    const by = decidesAnew(wanted, before) ? memberBehind(tx.actor) : decidedBy;
    await this.write(tx, id, wanted, { sealed: this.secrets.seal(clientSecret, sealedAbout(id)), by }, false);
    const provider = await this.queries.one(tx, id);
    tx.append({ type: 'sso_provider.updated', ...about(id), data: { provider }, before: { ...kept } });
    return provider;
  }

  /** Removes a provider. Identities it vouched for stay with their people and sign nobody in. Event `sso_provider.deleted`. */
  async delete(tx: Tx, id: string): Promise<void> {
    const { name } = await this.queries.one(tx, id);
    await tx.query('DELETE FROM sso_providers WHERE id = $1', [id]);
    tx.append({ type: 'sso_provider.deleted', ...about(id), data: { providerId: id, name } });
  }

  /** Looks at an issuer step by step, for the person who sets it up. @throws Refusal `address_not_allowed` */
  async test(issuer: string): Promise<SsoTest> {
    const steps: SsoTest['steps'] = [];
    try {
      const document = await this.oidc.discover(issuer);
      steps.push({
        name: 'Discovery',
        ok: true,
        detail: 'The provider was reached, and its issuer is right to the letter.',
      });
      const keys = await this.oidc.countKeys(document);
      const detail =
        keys > 0 ? `It publishes ${keys} signing ${keys === 1 ? 'key' : 'keys'}.` : 'It publishes no signing keys.';
      steps.push({ name: 'Keys', ok: keys > 0, detail });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'sso_failed') throw error;
      steps.push({ name: steps.length === 0 ? 'Discovery' : 'Keys', ok: false, detail: error.message });
    }
    return { ok: steps.every(({ ok }) => ok), steps };
  }

  /**
   * Says which owners keep their password while the workspace signs in through its provider only. Event
   * `workspace.break_glass_changed`; none when nothing changes.
   * @throws Refusal `forbidden` unless the caller is an owner, `invalid_input` for somebody who is none
   */
  async setBreakGlass(tx: Tx, userIds: readonly string[]): Promise<string[]> {
    const standing = await this.standings.take(tx);
    if (!standing.owner) throw new Refusal('forbidden', { detail: 'Only an owner can say who keeps their password.' });
    const owners = await tx.query<{ user_id: string }>(
      `SELECT m.user_id FROM memberships m JOIN roles r ON r.id = m.role_id
        WHERE r.built_in = 'owner' AND m.ended_at IS NULL AND m.user_id = ANY ($1)`,
      [userIds],
    );
    if (owners.length !== userIds.length) throw invalid('userIds', 'each must be an owner of the workspace');
    const before = await this.queries.breakGlass(tx);
    await tx.query(
      'UPDATE memberships SET break_glass = (user_id = ANY ($1)) WHERE break_glass <> (user_id = ANY ($1))',
      [userIds],
    );
    const after = await this.queries.breakGlass(tx);
    if (before.join() !== after.join()) {
      tx.append({
        type: 'workspace.break_glass_changed',
        subject: { type: 'workspace', id: tx.workspaceId },
        about: [ref('workspace', tx.workspaceId)],
        data: { userIds: after },
        before: { userIds: before },
      });
    }
    return after;
  }

  /**
   * Nobody gives by a provider what they could not give by hand, and nobody becomes an owner through one. Whoever says
   * whose word counts gives all its roles, those too that stood there before.
   */
  private async mayStand(tx: Tx, wanted: Wanted, before: Wanted | null): Promise<void> {
    if (wanted.anyDomain && wanted.domains.length > 0) {
      throw invalid('anyDomain', 'either name mail domains, or let any in');
    }
    if (wanted.groupRoles.length > 0 && !wanted.groupsClaim) {
      throw invalid('groupsClaim', 'name the claim that the groups stand in');
    }
    const standing = await this.standings.take(tx);
    const known = new Map((await this.roles.list(tx)).map((role) => [role.id, role]));
    for (const { path, roleId } of givenRoles(wanted)) {
      const role = known.get(roleId);
      if (!role) throw invalid(path, 'there is no such role');
      if (role.builtIn === 'owner') throw invalid(path, 'nobody becomes an owner through a provider');
    }
    if (before && !decidesAnew(wanted, before)) return;
    for (const { roleId } of [...givenRoles(wanted), ...(before ? givenRoles(before) : [])]) {
      const role = known.get(roleId);
      const lies = role && beyond(role, standing);
      if (lies) throw new Refusal('forbidden', { detail: beyondWords(lies) });
    }
  }

  private async write(
    tx: Tx,
    id: string,
    wanted: Wanted,
    { sealed, by }: { sealed: string; by: string | null },
    fresh: boolean,
  ): Promise<void> {
    const { name, preset, issuer, clientId, defaultRoleId, domains, anyDomain, groupsClaim, groupRoles, enabled } =
      wanted;
    const values = [id, name, preset, issuer, clientId, sealed, defaultRoleId, domains, anyDomain, groupsClaim];
    const rest = [JSON.stringify(groupRoles), enabled, tx.now, tx.workspaceId, by];
    const sql = fresh
      ? `INSERT INTO sso_providers (id, name, preset, issuer, client_id, client_secret, default_role_id, domains,
                                    any_domain, groups_claim, group_roles, enabled, created_at, updated_at, workspace_id,
                                    decided_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $15)`
      : `UPDATE sso_providers
            SET name = $2, preset = $3, issuer = $4, client_id = $5, client_secret = $6, default_role_id = $7,
                domains = $8, any_domain = $9, groups_claim = $10, group_roles = $11, enabled = $12, updated_at = $13,
                decided_by = $15
          WHERE id = $1 AND workspace_id = $14`;
    try {
      await tx.query(sql, [...values, ...rest]);
    } catch (error) {
      if (!isDuplicate(error, 'sso_providers_client')) throw error;
      throw new Refusal('duplicate', { detail: 'This client of this issuer is set up already.' });
    }
  }
}

function about(id: string) {
  return { subject: { type: 'sso_provider' as const, id }, about: [ref('sso_provider', id)] };
}

/** Every role a provider gives, with where it stands in the input. */
function givenRoles({ defaultRoleId, groupRoles }: Pick<Wanted, 'defaultRoleId' | 'groupRoles'>) {
  return [
    { path: 'defaultRoleId', roleId: defaultRoleId },
    ...groupRoles.map(({ roleId }, index) => ({ path: `groupRoles.${index}.roleId`, roleId })),
  ];
}

/** Whether a change touches who gets which role: by whose word, by which claim, from where, and what. */
function decidesAnew(wanted: Wanted, before: Wanted): boolean {
  const decides = ({ issuer, clientId, domains, anyDomain, groupsClaim, groupRoles, defaultRoleId }: Wanted) => {
    const mapping = groupRoles.map(({ group, roleId }) => [group, roleId]);
    return JSON.stringify([issuer, clientId, domains, anyDomain, groupsClaim, mapping, defaultRoleId]);
  };
  return decides(wanted) !== decides(before) || (wanted.enabled && !before.enabled);
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('invalid_input', { errors: [{ path, message }] });
}
