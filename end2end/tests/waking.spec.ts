/** A page whose program is still on its way: it is drawn, answers every click, and goes on from there once it is awake. */

import type { Page } from '@playwright/test';
import { expect, listOf, message, popup, ready, row, test } from '../support/panel';

/** Holds the program back until it is let go. */
async function slow(page: Page): Promise<() => void> {
  let arrive = () => {};
  const held = new Promise<void>((done) => (arrive = done));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  return () => arrive();
}

test('is drawn before its program is there', async ({ page, partner }) => {
  const someone = partner.take('climber');
  const arrive = await slow(page);
  const asked = page.waitForRequest('**/*.wasm');
  await page.goto(listOf(someone, 'all'), { waitUntil: 'commit' });
  await asked;
  await expect(row(page, someone)).toContainText('Active');
  const painted = () => page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length);
  await expect.poll(painted).toBe(1);
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  arrive();
  await ready(page);
});

test('the clicks of somebody who does not wait lead to the popup, which keeps what is typed when the page wakes up', async ({ page, partner }) => {
  const someone = partner.take('climber');
  const arrive = await slow(page);
  await page.goto(listOf(someone, 'all'), { waitUntil: 'commit' });
  await row(page, someone).getByRole('link', { name: `Actions for ${someone.name}` }).click();
  await page.getByRole('list', { name: `Actions for ${someone.name}` }).getByRole('link', { name: 'Suspend Account' }).click();
  const dialog = popup(page);
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await dialog.getByLabel('Internal note').fill('called this morning');
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  arrive();
  await ready(page);
  await expect(dialog.getByLabel('Internal note')).toHaveValue('called this morning');
  await expect(dialog.getByLabel('Internal note')).toBeFocused();
  await expect(dialog.getByLabel('Reason')).toHaveValue('payment_overdue');
  const whole: string[] = [];
  page.on('request', (request) => request.isNavigationRequest() && whole.push(request.url()));
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText(`${someone.name} is suspended: Payment overdue`);
  expect(whole).toEqual([]);
});

test('a form that is sent before the page wakes up is done', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await slow(page);
  await page.goto(listOf(someone, 'all'), { waitUntil: 'commit' });
  await row(page, someone).getByRole('link', { name: `Actions for ${someone.name}` }).click();
  await page.getByRole('list', { name: `Actions for ${someone.name}` }).getByRole('link', { name: 'Suspend Account' }).click();
  await popup(page).getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await popup(page).getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText(`${someone.name} is suspended: Payment overdue`);
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
});

test('what is typed into the search stays, and so does the place in it', async ({ page }) => {
  const arrive = await slow(page);
  await page.goto('/customers/all', { waitUntil: 'commit' });
  const search = page.getByRole('searchbox');
  await search.pressSequentially('Climb');
  arrive();
  await ready(page);
  await expect(search).toBeFocused();
  await search.pressSequentially('ing');
  await expect(search).toHaveValue('Climbing');
});
