import type { Page } from '@playwright/test';
import { customer } from '../support/csv';
import { reactivate, suspend } from '../support/deeds';
import { drawn } from '../support/layout';
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

/** Where each row of the list ends in the window. */
async function ends(page: Page): Promise<number[]> {
  await drawn(page);
  return page.getByRole('row').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().bottom));
}

for (const width of [1440, 800, 360]) {
  for (const which of ['active', 'all'] as const) {
    test(`no row grows when somebody is suspended, and again: ${which}, ${width} px`, async ({ page, partner, second }) => {
      await page.setViewportSize({ width, height: 900 });
      const someone = partner.take('climber');
      await open(page, listOf(someone, which));
      const before = await ends(page);
      const other = await second('manager');
      await open(other, listOf(someone, 'all'));
      await suspend(other, someone, 'Payment overdue');
      await expect(row(page, someone)).toContainText('Payment overdue');
      expect(await ends(page)).toEqual(before);
      await suspend(other, someone, 'Security risk', 'Add Suspension');
      await expect(row(page, someone)).toContainText('Security risk');
      expect(await ends(page)).toEqual(before);
    });
  }

  test(`no row grows when a suspended one is suspended again: ${width} px`, async ({ page, partner, second }) => {
    await page.setViewportSize({ width, height: 900 });
    const someone = partner.take('unpaid');
    await open(page, listOf(someone, 'suspended'));
    const before = await ends(page);
    const other = await second('manager');
    await open(other, listOf(someone, 'suspended'));
    await suspend(other, someone, 'Security risk', 'Add Suspension');
    await expect(row(page, someone)).toContainText('Security risk');
    expect(await ends(page)).toEqual(before);
  });

  test(`no row grows when a limit is near: ${width} px`, async ({ page, partner }) => {
    await page.setViewportSize({ width, height: 900 });
    const someone = partner.take('climber');
    await open(page, listOf(someone, 'all'));
    const before = await ends(page);
    partner.reportSeats(someone, 19);
    await expect(row(page, someone).getByText('19 of 20')).toBeVisible();
    expect(await ends(page)).toEqual(before);
    await expect(row(page, someone)).toContainText(/Pro\s*€49\.00/);
  });

  test(`no row shrinks when somebody is reactivated: ${width} px`, async ({ page, partner, second }) => {
    await page.setViewportSize({ width, height: 900 });
    // Just now, by somebody, with Undo: as many lines as there can be.
    const someone = partner.take('climber');
    const other = await second('manager');
    await open(other, listOf(someone));
    await suspend(other, someone, 'Payment overdue');
    await open(page, listOf(someone, 'suspended'));
    const before = await ends(page);
    await open(other, listOf(someone, 'suspended'));
    await reactivate(other, someone);
    await expect(row(page, someone)).toContainText('Active');
    expect(await ends(page)).toEqual(before);
  });
}

test('a list that is loaded again gives its rows the room that they need', async ({ page, partner, second }) => {
  await page.setViewportSize({ width: 360, height: 900 });
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(other, listOf(someone));
  await suspend(other, someone, 'Payment overdue');
  await open(page, listOf(someone, 'suspended'));
  const high = await ends(page);
  await open(other, listOf(someone, 'suspended'));
  await reactivate(other, someone);
  await expect(row(page, someone)).toContainText('Active');
  expect(await ends(page)).toEqual(high);
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(page.getByRole('row').nth(2)).toBeVisible();
  const inPlace = await ends(page);
  await page.reload();
  expect((await ends(page)).slice(0, 5)).toEqual(inPlace.slice(0, 5));
});

test('a row stays where it is until the list is loaded again', async ({ page, partner }) => {
  const someone = partner.take('unpaid');
  await open(page, listOf(someone, 'suspended'));
  await reactivate(page, someone);
  await expect(row(page, someone)).toBeVisible();
  await open(page, listOf(someone, 'suspended'));
  await expect(row(page, someone)).toHaveCount(0);
});
