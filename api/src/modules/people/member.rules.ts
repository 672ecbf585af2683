import { beyond, beyondWords, type Reach, type RoleShape } from './role.rules';

/** Who wants to change a member. */
export interface Doer extends Reach {
  userId: string | null;
  owner: boolean;
}

/** A member to be changed, with what their role gives. */
export interface Target extends RoleShape {
  userId: string;
  owner: boolean;
}

/** The role they are to have. */
export interface GivenRole extends RoleShape {
  owner: boolean;
}

/** Why not. */
export type Objection = { code: 'forbidden' | 'last_owner'; detail: string };

const OWNERS_ONLY: Objection = { code: 'forbidden', detail: 'Only an owner may do this to an owner, or make one.' };
const LAST_OWNER: Objection = {
  code: 'last_owner',
  detail: 'This is the only owner. Make somebody else an owner first, or hand the ownership on.',
};
const MORE_THAN_ONESELF: Objection = {
  code: 'forbidden',
  detail: 'This member may do more than you, so you may not change them.',
};

/** Why a member may not be given that role; null when they may. `otherOwners` counts the owners besides the member. */
export function objectionToRole(doer: Doer, target: Target, role: GivenRole, otherOwners: number): Objection | null {
  const objection = objectionToTouch(doer, target, role.owner);
  if (objection) return objection;
  if (target.owner && !role.owner && otherOwners === 0) return LAST_OWNER;
  const lies = beyond(role, doer);
  return lies ? { code: 'forbidden', detail: beyondWords(lies) } : null;
}

/** Why a member may not be removed; null when they may. Everybody may leave, but for the last owner. */
export function objectionToRemoval(doer: Doer, target: Target, otherOwners: number): Objection | null {
  const objection = objectionToTouch(doer, target);
  if (objection) return objection;
  return target.owner && otherOwners === 0 ? LAST_OWNER : null;
}

/** Why nothing may be done to a member by who does not stand as high; null when it may. */
export function objectionToTouch(doer: Doer, target: Target, makesOwner = false): Objection | null {
  if ((target.owner || makesOwner) && !doer.owner) return OWNERS_ONLY;
  return target.userId !== doer.userId && beyond(target, doer) ? MORE_THAN_ONESELF : null;
}
