import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, live, pictures, test } from './world';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const BY_COLOUR = ['color-contrast', 'link-in-text-block'];
const SCREENS = ['/dashboard', '/inbox/all', '/leads', '/mailbox', '/audit', '/developers/api'];

test.describe('everybody can use it', () => {
  test('the sign-in keeps WCAG 2.2 AA, light and dark', async ({ page }) => {
    for (const path of ['/sign-in', '/register']) {
      await page.goto(path);
      await expect(page.getByRole('textbox', { name: 'E-mail' })).toBeVisible();
      await keeps(page, path);
    }
  });

  test('the screens keep WCAG 2.2 AA, light and dark, at both widths', async ({ person }) => {
    test.slow();
    const mara = await person('mara');
    const page = await mara.signIn('/leads');
    for (const path of SCREENS) {
      await page.goto(path);
      await settled(page);
      await keeps(page, path);
      await pictures(page, path.split('/')[1] ?? 'start');
      await fits(page, path);
    }
  });

  test('all that is set somewhere keeps it too, at both widths', async ({ person }) => {
    test.slow();
    const mara = await person('mara');
    const page = await mara.signIn('/settings/profile');
    const settings = await places(page, 'Settings');
    await page.goto('/developers/webhooks');
    const developers = await places(page, 'Developers');
    for (const path of [...settings, ...developers]) {
      await page.goto(path);
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
      await settled(page);
      await keeps(page, path);
      await fits(page, path);
    }
  });

  test('a conversation, a lead and an entry of the audit log keep it too', async ({ person }) => {
    test.slow();
    const mara = await person('mara');
    const page = await mara.signIn('/inbox/all');
    await page.getByRole('list', { name: 'Conversations' }).getByRole('link').first().click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await settled(page);
    await keeps(page, 'a conversation');
    await page
      .getByRole('complementary', { name: 'Lead' })
      .getByRole('heading', { level: 2 })
      .getByRole('link')
      .click();
    await expect(page).toHaveURL(/\/leads\/[\da-f-]{36}/);
    await settled(page);
    await keeps(page, 'a lead');
    await page.goto('/audit');
    // Her own sign-in stands among the newest, whatever the demo did last.
    await page
      .getByRole('row', { name: /Session started/ })
      .first()
      .click();
    await expect(page.getByRole('complementary', { name: 'Entry' })).toBeVisible();
    await keeps(page, 'an entry of the audit log');
  });
});

/** Where a list of places leads. */
async function places(page: Page, list: string): Promise<string[]> {
  const links = page.getByRole('navigation', { name: list }).getByRole('link');
  await expect(links.first()).toBeVisible();
  return links.evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
}

/** Nothing is loading any more; what is older waits at the foot of a list until somebody scrolls there. */
async function settled(page: Page): Promise<void> {
  await live(page);
  await expect(page.locator('tl-skeleton:not([aria-label^="Loading older"] *)')).toHaveCount(0);
}

/** Dark differs in its colours alone: everything is looked at in light, and what goes by colour in both. */
async function keeps(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await findsNothing(new AxeBuilder({ page }).withTags(TAGS), `${where}, light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await findsNothing(new AxeBuilder({ page }).withRules(BY_COLOUR), `${where}, dark`);
}

async function findsNothing(axe: AxeBuilder, where: string): Promise<void> {
  const { violations } = await axe.analyze();
  const said = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${where}: ${id} (${help}) at ${String(target)}: ${failureSummary ?? ''}`,
    ),
  );
  expect(said).toEqual([]);
}

async function fits(page: Page, path: string): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    // Asked again while what measures itself is still about it.
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), {
        message: `${path} does not scroll sideways at ${width} pixels`,
      })
      .toBeLessThanOrEqual(0);
  }
}
