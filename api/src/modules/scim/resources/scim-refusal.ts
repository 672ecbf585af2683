import type { ProblemCode } from '@threadline/contracts';
import { Refusal } from '../../../platform/refusal';

/** What RFC 7644, 3.12 calls the reasons of a 400 and a 409. */
export type ScimType =
  'invalidFilter' | 'invalidPath' | 'invalidSyntax' | 'invalidValue' | 'mutability' | 'noTarget' | 'uniqueness';

/** A refusal with the reason that SCIM has a word for. */
export class ScimRefusal extends Refusal {
  constructor(
    code: ProblemCode,
    readonly scimType: ScimType,
    detail: string,
  ) {
    super(code, { detail });
  }
}

export function invalidValue(detail: string): ScimRefusal {
  return new ScimRefusal('invalid_input', 'invalidValue', detail);
}

export function taken(detail: string): ScimRefusal {
  return new ScimRefusal('duplicate', 'uniqueness', detail);
}
