import { composer, expect, live, newLead, test } from './world';

const LATER = /net::ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED|CONNECTION_\w+|FAILED)|WebSocket connection/;

test.describe('without a network', () => {
  test('what is typed is kept, said to be kept, and saved as soon as the server is back', async ({ person }) => {
    const mara = await person('mara');
    const page = await mara.signIn('/leads');
    await newLead(page, 'Olga Offline', `olga.${Date.now()}@example.com`);
    const { message, send, state } = composer(page);
    await message.click();
    await message.pressSequentially('Written with a network.');
    await expect(state).toHaveText('Saved');

    mara.provokes(LATER);
    await mara.context.setOffline(true);
    await expect(page.getByRole('img', { name: /^Stale since/ })).toBeVisible({ timeout: 1_000 });
    await message.pressSequentially(' And without one.');
    await expect(state).toHaveText('Offline, kept in this browser');
    await send.click();
    const unreached = page.getByRole('alert').filter({ hasText: 'Couldn’t reach the server' });
    await expect(unreached).toBeVisible();
    await expect(state).toHaveText('Not sent, kept in this browser');

    await mara.context.setOffline(false);
    await expect(state).toHaveText('Not sent, saved as draft', { timeout: 30_000 });
    await live(page);
    await expect(unreached).toBeHidden();
    await page.reload();
    await expect(composer(page).message).toHaveText('Written with a network. And without one.');
  });

  test('a text that was kept is there in a new tab too, and saved when the server is back', async ({ person }) => {
    const mara = await person('mara');
    const page = await mara.signIn('/leads');
    await newLead(page, 'Karl Kept', `karl.${Date.now()}@example.com`);
    const lead = page.url();
    mara.provokes(LATER);
    // The server is away for drafts alone, so that the page itself can be loaded again.
    let away = true;
    await mara.context.route('**/api/drafts/**', (route) =>
      away && route.request().method() === 'POST' ? route.abort('connectionfailed') : route.continue(),
    );
    const { message, state } = composer(page);
    await message.click();
    await message.pressSequentially('Nobody has this but my browser');
    await expect(state).toHaveText('Offline, kept in this browser');

    // The tab dies without a last breath, in which it would have sent the text.
    const died = page.waitForEvent('crash');
    const devTools = await mara.context.newCDPSession(page);
    await Promise.race([died, devTools.send('Page.crash')]);
    await died;
    const next = await mara.tab(lead);
    await expect(composer(next).message).toHaveText('Nobody has this but my browser');
    await expect(composer(next).state).toHaveText('Offline, kept in this browser');

    away = false;
    await expect(composer(next).state).toHaveText('Saved', { timeout: 30_000 });
    const other = await mara.tab(lead);
    await live(other);
    await expect(composer(other).message).toHaveText('Nobody has this but my browser');
  });
});
