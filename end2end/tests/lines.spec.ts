/** What the page says of itself while somebody works: in every language, on a phone and at a desk. */

import type { Page } from '@playwright/test';
import { plain } from '../support/catalogue';
import { type Language, test } from '../support/languages';
import { cut, outside } from '../support/layout';
import { command, expect, listOf, open, type Partner } from '../support/panel';

/** What is wrong with what is shown, on windows of every width. */
async function faults(page: Page, partner: Partner, language: Language): Promise<string[]> {
  const found = language === 'en-XA' ? await plain(page, partner) : [];
  for (const width of [320, 360, 800, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    for (const fault of [...(await outside(page)), ...(await cut(page))]) found.push(`${width} px: ${fault}`);
  }
  return found;
}

for (const language of ['en', 'en-XA', 'ar-XB'] as Language[]) {
  test.describe(language, () => {
    test.use({ language, borne: /ERR_INTERNET_DISCONNECTED|status of 404/ });

    test('what waits, what happened meanwhile, that the line is down, and that there is a new version', async ({ page, partner, context }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      command('suspend', '--partner', partner.name, someone.externalId, '--message', someone.name);
      await expect(page.locator('.live-line')).toBeVisible();
      expect(await faults(page, partner, language), 'what waits').toEqual([]);

      const other = partner.take('climber');
      await open(page, listOf(other));
      await page.locator('[data-menu]').first().click();
      await page.locator('[role=menuitem][data-action=change]').click();
      await page.locator('#popup:modal').waitFor();
      command('suspend', '--partner', partner.name, other.externalId, '--message', other.name);
      await expect(page.locator('#popup [role=alert]')).toBeVisible();
      expect(await faults(page, partner, language), 'meanwhile').toEqual([]);

      await open(page, '/customers/all');
      await context.setOffline(true);
      await expect(page.locator('.live-line')).toBeVisible();
      expect(await faults(page, partner, language), 'offline').toEqual([]);
      await context.setOffline(false);
      await expect(page.locator('.live-line')).toBeHidden();

      // The panel is of another release by now.
      await page.route('**/load_news', (route) => route.continue({ url: route.request().url().replace(/\/_\/[^/]+/, '/_/0000000000000000') }));
      command('reactivate', '--partner', partner.name, someone.externalId);
      await expect(page.locator('.live-line')).toBeVisible();
      expect(await faults(page, partner, language), 'another release').toEqual([]);
    });
  });
}
