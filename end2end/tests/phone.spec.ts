import { devices } from '@playwright/test';
import { reactivate } from '../support/deeds';
import { choose, expect, listOf, message, more, open, pageOf, popup, row, test } from '../support/panel';

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
  await reactivate(page, someone);
  await expect(popup(page)).toBeHidden();
});

test('a card says what matters, and no more', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const card = row(page, someone);
  const [name, menu] = [card.getByRole('link', { name: someone.name }), more(page, someone)];
  const [beside, at] = [await name.boundingBox(), await menu.boundingBox()];
  expect(at && beside && at.x > beside.x && Math.abs(at.y + at.height / 2 - beside.y - beside.height / 2) < 24).toBe(true);
  await expect(card).toContainText(/Pro\s*€49\.00/);
  await expect(card.locator('[data-col=status], [data-col=usage]').filter({ visible: true })).toHaveCount(0);
  partner.reportSeats(someone, 16);
  await page.reload();
  await expect(card.locator('[data-col=usage]')).toBeVisible();
  await expect(card.locator('[data-col=usage]')).toContainText('16 of 20');
});

test.describe('in a wide window', () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test('the list is cards where it has little room itself', async ({ page, partner }) => {
    const someone = partner.take('climber');
    await open(page, listOf(someone));
    const head = page.getByRole('columnheader', { name: 'Plan' });
    await expect(head).toBeVisible();
    await page.locator('.list').evaluate((list: HTMLElement) => list.style.setProperty('inline-size', '500px'));
    await expect(head).toBeHidden();
    await expect(row(page, someone)).toHaveCSS('display', 'grid');
  });
});

test('the filters are one sheet, and its button counts those that are set', async ({ page }) => {
  await open(page, '/customers/all');
  const filter = page.getByRole('button', { name: /^Filter/ });
  await expect(filter).toHaveText('Filter');
  await filter.click();
  await page.getByLabel('Plan').selectOption('Pro');
  await expect(filter).toHaveText('Filter 1');
  await filter.click();
  await page.getByLabel('Usage').selectOption('Not reported');
  await expect(filter).toHaveText('Filter 2');
});

test('a keyboard leaves the buttons of a sheet in view, with what the chosen plan costs', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Change Plan');
  const total = dialog.locator('.card-total').filter({ visible: true });
  await expect(total).toHaveCount(0);
  await dialog.getByRole('radio', { name: /^Business/ }).check();
  await expect(total).toHaveText('Upgrade, +€50.00 per month');
  await expect(total).toBeInViewport();
  const confirm = dialog.getByRole('button', { name: 'Yes, Change Plan' });

  // A browser that makes the page smaller for its keyboard.
  const whole = page.viewportSize();
  await page.setViewportSize({ width: 412, height: 380 });
  await dialog.getByLabel('Note').focus();
  await expect(confirm).toBeInViewport({ ratio: 1 });
  await expect(dialog.getByLabel('Note')).toBeInViewport({ ratio: 0.9 });
  if (whole) await page.setViewportSize(whole);

  // One that lays it over the page.
  await page.evaluate(() => {
    Object.defineProperty(visualViewport, 'height', { value: innerHeight - 320 });
    visualViewport?.dispatchEvent(new Event('resize'));
  });
  const area = await confirm.boundingBox();
  const height = await page.evaluate(() => innerHeight);
  expect(area && area.y + area.height <= height - 320).toBe(true);
});

test('Activity begins with Today and Suspensions', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toBeVisible();
  await open(page, '/activity');
  const first = page.getByRole('list', { name: 'Filter' }).getByRole('link');
  await expect(first).toHaveText(['Today', 'Suspensions']);
  await first.nth(1).click();
  await expect(page).toHaveURL(/kind=suspension_placed/);
  await expect(first.nth(1)).toHaveAttribute('aria-current', 'true');
  await first.nth(0).click();
  await expect(page).toHaveURL(/day=today/);
  await expect(first.nth(0)).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Today']);
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: someone.name }).first()).toContainText('suspended the account');
  await first.nth(0).click();
  await expect(page).not.toHaveURL(/day=/);
});

test('mail and telephone are links', async ({ page, partner }) => {
  const someone = partner.take('climber');
  partner.setPhone(someone, '+49 30 1234-56');
  await open(page, pageOf(someone));
  await expect(page.getByRole('link', { name: someone.email })).toHaveAttribute('href', `mailto:${someone.email}`);
  await expect(page.getByRole('link', { name: '+49 30 1234-56' })).toHaveAttribute('href', 'tel:+4930123456');
});

test('the panel can be installed', async ({ page, request }) => {
  await open(page, '/customers/active');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await request.get(href ?? '')).json();
  expect(manifest).toMatchObject({ display: 'standalone', start_url: '/' });
  const purposes: string[] = [];
  for (const { src, sizes, type, purpose } of manifest.icons) {
    const icon = await request.get(src);
    expect(icon.headers()['content-type'], src).toBe(type);
    purposes.push(`${sizes} ${purpose ?? 'any'}`);
  }
  expect(purposes).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']));
  await expect(page.locator('meta[name=theme-color]')).toHaveCount(2);
  await expect(page.locator('meta[name=viewport]')).toHaveAttribute('content', /viewport-fit=cover.*interactive-widget=resizes-content/);
});
