import { devices } from '@playwright/test';
import { choose, expect, listOf, message, more, open, popup, row, test } from '../support/panel';

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
test.use(phone);

test('the drawer, a customer, suspend and reactivate', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, '/customers/active');
  await page.getByRole('button', { name: /menu/i }).or(page.locator('summary').filter({ hasText: /menu/i })).first().click();
  await page.getByRole('link', { name: /^All Customers/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('All Customers');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  const confirm = dialog.getByRole('button', { name: 'Yes, Suspend' });
  await expect(confirm).toBeInViewport();
  await confirm.click();
  await expect(message(page)).toContainText('is suspended');
  await expect(row(page, someone)).toContainText('Payment overdue');
  const again = await choose(page, someone, 'Reactivate Account');
  await again.getByRole('button', { name: 'Yes, Reactivate' }).click();
  await expect(message(page)).toContainText('is active again');
  await expect(popup(page)).toBeHidden();
});

test('no page scrolls sideways at 320 px', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await page.setViewportSize({ width: 320, height: 640 });
  for (const address of [
    '/customers/active',
    '/customers/suspended',
    '/customers/all',
    '/activity',
    `/customers/by-external-id/${someone.externalId}`,
  ]) {
    await open(page, address);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, address).toBeLessThanOrEqual(0);
  }
  await open(page, listOf(someone));
  await expect(more(page, someone)).toBeVisible();
});
