import { Injectable } from '@nestjs/common';
import { type Lead, ref } from '@threadline/contracts';
import { v7 } from 'uuid';
import { isDuplicate } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import type { ReadTx, Tx } from '../../platform/work';
import { MembersQueries } from '../auth';
import { ownerOfNew } from '../reach';
import { type LeadTouch, touchLeads, untouchLead } from './lead-activity';
import { LeadEntity } from './lead.entity';
import { changedNames, changesOf, type LeadFields, normalised, RESTORE_DAYS, restorable } from './lead.rules';
import { LeadsQueries } from './leads.queries';

/** A new lead; what is absent is empty. */
export type NewLead = Partial<LeadFields> & {
  name: string;
  /** UUIDv7, made by the caller so that it can show the lead before the answer comes. */
  id?: string;
};

const EMPTY: Omit<LeadFields, 'name'> = {
  email: null,
  phone: null,
  company: null,
  title: null,
  status: 'new',
  tags: [],
  customFields: {},
  ownerId: null,
};

/** What can be done with leads. Each command runs inside the caller's unit of work and says what happened. */
@Injectable()
export class LeadsService {
  constructor(
    private readonly queries: LeadsQueries,
    private readonly members: MembersQueries,
  ) {}

  /**
   * Who does not see all leads owns those they make, unless somebody else is named. Event `lead.created`.
   * @throws Refusal `duplicate` when a lead of the workspace has this address or id; `current` is that lead, if it is
   * one that the actor may see.
   * @throws Refusal `invalid_input` when the owner is not a member.
   */
  async create(tx: Tx, { id = v7(), ...input }: NewLead): Promise<Lead> {
    const fields: LeadFields = { ...EMPTY, ...given(normalised(input)), name: input.name };
    fields.ownerId = ownerOfNew(tx.actor, fields.ownerId);
    await this.checkOwner(tx, fields.ownerId);
    const now = tx.now.toISOString();
    const lead: Lead = { id, ...fields, createdAt: now, updatedAt: now, lastActivityAt: null };
    const inserted = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(LeadEntity)
      .values({
        ...fields,
        ...{ workspaceId: tx.workspaceId, id },
        createdAt: tx.now,
        updatedAt: tx.now,
        lastActivityAt: null,
        deletedAt: null,
      })
      .orIgnore()
      .returning('id')
      .execute();
    if ((inserted.raw as unknown[]).length === 0) throw await this.duplicate(tx, id, fields.email);
    tx.append({ type: 'lead.created', ...about(lead.id), data: { lead } });
    return lead;
  }

  /**
   * Changes the given fields and leaves the others; lists and custom fields are replaced whole. Events `lead.updated`
   * and, when the status is among them, `lead.status_changed`; none when everything is so already.
   * @throws Refusal `not_found`, `duplicate` (see `create`), `invalid_input`
   */
  async change(tx: Tx, id: string, wanted: Partial<LeadFields>): Promise<Lead> {
    const { lead } = await this.queries.hold(tx, id);
    const changes = changesOf(lead, normalised(wanted));
    const changed = changedNames(changes);
    if (changed.length === 0) return lead;
    if (changes.ownerId) await this.checkOwner(tx, changes.ownerId);
    await this.save(tx, { id, email: changes.email }, { ...changes, updatedAt: tx.now });
    const after: Lead = { ...lead, ...changes, updatedAt: tx.now.toISOString() };
    const owners = 'ownerId' in changes ? [lead.ownerId, after.ownerId] : [];
    tx.append({
      type: 'lead.updated',
      ...about(id, owners),
      data: { lead: after, changed },
      before: Object.fromEntries(changed.map((field) => [field, lead[field]])),
    });
    if (changes.status) {
      tx.append({
        type: 'lead.status_changed',
        ...about(id),
        data: { lead: after, from: lead.status, to: changes.status },
      });
    }
    return after;
  }

  /**
   * Puts the lead away; it can be restored for 30 days. Event `lead.deleted`.
   * @throws Refusal `not_found`
   */
  async delete(tx: Tx, id: string): Promise<void> {
    const { lead } = await this.queries.hold(tx, id);
    await this.save(tx, { id }, { deletedAt: tx.now, updatedAt: tx.now });
    tx.append({ type: 'lead.deleted', ...about(id), data: { leadId: id, name: lead.name } });
  }

