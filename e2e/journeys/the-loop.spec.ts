import type { Page } from '@playwright/test';
import { composer, expect, live, newLead, picture, pictures, type Person, test } from './world';

/** No person reads a mail faster than this: WINDOWS.machine of the verdict's rules. */
const TOO_FAST_MS = 2_000;
/** The seconds in which a message can be taken back, and then some for the mail to arrive. */
const LEFT_BY = 30_000;

test.describe('the loop', () => {
  test('write, send, see it opened and answered, live on two people’s screens', async ({ person }) => {
    test.setTimeout(180_000);
    const [mara, tomas] = [await person('mara'), await person('tomas')];
    const hers = await mara.signIn('/leads');
    const subject = `Your question of ${Date.now()}`;
    await newLead(hers, 'Lin Journey', `lin.${Date.now()}@example.com`);
    const lead = new URL(hers.url()).pathname;
    const his = await tomas.signIn(lead);
    await expect(composer(his).message).toBeVisible();

    await test.step('a draft survives a reload, and stands on the other screen', async () => {
      const { message, state, subject: line } = composer(hers);
      await line.fill(subject);
      await message.click();
      await message.pressSequentially('Hello Lin, here is what you asked for.');
      await expect(state).toHaveText('Saved');
      await expect(composer(his).message).toHaveText('Hello Lin, here is what you asked for.');
      await expect(composer(his).state).toContainText('Saved by Mara');
      await hers.reload();
      await expect(composer(hers).message).toHaveText('Hello Lin, here is what you asked for.');
      await expect(composer(hers).subject).toHaveValue(subject);
      await live(hers);
    });

    const dashboards = [await mara.tab('/dashboard'), await tomas.tab('/dashboard')];
    await Promise.all(dashboards.map(live));
    const sentBefore = await figures(dashboards, 'Messages sent');
    const openedBefore = await figures(dashboards, 'Messages opened');

    await test.step('it can be taken back for a while, and leaves after that', async () => {
      await composer(hers).send.click();
      await expect(hers.getByRole('button', { name: 'Undo' })).toBeVisible();
      await picture(hers, 'loop-undo');
      await expect(composer(his).message).toHaveText('');
      await expect(messages(his)).toContainText('Hello Lin, here is what you asked for.');
      await expect(messages(hers)).toContainText('Delivered', { timeout: LEFT_BY });
      await expect(hers.getByRole('button', { name: 'Undo' })).toBeHidden();
      await expect(messages(his)).toContainText('Delivered');
      await grow(dashboards, 'Messages sent', sentBefore);
    });
    const delivered = Date.now();

    const mailbox = await mara.tab('/mailbox');
    // Playwright looks into every frame, also where the mail's sandbox lets nothing run.
    mara.provokes(/Blocked script execution in 'about:/);
    await test.step('it is in the mailbox, and opening it there shows as read on both screens', async () => {
      await live(mailbox);
      await mailbox.getByText(subject).first().click();
      // Earlier than this no person could be reading it, and the verdict would say so.
      await expect.poll(() => Date.now() - delivered).toBeGreaterThan(TOO_FAST_MS);
      await mailbox.getByRole('button', { name: 'Open', exact: true }).click();
      for (const page of [hers, his]) await expect(messages(page)).toContainText(/Read \d{1,2}:\d{2}/);
      await grow(dashboards, 'Messages opened', openedBefore);
      await picture(dashboards[0] ?? hers, 'loop-dashboard');
    });

    await test.step('the answer arrives in the conversation on both screens', async () => {
      await mailbox.getByRole('button', { name: 'Reply' }).first().click();
      await mailbox.getByRole('textbox', { name: /reply|answer/i }).fill('Thank you, that helps.');
      await mailbox.getByRole('button', { name: /^Send/ }).click();
      for (const page of [hers, his]) await expect(messages(page)).toContainText('Thank you, that helps.');
      await expect(messages(hers)).toContainText(/Replied \d{1,2}:\d{2}/);
      await pictures(hers, 'loop-conversation');
      await pictures(mailbox, 'loop-mailbox');
    });
  });

  test('a send that collides with a colleague’s is refused, and shows theirs', async ({ person }) => {
    test.setTimeout(120_000);
    const [mara, tomas] = [await person('mara'), await person('tomas')];
    const stream = await holdable(mara);
    const hers = await mara.signIn('/leads');
    await newLead(hers, 'Cole Collision', `cole.${Date.now()}@example.com`);
    const his = await tomas.signIn(new URL(hers.url()).pathname);
    await composer(hers).message.click();
    await composer(hers).message.pressSequentially('Mara’s answer');
    await expect(composer(hers).state).toHaveText('Saved');
    await expect(composer(his).message).toHaveText('Mara’s answer');

    // Her connection is slow: she has not seen yet what he does.
    stream.hold();
    await composer(his).message.fill('Tomas’ answer');
    await composer(his).send.click();
    await expect(his.getByRole('button', { name: 'Undo' })).toBeVisible();
    mara.provokes(/409/);
    await composer(hers).send.click();
    const refusal = hers.getByRole('alert').filter({ hasText: 'Nothing was sent' });
    await expect(refusal).toContainText('Tomas');
    await expect(refusal).toContainText('Tomas’ answer');
    await picture(hers, 'loop-collision');
    await expect(composer(hers).message).toHaveText('Mara’s answer');
    await expect(messages(his)).not.toContainText('Mara’s answer');

    stream.release();
    await refusal.getByRole('button', { name: 'Keep as draft' }).click();
    await expect(refusal).toBeHidden();
    await expect(composer(hers).message).toHaveText('Mara’s answer');

    await test.step('and is over where both have sent the same', async () => {
      await expect(composer(his).message).toHaveText('Mara’s answer');
      stream.hold();
      await composer(his).send.click();
      await expect(messages(his)).toContainText('Mara’s answer');
      mara.provokes(/409/);
      await composer(hers).send.click();
      await expect(hers.getByText('has just sent exactly this')).toBeVisible();
      await picture(hers, 'loop-collision-same');
      stream.release();
      await expect(messages(hers)).toContainText('Mara’s answer');
      for (const page of [hers, his]) {
        await expect(composer(page).message).toHaveText('');
        await expect(composer(page).state).toHaveText('');
      }
    });
  });

  test('two texts of one draft are both kept, through a reload and another conversation, until one is chosen', async ({
    person,
  }) => {
    test.setTimeout(120_000);
    const [mara, tomas] = [await person('mara'), await person('tomas')];
    const stream = await holdable(mara);
    const hers = await mara.signIn('/leads');
    await newLead(hers, 'Dora Draft', `dora.${Date.now()}@example.com`);
    const lead = new URL(hers.url()).pathname;
    const his = await tomas.signIn(lead);
    await composer(his).message.click();
    await composer(his).message.pressSequentially('From both. ');
    await expect(composer(hers).message).toHaveText('From both.');

    // Her connection is slow: she writes on what he has written on since.
    stream.hold();
    await composer(his).message.pressSequentially('And from Tomas');
    await expect(composer(his).state).toHaveText('Saved');
    mara.provokes(/409/);
    await composer(hers).message.click();
    await hers.keyboard.press('Control+End');
    await hers.keyboard.type('And from Mara');
    const bothKept = async () => {
      await expect(hers.getByRole('alert').filter({ hasText: 'Both are kept' })).toContainText('And from Tomas');
      await expect(composer(hers).message).toHaveText('From both. And from Mara');
      await expect(composer(hers).state).toHaveText('Not saved: there are two versions');
      await expect(composer(hers).send).toBeDisabled();
    };
    await bothKept();
    stream.release();
    await hers.reload();
    await bothKept();
    await hers.getByRole('link', { name: 'Leads', exact: true }).first().click();
    await hers.goBack();
    await bothKept();
    await hers.close();
    const anew = await mara.tab(lead);
    await anew.getByRole('button', { name: 'Keep mine' }).click();
    await expect(composer(anew).state).toHaveText('Saved');
    await expect(composer(his).message).toHaveText('From both. And from Mara');
    await expect(his.getByText('Mara Lindqvist replaced your text', { exact: true })).toBeVisible();
    await his.getByRole('button', { name: 'Mine back' }).click();
    for (const page of [his, anew]) {
      await expect(composer(page).message).toHaveText('From both. And from Tomas');
    }
  });

  test('by keys alone: what is typed right after R is the answer, and Escape leaves it', async ({ person }) => {
    const mara = await person('mara');
    const page = await mara.signIn('/inbox/open');
    await expect(page.getByRole('listitem').first()).toBeVisible();
    for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
    await expect(page).toHaveURL(/\/inbox\/open\/[\da-f-]{36}/);
    const opened = page.url();
    const thread = page.getByRole('region', { name: /^Conversation with / });
    await expect(thread).toBeFocused();

    await page.keyboard.press('s');
    await expect(page.getByRole('menuitem', { name: 'In 3 hours' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('e');
    await expect(page.getByRole('menu', { name: 'Snooze' })).toBeVisible();
    expect(page.url()).toBe(opened);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(thread.getByRole('button', { name: 'Snooze' })).toBeFocused();
    for (const key of ['s', 'End', 'Enter']) await page.keyboard.press(key);
    const until = page.getByRole('dialog', { name: 'Snooze until' });
    await expect(until.getByLabel('Date and time')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(until).toBeHidden();
    await expect(thread.getByRole('button', { name: 'Snooze' })).toBeFocused();

    await page.keyboard.press('r');
    await page.keyboard.type('Keep each word, just so.');
    await expect(composer(page).message).toContainText('Keep each word, just so.');
    expect(page.url()).toBe(opened);
    await expect(composer(page).state).toHaveText('Saved');

    await page.keyboard.press('Escape');
    await expect(composer(page).message).not.toBeFocused();
    await page.keyboard.press('k');
    await expect(page).not.toHaveURL(opened);
    await page.keyboard.press('j');
    await expect(composer(page).message).toContainText('Keep each word, just so.');
    await page.getByRole('button', { name: 'Discard draft' }).click();
    await expect(composer(page).message).toHaveText('');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(composer(page).message).toContainText('Keep each word, just so.');
    await expect(composer(page).state).toHaveText('Saved');
    await page.getByRole('button', { name: 'Discard draft' }).click();
  });

  test('a message that is taken back is a draft again, and no mail', async ({ person }) => {
    const mara = await person('mara');
    const page = await mara.signIn('/leads');
    await newLead(page, 'Uma Undo', `uma.${Date.now()}@example.com`);
    await composer(page).message.click();
    await composer(page).message.pressSequentially('Too early');
    await expect(composer(page).state).toHaveText('Saved');
    await composer(page).send.click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(composer(page).message).toHaveText('Too early');
    await expect(messages(page)).not.toContainText('Too early');
    await page.reload();
    await expect(composer(page).message).toHaveText('Too early');
  });

  test('a message can be taken back from another screen', async ({ person }) => {
    const mara = await person('mara');
    const page = await mara.signIn('/leads');
    await newLead(page, 'Uwe Elsewhere', `uwe.${Date.now()}@example.com`);
    await composer(page).message.click();
    await composer(page).message.pressSequentially('Too early again');
    await expect(composer(page).state).toHaveText('Saved');
    await composer(page).send.click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await page.getByRole('link', { name: 'Leads', exact: true }).first().click();
    const notices = page.getByRole('region', { name: 'Notices' });
    await expect(notices).toContainText('Sending your message');
    await page.goBack();
    await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(1);
    await page.getByRole('link', { name: 'Leads', exact: true }).first().click();
    await notices.getByRole('button', { name: 'Undo' }).click();
    await expect(notices).toContainText('Taken back');
    await page.goBack();
    await expect(composer(page).message).toHaveText('Too early again');
    await expect(messages(page)).not.toContainText('Too early again');
  });
});

function messages(page: Page) {
  return page.getByRole('region', { name: 'Conversation' }).getByRole('region', { name: 'Messages' });
}

/** The tile's name says its figure: "Messages sent: 41". */
function tile(page: Page, label: string) {
  return page.getByRole('region', { name: 'Numbers' }).getByRole('group', { name: new RegExp(`^${label}: `) });
}

async function figures(pages: readonly Page[], label: string): Promise<number[]> {
  return Promise.all(pages.map((page) => figure(page, label)));
}

async function figure(page: Page, label: string): Promise<number> {
  const name = (await tile(page, label).getAttribute('aria-label')) ?? '';
  return Number(name.slice(label.length + 2).replace(/\D/g, ''));
}

/** The figure moves on every screen, without anybody loading it again. */
async function grow(pages: readonly Page[], label: string, before: readonly number[]): Promise<void> {
  for (const [index, page] of pages.entries()) {
    await expect
      .poll(() => figure(page, label), { message: `${label} moves on screen ${index + 1}` })
      .toBeGreaterThan(before[index] ?? 0);
  }
}

/** A person whose live stream can be held up: what the server sends waits, as on a bad connection. */
async function holdable({ context }: Person) {
  let held = false;
  const waiting: (() => void)[] = [];
  await context.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const pass = () => socket.send(message);
      if (held) waiting.push(pass);
      else pass();
    });
  });
  return {
    hold: () => void (held = true),
    release: () => {
      held = false;
      for (const pass of waiting.splice(0)) pass();
    },
  };
}
