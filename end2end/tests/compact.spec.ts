/** Rows for whoever looks at many: lower, with everything in its place, and as still as the usual ones. */

import type { Page } from '@playwright/test';
import { change, reactivate, suspend } from '../support/deeds';
import { type Language, test } from '../support/languages';
import { cut, outside } from '../support/layout';
import { expect, listOf, open, row } from '../support/panel';
import { among, ends, message, stands } from '../support/rows';

/** As this browser was asked to in Preferences. */
async function compact(page: Page, baseURL: string | undefined): Promise<void> {
  await page.context().addCookies([{ name: 'density', value: 'compact', url: baseURL ?? '' }]);
}

async function heights(page: Page): Promise<number[]> {
  return page.locator('.customers tbody tr').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
}

test('is chosen in Preferences, for this browser, and undone there', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, '/customers/active');
  const usual = Math.max(...(await heights(page)));
  const choose = async (name: RegExp) => {
    await open(page, '/preferences');
    await page.getByRole('group', { name: 'Rows of lists' }).getByRole('radio', { name }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Your preferences are saved.' })).toBeVisible();
    await open(page, '/customers/active');
  };
  await choose(/^Compact/);
  expect(new Set(await heights(page))).toEqual(new Set([36]));
  await choose(/^Comfortable/);
  expect(Math.max(...(await heights(page)))).toBe(usual);
});

for (const language of ['en', 'en-XA', 'ar-XB'] as Language[]) {
  test.describe(language, () => {
    test.use({ language });

    test('everything has its place, and a card stays a card', async ({ page, baseURL }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await open(page, '/customers/all');
      const cards = await heights(page);
      await compact(page, baseURL);
      await open(page, '/customers/all');
      expect(await heights(page)).toEqual(cards);
      for (const list of ['active', 'suspended', 'all']) {
        await open(page, `/customers/${list}`);
        for (const width of [320, 800, 1024, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          expect.soft({ outside: await outside(page), cut: await cut(page) }, `${list} at ${width} px`).toEqual({ outside: [], cut: [] });
        }
      }
    });

    for (const width of [1440, 800]) {
      test(`no row grows or shrinks, whatever is done to a customer: ${width} px`, async ({ page, partner, second, baseURL }) => {
        await page.setViewportSize({ width, height: 900 });
        await compact(page, baseURL);
        const someone = partner.take('climber');
        const other = await second('manager');
        await open(other, listOf(someone, 'all'));
        await open(page, among(someone, 'all'));
        const all = await ends(page);
        await stands(page, someone, all, () => suspend(other, someone, 'Payment overdue'));
        await stands(page, someone, all, () => reactivate(other, someone));
        await stands(page, someone, all, () => change(other, someone, 'Business'));
        await stands(page, someone, all, async () => partner.reportSeats(someone, 19));
        await suspend(other, someone, 'Payment overdue', 'Suspend Account', message);
        await open(page, `/customers/suspended?q=${someone.name.split(' ')[0]}&size=50`);
        await row(page, someone).scrollIntoViewIfNeeded();
        const suspended = await ends(page);
        await stands(page, someone, suspended, () => suspend(other, someone, 'Security risk', 'Add Suspension', message));
        await stands(page, someone, suspended, () => reactivate(other, someone));
        await stands(page, someone, suspended, () => suspend(other, someone, 'Terms broken', 'Suspend Account', message));
        await row(page, someone).locator('a.undo').click();
        await expect(page.getByRole('dialog')).toBeVisible();
      });
    }
  });
}

test.describe('by finger', () => {
  test.use({ hasTouch: true, viewport: { width: 1194, height: 834 } });

  test('a row is as high as a finger needs', async ({ page, baseURL }) => {
    await compact(page, baseURL);
    await open(page, '/customers/all');
    expect(Math.min(...(await heights(page)))).toBeGreaterThanOrEqual(44);
  });
});
