import { Injectable } from '@nestjs/common';
import { DEFAULT_POLICIES, ref, type WorkspacePolicies } from '@threadline/contracts';
import { inNetworks, isNetwork, memberBehind } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import type { ReadTx, Tx } from '../../platform/work';
import { SessionDirectory } from '../auth';
import { changedPolicies, type Circumstances, objections } from './policies.rules';

/** What a workspace asks of everybody who uses it. */
@Injectable()
export class Policies {
  constructor(private readonly directory: SessionDirectory) {}

  async of(tx: ReadTx): Promise<WorkspacePolicies> {
    const [row] = await tx.query<{ policies: Partial<WorkspacePolicies> }>('SELECT policies FROM workspaces');
    return { ...DEFAULT_POLICIES, ...row?.policies };
  }

  /**
   * Replaces all of them; the same again says nothing.
   * @param ip where the request comes from
   * @throws Refusal `invalid_input` for what would lock its own author out
   */
  async replace(tx: Tx, wanted: WorkspacePolicies, ip: string): Promise<WorkspacePolicies> {
    await tx.query('SELECT 1 FROM workspaces FOR UPDATE');
    const before = await this.of(tx);
    const changed = changedPolicies(before, wanted);
    if (changed.length === 0) return before;
    const notNetworks = wanted.allowedNetworks.filter((network) => !isNetwork(network));
    const errors = objections(before, wanted, {
      ip,
      notNetworks,
      ipAllowed: notNetworks.length > 0 || inNetworks(wanted.allowedNetworks, ip),
      ...(await this.circumstances(tx)),
    });
    if (errors.length > 0) throw new Refusal('invalid_input', { errors, detail: errors[0]?.message });
    await tx.query('UPDATE workspaces SET policies = $1', [JSON.stringify(wanted)]);
    tx.append({
      type: 'workspace.policies_changed',
      subject: { type: 'workspace', id: tx.workspaceId },
      about: [ref('workspace', tx.workspaceId)],
      data: { policies: wanted, changed },
      before: { ...before },
    });
    tx.afterCommit(() => this.directory.forgetAll());
    return wanted;
  }

  private async circumstances(tx: Tx): Promise<Pick<Circumstances, 'ownSecondFactor' | 'provider' | 'breakGlass'>> {
    const [row] = await tx.query<{ own_factor: boolean; provider: boolean; break_glass: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM users WHERE id = $1 AND second_factor) AS own_factor,
              EXISTS (SELECT 1 FROM sso_providers WHERE enabled) AS provider,
              EXISTS (SELECT 1 FROM memberships m
                        JOIN roles r ON r.id = m.role_id AND r.built_in = 'owner'
                       WHERE m.break_glass AND m.ended_at IS NULL) AS break_glass`,
      [memberBehind(tx.actor)],
    );
    return {
      ownSecondFactor: row?.own_factor ?? false,
      provider: row?.provider ?? false,
      breakGlass: row?.break_glass ?? false,
    };
  }
}
