import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Member } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { TestVisits } from './test-visits';

describe('an identity provider’s word about somebody who left its workspace', () => {
  let app: TestApp;
  let visits: TestVisits;
  let ada: Person;

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' } });
    ada = await app.person('Ada');
    visits = await TestVisits.of(app, ada);
  });
  afterAll(async () => {
    await app?.stop();
    await visits?.idp.close();
  });

  const cameBackTo = async (email: string) => (await visits.signIn(`p${v7()}`, { email })).headers.location;

  it('says nothing of the address that they have now: it joins like a stranger’s', async () => {
    const ben = await app.colleagueOf(ada);
    const [old, now] = [ben.session?.user.email ?? '', `${v7()}@example.com`];
    const members = await ada.get<{ items: Member[] }>('/api/members');
    const id = members.body.items.find(({ userId }) => userId === ben.userId)?.id;
    expect((await ada.delete(`/api/members/${id}`)).status).toBe(204);
    await app.rows('UPDATE users SET email = $2 WHERE id = $1', [ben.userId, now]);

    expect(await cameBackTo(now)).toBe(await cameBackTo(`${v7()}@example.com`));
    expect(await cameBackTo(old)).toBe('/sign-in?sso=link_required');
  });
});
