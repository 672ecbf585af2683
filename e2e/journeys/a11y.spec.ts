import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, live, pictures, test } from './world';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SCREENS = ['/dashboard', '/inbox/all', '/leads', '/mailbox', '/audit', '/developers/api'];

test.describe('everybody can use it', () => {
  for (const scheme of ['light', 'dark'] as const) {
    test(`the sign-in keeps WCAG 2.2 AA, ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      for (const path of ['/sign-in', '/register']) {
        await page.goto(path);
        await expect(page.getByRole('textbox', { name: 'E-mail' })).toBeVisible();
        await keeps(page, path);
      }
    });

    test(`the screens keep WCAG 2.2 AA, ${scheme}`, async ({ person }) => {
      test.slow();
      const mara = await person('mara');
      const page = await mara.signIn('/leads');
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      for (const path of SCREENS) {
        await page.goto(path);
        await settled(page);
        await keeps(page, path);
      }
      await page.goto('/inbox/all');
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
  }

  test('the main screens at both widths, light and dark, as pictures', async ({ person }) => {
    test.slow();
    const mara = await person('mara');
    const page = await mara.signIn('/leads');
    for (const path of SCREENS) {
      await page.goto(path);
      await settled(page);
      await pictures(page, path.split('/')[1] ?? 'start');
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 844 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide, `${path} does not scroll sideways at ${width} pixels`).toBeLessThanOrEqual(0);
      }
    }
  });
});

/** Nothing is loading any more; what is older waits at the foot of a list until somebody scrolls there. */
async function settled(page: Page): Promise<void> {
  await live(page);
  await expect(page.locator('tl-skeleton:not([aria-label^="Loading older"] *)')).toHaveCount(0);
}

async function keeps(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const said = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${where}: ${id} (${help}) at ${String(target)}: ${failureSummary ?? ''}`,
    ),
  );
  expect(said).toEqual([]);
}
