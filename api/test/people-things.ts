import type { Role, Team } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Registration, Roles } from '../src/modules/auth';
import { systemActor } from '../src/platform/access';
import { UnitOfWork } from '../src/platform/work';
import type { Person } from './person';
import type { TestApp } from './test-app';

/** A role, a team and a colleague (who cannot sign in) in a person's workspace. */
export async function peopleThingsOf(app: TestApp, person: Person) {
  const role = await person.post<Role>('/api/roles', { name: `Role ${v7()}`, permissions: [] });
  const team = await person.post<Team>('/api/teams', { name: `Team ${v7()}` });
  const member = await app.get(UnitOfWork).run(systemActor(person.workspaceId, 'test'), async (tx) => {
    const registration = app.get(Registration);
    const user = await registration.addUser(tx, {
      email: `${v7()}@example.com`,
      name: 'Cy',
      passwordHash: null,
      proved: true,
    });
    return registration.join(tx, user, await app.get(Roles).builtIn(tx, 'agent'));
  });
  return { roleId: role.body.id, teamId: team.body.id, memberId: member.id };
}
