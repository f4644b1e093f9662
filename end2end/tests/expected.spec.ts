import { choose, deaf, expect, listOf, message, open, pageOf, popup, ready, row, test } from '../support/panel';
import { suspend } from '../support/deeds';
import type { Page } from '../support/noscript';

/** Keeps the answer to what is confirmed back until somebody lets it go. */
async function hold(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/send_form', async (route) => {
    const answer = await route.fetch();
    await released;
    await route.fulfill({ response: answer });
  });
  return release;
}

/** What is painted before the answer would be told by the stream as well. */
test.beforeEach(({ page }) => deaf(page));

test('the row shows the new state before the answer is there, and keeps it', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone, 'all'));
  await ready(page);
  const dialog = await choose(page, someone, 'Change Plan');
  await dialog.getByRole('radio', { name: /^Business/ }).check();
  const release = await hold(page);
  await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(row(page, someone)).toContainText('Business');
  await expect(row(page, someone)).toHaveAttribute('data-expected', '');
  // Nothing is said to be done before it is.
  await expect(dialog.getByRole('button', { name: 'Working…' })).toBeVisible();
  await expect(message(page)).toHaveCount(0);
  release();
  await expect(message(page)).toContainText(`${someone.name} moved from Pro to Business`);
  await expect(row(page, someone)).toContainText('Business');
  await expect(row(page, someone)).not.toHaveAttribute('data-expected');
  await expect(popup(page)).toBeHidden();
});

test('the button is at rest for the first tenth of a second', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await page.clock.install();
  await open(page, listOf(someone, 'all'));
  const dialog = await choose(page, someone, 'Change Plan');
  await dialog.getByRole('radio', { name: /^Business/ }).check();
  const release = await hold(page);
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 2_000);
  await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await page.clock.runFor(90);
  await expect(dialog.getByRole('button', { name: 'Yes, Change Plan' })).toBeVisible();
  await page.clock.runFor(20);
  const working = dialog.getByRole('button', { name: 'Working…' });
  await expect(working).toBeVisible();
  expect(await working.evaluate((button) => button.getAnimations({ subtree: true }).map((each) => each.playState))).toEqual(['running']);
  await page.clock.resume();
  release();
  await expect(message(page)).toContainText(`${someone.name} moved from Pro to Business`);
});

test('a customer’s page shows it too', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, pageOf(someone));
  await ready(page);
  await page.getByRole('link', { name: 'Suspend Account' }).click();
  await popup(page).getByLabel('Reason').selectOption({ label: 'Terms broken' });
  const release = await hold(page);
  await popup(page).getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(page.locator('.customer-state')).toContainText('Suspended');
  await expect(page.locator('.customer-state')).toContainText('Terms broken');
  release();
  await expect(message(page)).toContainText(`${someone.name} is suspended: Terms broken`);
  await expect(page.locator('.customer-state')).toContainText('Terms broken');
});

test('what is refused is taken back, and what really stands there is shown', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone, 'all'));
  await open(other, listOf(someone, 'all'));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await suspend(other, someone, 'Terms broken');
  const release = await hold(page);
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(row(page, someone)).toContainText('Payment overdue');
  release();
  await expect(dialog.getByRole('alert')).toContainText('Meanwhile');
  await expect(row(page, someone)).not.toContainText('Payment overdue');
  await expect(row(page, someone)).toContainText('Active');
  await expect(row(page, someone)).not.toHaveAttribute('data-expected');
});

test.describe('a line that is gone', () => {
  test.use({ borne: /ERR_CONNECTION_REFUSED/ });

  test('what gets no answer is taken back', async ({ page, partner }) => {
    const someone = partner.take('climber');
    await open(page, listOf(someone, 'all'));
    await ready(page);
    const dialog = await choose(page, someone, 'Suspend Account');
    await dialog.getByLabel('Reason').selectOption({ label: 'Customer asked' });
    await page.route('**/send_form', (route) => route.abort('connectionrefused'));
    await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
    await expect(row(page, someone)).toContainText('Customer asked');
    await expect(dialog.getByRole('alert')).toBeVisible({ timeout: 15_000 });
    await expect(row(page, someone)).toContainText('Active');
  });
});
