import { expect, makePartner, open, ready, test } from '../support/panel';

const root = 'html';

test('dark is chosen, holds, and is there before anything is painted', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, '/customers/active');
  await page.getByRole('link', { name: 'Preferences' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Preferences' })).toBeVisible();
  await page.getByRole('group', { name: 'Appearance' }).getByRole('radio', { name: 'Dark' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your preferences are saved.' })).toBeVisible();
  await expect(page.locator(root)).toHaveAttribute('data-theme', 'dark');
  const answer = await page.goto('/customers/active');
  expect(await answer?.text()).toMatch(/<html[^>]* data-theme="dark"/);
  await ready(page);
  expect(await page.evaluate(() => getComputedStyle(document.body.parentElement ?? document.body).backgroundColor)).toBe('rgb(18, 20, 25)');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('preferences are a form like any other', async ({ page }) => {
    await page.goto('/preferences');
    await page.getByRole('radio', { name: 'Light' }).check();
    await page.getByRole('group', { name: 'Single-key shortcuts' }).getByRole('radio', { name: 'Off' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.locator('.notice')).toContainText('Your preferences are saved.');
    await expect(page.locator(root)).toHaveAttribute('data-theme', 'light');
    await expect(page.locator(root)).toHaveAttribute('data-shortcuts', 'off');
    await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
  });
});

// A person's zone and numbers are kept for them, wherever they sign in: so this has people of its own.
test('times are in the zone of the browser, until another is chosen', async ({ browser, baseURL }) => {
  test.slow();
  const partner = await makePartner(`Zones ${Date.now()}`, baseURL ?? '', 'customers');
  const context = await browser.newContext({ storageState: partner.sessions.owner, timezoneId: 'Asia/Tokyo' });
  const page = await context.newPage();
  const times = page.getByRole('row').locator('time');
  await open(page, '/customers/active');
  // The first page was drawn before the browser could tell, and is drawn again.
  await expect(times.first()).toHaveAttribute('title', /\(Asia\/Tokyo\)$/);
  await page.reload();
  await expect(page.locator(root)).toHaveAttribute('data-zone', 'Asia/Tokyo');

  await page.goto('/preferences');
  const zone = page.getByLabel('Time zone');
  await expect(zone.locator('option:checked')).toHaveText('That of this browser: Asia/Tokyo');
  await zone.selectOption('America/New_York');
  await page.getByLabel('Numbers and dates').selectOption('de');
  await page.getByRole('button', { name: 'Save' }).click();
  await open(page, '/customers/active?plan=pro');
  await expect(times.first()).toHaveAttribute('title', /\(America\/New_York\)$/);
  await expect(page.getByRole('row').nth(1)).toContainText('49,00 €');
  await context.close();
});
