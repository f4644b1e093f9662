import { choose, expect, listOf, message, more, open, popup, row, test } from '../support/panel';

test('suspend, undo, redo, reactivate from the list', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await expect(dialog).toContainText(`Suspend ${someone.name}?`);
  await expect(dialog).toContainText(someone.email);
  await expect(dialog).toContainText(someone.externalId);
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await dialog.getByLabel('Internal note').fill('Invoice 1042, reminded twice');
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();

  await expect(popup(page)).toBeHidden();
  await expect(message(page)).toContainText(`${someone.name} is suspended: Payment overdue`);
  await expect(row(page, someone)).toBeVisible();
  await expect(more(page, someone)).toBeFocused();

  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(message(page)).toContainText(`${someone.name} is active again`);
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(message(page)).toContainText(`${someone.name} is suspended`);

  const again = await choose(page, someone, 'Reactivate Account');
  await expect(again).toContainText('Payment overdue');
  await again.getByRole('button', { name: 'Yes, Reactivate' }).click();
  await expect(message(page)).toContainText(`${someone.name} is active again`);
});

test('the message of an action goes when it is closed, and leaves its reader somewhere', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await message(page).getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Enter');
  await expect(message(page)).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('change the plan, with its preview', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Change Plan');
  await expect(dialog).toContainText('Pro');
  await expect(dialog).toContainText('€49.00');
  const business = dialog.getByRole('radio', { name: /Business/ });
  await expect(business).not.toBeChecked();
  await business.check();
  await expect(dialog).toContainText('+€50.00');
  await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText(`${someone.name} moved from Pro to Business`);
  await expect(row(page, someone)).toContainText('€99.00');
});

test('a plan that is too small needs its tick', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Change Plan');
  await dialog.getByRole('radio', { name: /Starter/ }).check();
  await expect(dialog.getByText(/12 .*used, 5 allowed: 7 over/).first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Tick that you know, or choose another plan.');
  await dialog.getByRole('checkbox').and(page.locator(':visible')).check();
  await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText(`${someone.name} moved from Pro to Starter`);
});

test('roll back to the plan before, and undo it', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Rollback Plan');
  await expect(dialog.getByRole('radio', { name: /Starter/ })).toBeChecked();
  await dialog.getByRole('checkbox').and(page.locator(':visible')).check();
  await dialog.getByRole('button', { name: 'Yes, Rollback' }).click();
  await expect(message(page)).toContainText(`${someone.name} is back on Starter at €19.00 per month`);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(row(page, someone)).toContainText('Pro');
  await expect(message(page)).toContainText(someone.name);
});

test('the counts of the sidebar follow at once', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const suspended = page.getByRole('link', { name: /^Suspended Customers/ });
  const count = async () => Number((await suspended.innerText()).replace(/\D/g, ''));
  const before = await count();
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Customer asked' });
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toBeVisible();
  expect(await count()).toBe(before + 1);
});

test('an impatient double click suspends once', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Security risk' });
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).dblclick();
  await expect(message(page)).toContainText('is suspended');
  await open(page, `/customers/by-external-id/${someone.externalId}`);
  await expect(page.getByRole('listitem').filter({ hasText: /suspended/i }).filter({ hasText: 'Security risk' })).toHaveCount(1);
});
