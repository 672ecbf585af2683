import type { LegalHold, PrivacyRequest } from '@threadline/contracts';
import type { Person } from './person';
import type { TestApp } from './test-app';

/** A legal hold of nothing that is there, and an export of a lead with its file and its receipt. */
export async function privacyThingsOf(app: TestApp, person: Person, leadId: string) {
  const hold = await person.post<LegalHold>('/api/audit/holds', { reason: 'A case', actorIds: ['nobody'] });
  const asked = await person.post<PrivacyRequest>('/api/privacy/requests', { kind: 'export', leadId });
  await app.settle();
  return { holdId: hold.body.id, privacyRequestId: asked.body.id };
}
