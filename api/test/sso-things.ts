import { v7 } from 'uuid';
import { SecretBox } from '../src/platform/secrets';
import type { Person } from './person';
import type { TestApp } from './test-app';

/** A provider of a person's workspace, switched off, and an identity of theirs: without a provider being there. */
export async function ssoThingsOf(app: TestApp, person: Person): Promise<{ providerId: string; identityId: string }> {
  const [providerId, identityId] = [v7(), v7()];
  const issuer = `https://127.0.0.1/${providerId}`;
  await app.rows(
    `INSERT INTO sso_providers (workspace_id, id, name, preset, issuer, client_id, client_secret, default_role_id,
                                domains, any_domain, group_roles, enabled, created_at, updated_at)
     SELECT $1, $2, 'ID', 'custom', $4, 'threadline', $3, r.id, '{}', false, '[]', false, now(), now()
       FROM roles r WHERE r.workspace_id = $1 AND r.built_in = 'agent'`,
    [person.workspaceId, providerId, app.get(SecretBox).seal('secret', `sso_provider:${providerId}`), issuer],
  );
  await app.rows(
    `INSERT INTO sso_identities (id, issuer, subject, user_id, provider_id, linked_at)
     VALUES ($1, $4, 'subject', $2, $3, now())`,
    [identityId, person.userId, providerId, issuer],
  );
  return { providerId, identityId };
}
