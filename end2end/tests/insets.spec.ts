import { devices } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { suspend } from '../support/deeds';
import { drawn } from '../support/layout';
import { choose, expect, listOf, message, more, open, test } from '../support/panel';

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
test.use({ ...phone, contextOptions: { reducedMotion: 'reduce' } });

/** What a notch and the bar of a phone cover, in pixels. */
const insets = { top: 47, bottom: 34 };

/** The phone has a notch, and a bar at its foot. */
async function withInsets(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setSafeAreaInsetsOverride', { insets });
}

/** Its edges, once nothing moves any more. */
async function edges(page: Page, what: Locator): Promise<{ left: number; right: number; top: number; bottom: number }> {
  await what.evaluate((element) => Promise.all(element.getAnimations({ subtree: true }).map(({ finished }) => finished)));
  await drawn(page);
  return what.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom };
  });
}

async function windowOf(page: Page): Promise<{ width: number; height: number }> {
  return page.evaluate(() => ({ width: document.documentElement.clientWidth, height: innerHeight }));
}

for (const entry of ['Change Plan', 'Rollback Plan', 'Suspend Account']) {
  test(`${entry} spans a phone, stands at its foot, and its buttons above the bar there`, async ({ page, partner }) => {
    const someone = partner.take('climber');
    await withInsets(page);
    await open(page, listOf(someone));
    const dialog = await choose(page, someone, entry);
    const { width, height } = await windowOf(page);
    const sheet = await edges(page, dialog);
    expect([sheet.left, sheet.right, Math.round(sheet.bottom)]).toEqual([0, width, height]);
    expect(sheet.top).toBeGreaterThan(0);
    for (const name of [/^Yes/, 'Cancel']) {
      const button = await edges(page, dialog.getByRole('button', { name }).or(dialog.getByRole('link', { name })));
      expect(button.bottom, String(name)).toBeLessThanOrEqual(height - insets.bottom);
    }
  });
}

test('without a bar at the foot the buttons take its room', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  const { height } = await windowOf(page);
  expect((await edges(page, dialog)).bottom).toBeCloseTo(height, 0);
  expect((await edges(page, dialog.getByRole('button', { name: 'Yes, Suspend' }))).bottom).toBeGreaterThan(height - insets.bottom);
});

test('the menu, the sheet of filters and the status message stand above the bar, the bar of the page below the notch', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await withInsets(page);
  await open(page, listOf(someone));
  const { width, height } = await windowOf(page);
  const lowest = height - insets.bottom;
  const drawer = page.getByRole('button', { name: /menu/i }).first();
  expect((await edges(page, drawer)).top).toBeGreaterThanOrEqual(insets.top);

  await more(page, someone).click();
  const menu = await edges(page, page.getByRole('menu'));
  expect([menu.left, menu.right, Math.round(menu.bottom)]).toEqual([0, width, height]);
  expect((await edges(page, page.getByRole('menuitem').last())).bottom).toBeLessThanOrEqual(lowest);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /^Filter/ }).click();
  expect((await edges(page, page.getByLabel('Usage'))).bottom).toBeLessThanOrEqual(lowest);
  await page.keyboard.press('Escape');

  await suspend(page, someone, 'Payment overdue');
  expect((await edges(page, message(page).getByRole('button', { name: 'Undo' }))).bottom).toBeLessThanOrEqual(lowest);
});
