import { customer } from '../support/csv';
import { reactivate } from '../support/deeds';
import { expect, listOf, open, row, test } from '../support/panel';

test('the lists of the sidebar, with their counts', async ({ page }) => {
  await open(page, '/');
  await expect(page).toHaveURL(/\/customers\/active$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Active Customers');
  await page.getByRole('link', { name: /^Suspended Customers/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Suspended Customers');
  await expect(page.getByRole('columnheader', { name: 'Reason' })).toBeVisible();
  await page.getByRole('link', { name: /^All Customers/ }).click();
  await expect(page.getByRole('columnheader', { name: 'Status' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Suspended Customers');
});

test('sorting by name, both ways', async ({ page }) => {
  await open(page, '/customers/all?size=25');
  const names = () => page.getByRole('rowheader').getByRole('link').allInnerTexts();
  await page.getByRole('columnheader').first().getByRole('link').click();
  await expect(page.getByRole('columnheader').first()).toHaveAttribute('aria-sort', 'ascending');
  const up = await names();
  expect(up).toEqual([...up].sort());
  await page.getByRole('columnheader').first().getByRole('link').click();
  await expect(page.getByRole('columnheader').first()).toHaveAttribute('aria-sort', 'descending');
  const down = await names();
  expect(down).toEqual([...down].sort().reverse());
});

test('pages forward and back', async ({ page }) => {
  await open(page, '/customers/all?size=25&sort=name');
  const first = customer('unpaid', 0);
  await expect(page.getByRole('row')).toHaveCount(26);
  await page.getByRole('link', { name: /Next/ }).click();
  await expect(page).toHaveURL(/after=/);
  await page.getByRole('link', { name: /Previous/ }).click();
  await expect(page.getByRole('row')).toHaveCount(26);
  await expect(row(page, first)).toHaveCount(0);
  await expect(page.getByRole('row').nth(1)).toContainText('Blocked');
});

test('search by name, e-mail and external id; filters; all of it in the address', async ({ page }) => {
  const someone = customer('starter', 3);
  await open(page, '/customers/active');
  for (const text of [someone.name, someone.email, someone.externalId]) {
    const search = page.getByRole('searchbox').first();
    await search.fill(text);
    await search.press('Enter');
    await expect(page).toHaveURL(/q=/);
    await expect(row(page, someone)).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);
  }
  await open(page, '/customers/active?plan=starter');
  await expect(row(page, customer('starter', 0))).toBeVisible();
  await expect(page.getByRole('row').filter({ hasNotText: 'Starter' })).toHaveCount(1); // The head.
});

test('a match elsewhere is named, and linked', async ({ page }) => {
  const someone = customer('blocked', 1);
  await open(page, listOf(someone));
  await expect(page.getByText(/1 match in Suspended Customers/)).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: /Suspended Customers|Show/ }).first().click();
  await expect(row(page, someone)).toContainText('Terms broken');
});

test('nothing found says so, and offers a way on', async ({ page }) => {
  await open(page, '/customers/active?q=nobody+of+this+name');
  await expect(page.getByRole('main')).toContainText(/no .*match|nothing|nobody/i);
  await page.getByRole('main').getByRole('link', { name: /clear|all/i }).first().click();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
});

test('a row stays where it is until the list is loaded again', async ({ page, partner }) => {
  const someone = partner.take('unpaid');
  await open(page, listOf(someone, 'suspended'));
  await reactivate(page, someone);
  await expect(row(page, someone)).toBeVisible();
  await open(page, listOf(someone, 'suspended'));
  await expect(row(page, someone)).toHaveCount(0);
});
