import type { APIRequestContext, Page } from '@playwright/test';
import { type Member, type Page as ListOf, type Role, ROLE_PERMISSIONS } from '@threadline/contracts';
import { composer, expect, live, newLead, pictures, type SignIn, test } from './world';

/** What is promised: what one may see is felt everywhere within this time. */
const FELT_WITHIN = 5_000;

test.describe('how far a role reaches', () => {
  test('who reads sees everything and changes nothing; who has their own sees it come and go', async ({
    person,
    request,
  }) => {
    test.setTimeout(240_000);
    const [mara, tomas] = [await person('mara'), await person('tomas')];
    // A page that shows what is taken away asks for it once more, and is told that it is not there.
    tomas.provokes(/status of 40[34]/);
    const mark = Date.now().toString(36);
    const [given, kept] = [`Given ${mark}`, `Kept ${mark}`];
    const hers = await mara.signIn('/leads');
    for (const name of [kept, given]) {
      await newLead(hers, name, `${name.replace(' ', '.').toLowerCase()}@example.com`);
      await composer(hers).subject.fill('Hello');
      await composer(hers).message.fill(`Words to ${name}`);
      await composer(hers).send.click();
      await expect(hers.getByRole('article').filter({ hasText: `Words to ${name}` })).toBeVisible();
    }
    const lead = new URL(hers.url()).pathname;
    const office = await Office.of(request, mara.account, tomas.account);
    const his = await tomas.signIn('/leads');
    const inbox = await tomas.tab('/inbox/open');

    try {
      await test.step('an analyst reads all of it, and finds nothing to change it with', async () => {
        await office.give('analyst');
        await his.goto(lead);
        await expect(his.getByText('You can read this conversation.')).toBeVisible();
        await expect(his.getByText(`Words to ${given}`)).toBeVisible();
        await expect(composer(his).message).toBeHidden();
        await expect(his.getByRole('button', { name: 'Status: New' })).toBeDisabled();
        await expect(his.getByRole('button', { name: 'Write', exact: true })).toBeHidden();
        await pictures(his, 'reach-analyst-lead');
        await inbox.goto('/inbox/open');
        await row(inbox, given).click();
        await expect(inbox.getByText('You can read this conversation.')).toBeVisible();
        for (const name of ['Assign', 'Snooze', 'Resolve', 'Priority', 'Write'])
          await expect(inbox.getByRole('button', { name, exact: true })).toBeHidden();
        await pictures(inbox, 'reach-analyst-inbox');
        await his.goto('/leads');
        await expect(his.getByRole('button', { name: 'New lead' })).toBeHidden();
        await expect(his.getByText(kept, { exact: true })).toBeVisible();
      });

      await test.step('with a role of their own things they see theirs alone', async () => {
        await office.give(await office.ownRole());
        await his.goto(`/leads?q=${mark}`);
        await expect(his.getByText('No lead matches what you are looking for.')).toBeVisible();
        await inbox.goto(`/inbox/open?q=${mark}`);
        await expect(inbox.getByText('Nothing here matches.')).toBeVisible();
        await live(inbox);
        await his.evaluate(() => Object.assign(window, { sameDocument: true }));
      });

      await test.step('what is assigned to them appears on both of their screens', async () => {
        await assign(hers, given, /^Tomas/);
        await expect(row(inbox, given)).toBeVisible({ timeout: FELT_WITHIN });
        await expect(his.getByText(given, { exact: true })).toBeVisible({ timeout: FELT_WITHIN });
        await expect(his.getByText(kept, { exact: true })).toBeHidden();
        await row(inbox, given).click();
        await expect(inbox.getByText(`Words to ${given}`).first()).toBeVisible();
        await expect(composer(inbox).message).toBeVisible();
        await pictures(inbox, 'reach-own-inbox');
      });

      await test.step('what is taken from them is gone from both, without a reload', async () => {
        await assign(hers, given, /\(you\)$/);
        await expect(inbox.getByText('This conversation is not here, or no longer.')).toBeVisible({
          timeout: FELT_WITHIN,
        });
        await expect(row(inbox, given)).toBeHidden();
        await expect(inbox.getByText(`Words to ${given}`)).toBeHidden();
        await expect(his.getByText(given, { exact: true })).toBeHidden({ timeout: FELT_WITHIN });
        expect(await his.evaluate(() => 'sameDocument' in window)).toBe(true);
      });

      await test.step('an auditor begins at the audit log, which asks by itself and does not call that live', async () => {
        await office.give('auditor');
        await his.goto('/');
        await expect(his).toHaveURL(/\/audit/);
        await expect(his.getByRole('img', { name: /^Updates every \d+ seconds$/ })).toBeVisible();
        await expect(his.getByRole('link', { name: 'Inbox' })).toBeHidden();
        await pictures(his, 'reach-auditor');
      });
    } finally {
      await office.give('agent');
      await office.close();
    }
    await his.goto(`/leads?q=${mark}`);
    await expect(his.getByText(kept, { exact: true })).toBeVisible();
  });
});

function row(page: Page, name: string) {
  return page.getByRole('list', { name: 'Conversations' }).getByRole('link').filter({ hasText: name });
}

async function assign(page: Page, name: string, to: RegExp): Promise<void> {
  await page.goto('/inbox/all');
  await row(page, name).click();
  await page.getByRole('button', { name: /^Assign/ }).click();
  await page.getByRole('menuitemradio', { name: to }).click();
}

/** Hands out roles as an owner does, over the API. */
class Office {
  private made: string | null = null;

  private constructor(
    private readonly api: APIRequestContext,
    private readonly headers: Record<string, string>,
    private readonly member: Member,
  ) {}

  static async of(api: APIRequestContext, owner: SignIn, whose: SignIn): Promise<Office> {
    const data = { email: owner.email, password: owner.passphrase };
    const { accessToken } = (await (await api.post('/api/auth/login', { data })).json()) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}` };
    const members = (await (await api.get('/api/members', { headers })).json()) as ListOf<Member>;
    const member = members.items.find(({ email }) => email === whose.email);
    if (!member) throw new Error(`${whose.email} is no member`);
    return new Office(api, headers, member);
  }

  /** @param role the word of a built-in one, or an id */
  async give(role: string): Promise<void> {
    const roles = (await (await this.api.get('/api/roles', { headers: this.headers })).json()) as ListOf<Role>;
    const roleId = roles.items.find(({ id, builtIn }) => id === role || builtIn === role)?.id;
    const answer = await this.api.patch(`/api/members/${this.member.id}`, { headers: this.headers, data: { roleId } });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  async ownRole(): Promise<string> {
    const name = `Own ${Date.now().toString(36)}`;
    const scopes = { leads: 'own', conversations: 'own' };
    // Numbers count the whole workspace, so that whoever reads them has to reach all of it.
    const permissions = ROLE_PERMISSIONS.agent.filter((permission) => permission !== 'analytics:read');
    const data = { name, permissions, scopes };
    const answer = await this.api.post('/api/roles', { headers: this.headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    this.made = ((await answer.json()) as Role).id;
    return this.made;
  }

  async close(): Promise<void> {
    if (this.made) await this.api.delete(`/api/roles/${this.made}`, { headers: this.headers });
  }
}
