import { expect, listOf, message, test, type Page } from '../support/noscript';

/** ⋮ is a link, and its entries are links. */
async function entry(page: Page, name: string, label: string): Promise<void> {
  await page.getByRole('link', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('link', { name: label }).click();
}

test('suspend, undo and reactivate', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await page.goto(listOf(someone));
  await entry(page, someone.name, 'Suspend Account');
  const dialog = page.locator('dialog');
  await expect(dialog).toContainText(`Suspend ${someone.name}?`);
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText(`${someone.name} is suspended: Payment overdue`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(message(page)).toContainText(`${someone.name} is active again`);
});

test('change and roll back', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await page.goto(listOf(someone));
  await entry(page, someone.name, 'Change Plan');
  await page.getByRole('radio', { name: /Business/ }).check();
  await page.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText('moved from Pro to Business');
  await entry(page, someone.name, 'Rollback Plan');
  await expect(page.getByRole('radio', { name: /Pro/ })).toBeChecked();
  await page.getByRole('button', { name: 'Yes, Rollback' }).click();
  await expect(message(page)).toContainText('is back on Pro at €49.00 per month');
});

test('reactivate from the suspended list', async ({ page, partner }) => {
  const someone = partner.take('unpaid');
  await page.goto(listOf(someone, 'suspended'));
  await entry(page, someone.name, 'Reactivate Account');
  await page.getByRole('button', { name: 'Yes, Reactivate' }).click();
  await expect(message(page)).toContainText(`${someone.name} is active again`);
});

test('a refusal keeps what was typed', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await page.goto(listOf(someone));
  await entry(page, someone.name, 'Change Plan');
  await page.getByRole('radio', { name: /Starter/ }).check();
  await page.getByLabel('Note').fill('agreed on the phone');
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Yes, Change Plan' }).click();
  expect((await answer).status()).toBe(422);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('Note')).toHaveValue('agreed on the phone');
  await expect(page.getByRole('radio', { name: /Starter/ })).toBeChecked();
  await page.getByRole('checkbox').and(page.locator(':visible')).check();
  await page.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText('moved from Pro to Starter');
});

test('cancel leads back to the list', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await page.goto(listOf(someone));
  await entry(page, someone.name, 'Suspend Account');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await expect(page).toHaveURL(/q=/);
});

test('search, filter, sort and page by links and forms', async ({ page }) => {
  await page.goto('/customers/active?size=25');
  await page.getByRole('searchbox').first().fill('Small Birch Works');
  await page.getByRole('searchbox').first().press('Enter');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.goto('/customers/active?size=25');
  await page.getByRole('columnheader').first().getByRole('link').click();
  await expect(page.getByRole('columnheader').first()).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('link', { name: /Next/ }).click();
  await expect(page.getByRole('row')).toHaveCount(26);
});