  /**
   * Brings a deleted lead back as it was. Event `lead.restored`.
   * @throws Refusal `not_found` also after 30 days, `wrong_state` when it is not deleted, `duplicate` when another lead
   * has its address by now.
   */
  async restore(tx: Tx, id: string): Promise<Lead> {
    const { lead, deletedAt } = await this.queries.hold(tx, id, { deleted: true });
    switch (restorable(deletedAt, tx.now)) {
      case 'not_deleted':
        throw new Refusal('wrong_state', { detail: 'This lead is not deleted.', current: lead });
      case 'too_late':
        throw new Refusal('not_found', { detail: `A deleted lead can be restored for ${RESTORE_DAYS} days.` });
      case 'yes': {
        await this.save(tx, { id, email: lead.email }, { deletedAt: null, updatedAt: tx.now });
        const restored: Lead = { ...lead, updatedAt: tx.now.toISOString() };
        tx.append({ type: 'lead.restored', ...about(id), data: { lead: restored } });
        return restored;
      }
    }
  }

  /** @throws Refusal `not_found` for one that is absent, deleted, another workspace's or not for this actor. */
  find(tx: ReadTx, id: string): Promise<Lead> {
    return this.queries.get(tx, id);
  }

  /** The lead with that address, in whatever case it is written. */
  findByEmail(tx: ReadTx, email: string): Promise<Lead | undefined> {
    return this.queries.findByEmail(tx, email);
  }

  /**
   * Something passed between us and the lead: its `lastActivityAt` becomes `at`, and never goes back. There is no event
   * of its own. The caller appends the one that says what passed, and whoever shows leads live takes the time from
   * there (`leadActivity` of the contracts); so call it in the unit of work that appends such an event.
   */
  touch(tx: Tx, leadId: string, at: Date): Promise<void> {
    return touchLeads(tx, [{ leadId, at }]);
  }

  /** `touch` for many leads in one statement. */
  touchAll(tx: Tx, touches: readonly LeadTouch[]): Promise<void> {
    return touchLeads(tx, touches);
  }

  /**
   * What passed turned out not to have: `lastActivityAt` becomes what `latest` finds once no other change can move it.
   * The caller appends the event that says so, as for `touch`.
   */
  untouch(tx: Tx, leadId: string, latest: () => Promise<Date | null>): Promise<Date | null> {
    return untouchLead(tx, leadId, latest);
  }

  /** @param taking the address that the change takes, if it does. */
  private async save(
    tx: Tx,
    taking: { id: string; email?: string | null },
    values: Partial<LeadEntity>,
  ): Promise<void> {
    const key = { workspaceId: tx.workspaceId, id: taking.id };
    if (!taking.email) {
      await tx.manager.update(LeadEntity, key, values);
      return;
    }
    // A refused statement spoils the transaction; up to the savepoint it can still be asked who has the address.
    await tx.query('SAVEPOINT taking');
    try {
      await tx.manager.update(LeadEntity, key, values);
    } catch (error) {
      if (!isDuplicate(error, 'leads_email')) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT taking');
      throw emailTaken(await this.queries.findByEmail(tx, taking.email));
    }
  }

  /** Why a lead could not be made: its id is taken, or its address. */
  private async duplicate(tx: Tx, id: string, email: string | null): Promise<Refusal> {
    const byEmail = email === null ? undefined : await this.queries.findByEmail(tx, email);
    if (email !== null && byEmail?.id !== id && !(await this.queries.isTaken(tx, id))) return emailTaken(byEmail);
    const current = await this.queries.find(tx, id);
    return new Refusal('duplicate', {
      detail: 'There is a lead with this id already.',
      errors: [{ path: 'id', message: 'belongs to another lead' }],
      ...(current ? { current } : {}),
    });
  }

  private async checkOwner(tx: Tx, ownerId: string | null): Promise<void> {
    if (ownerId === null || (await this.members.isMember(tx, ownerId))) return;
    throw new Refusal('invalid_input', { errors: [{ path: 'ownerId', message: 'must be a member of the workspace' }] });
  }
}

/** Says whose address it is only to who may see that lead. */
function emailTaken(by: Lead | undefined): Refusal {
  return new Refusal('duplicate', {
    detail: by
      ? `${by.name} has this e-mail address already.`
      : 'A lead of a colleague has this e-mail address already.',
    errors: [{ path: 'email', message: 'belongs to another lead' }],
    ...(by ? { current: by } : {}),
  });
}

/** Without the fields that are present but undefined. */
function given<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** @param owners those between whom it changed hands: the event is about them too */
function about(id: string, owners: readonly (string | null)[] = []) {
  const people = owners.flatMap((owner) => (owner === null ? [] : [ref('user', owner)]));
  return { subject: { type: 'lead' as const, id }, about: [ref('lead', id), ...people] };
}
