import { choose, expect, listOf, message, open, popup, row, test } from '../support/panel';

test('the page of a customer, and back to the same list', async ({ page, partner }) => {
  const someone = partner.take('climber');
  const list = listOf(someone, 'all');
  await open(page, list);
  await row(page, someone).getByRole('link', { name: someone.name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(someone.name);
  await expect(page.getByRole('main')).toContainText(someone.email);
  await expect(page.getByRole('main')).toContainText(someone.externalId);
  await expect(page.getByRole('main')).toContainText('12 of 20');
  await page.getByRole('link', { name: /^Back to/ }).click();
  await expect(page).toHaveURL(new RegExp('/customers/all\\?q='));
  await expect(row(page, someone)).toBeVisible();
});

test('an action on the page, its timeline, and Undo from there', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, `/customers/by-external-id/${someone.externalId}`);
  await page.getByRole('main').getByRole('link', { name: 'Suspend Account' }).or(page.getByRole('button', { name: 'Suspend Account' })).first().click();
  await popup(page).getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await popup(page).getByLabel('Internal note').fill('second reminder unanswered');
  await popup(page).getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText('is suspended: Payment overdue');
  const entry = page.getByRole('listitem').filter({ hasText: 'second reminder unanswered' }).first();
  await expect(entry).toBeVisible();
  await entry.getByRole('link', { name: /Undo/ }).click();
  await expect(popup(page)).toBeVisible();
  await popup(page).getByRole('button', { name: /Undo/ }).click();
  await expect(message(page)).toContainText('is active again');
});

test('Activity shows what was done, filtered by kind', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Change Plan');
  await dialog.getByRole('radio', { name: /Business/ }).check();
  await dialog.getByLabel('Note').fill('wants the reports');
  await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText('moved from Pro to Business');
  await page.getByRole('link', { name: /^Activity/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Activity');
  const entry = page.getByRole('listitem').filter({ hasText: someone.name }).filter({ hasText: 'wants the reports' });
  await expect(entry.first()).toContainText('Business');
});

test('another partner’s customer and an unknown one get the same page', async ({ page }) => {
  const bodies: string[] = [];
  for (const address of ['/customers/cus_00000000000000000000000000', '/customers/by-external-id/nobody']) {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(404);
    bodies.push(await page.getByRole('main').innerText());
  }
  expect(bodies[0]).toBe(bodies[1]);
});
