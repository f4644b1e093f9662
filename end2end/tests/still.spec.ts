/** Rows stay where they are, whatever news they show: nobody presses what has moved under the pointer. */

import type { Page } from '@playwright/test';
import type { Customer } from '../support/csv';
import { change, reactivate, suspend } from '../support/deeds';
import { cut } from '../support/layout';
import { expect, listOf, open, row, test } from '../support/panel';
import { among, ends, message, spilt } from '../support/rows';

/** Reactivates a suspended customer and suspends it again, which can be undone. */
async function suspendAnew(other: Page, someone: Customer): Promise<void> {
  await open(other, listOf(someone, 'all'));
  await reactivate(other, someone);
  await suspend(other, someone, 'Fraud or chargeback', 'Suspend Account', message);
}

for (const width of [1440, 800, 360]) {
  for (const which of ['active', 'all'] as const) {
    test(`no row grows when somebody is suspended, and again: ${which}, ${width} px`, async ({ page, partner, second }) => {
      await page.setViewportSize({ width, height: 900 });
      const someone = partner.take('climber');
      await open(page, among(someone, which));
      const before = await ends(page);
      expect(before.length).toBeGreaterThan(5);
      const other = await second('manager');
      await open(other, listOf(someone, 'all'));
      await suspend(other, someone, 'Payment overdue');
      await expect(row(page, someone)).toContainText('Payment overdue');
      expect(await ends(page)).toEqual(before);
      await suspend(other, someone, 'Fraud or chargeback', 'Add Suspension', message);
      await expect(row(page, someone)).toContainText('Fraud or chargeback');
      expect(await ends(page)).toEqual(before);
      expect(await spilt(page, someone)).toEqual([]);
    });
  }

  for (const kind of ['unpaid', 'climber'] as const) {
    test(`no row grows when a suspended one is suspended again: ${kind}, ${width} px`, async ({ page, partner, second }) => {
      await page.setViewportSize({ width, height: 900 });
      const someone = partner.take(kind);
      const other = await second('manager');
      await open(other, listOf(someone, 'all'));
      if (kind === 'climber') await suspend(other, someone, 'Payment overdue', 'Suspend Account', message);
      await open(page, `/customers/suspended?q=${someone.name.split(' ')[0]}&size=50`);
      await row(page, someone).scrollIntoViewIfNeeded();
      const before = await ends(page);
      await suspend(other, someone, 'Fraud or chargeback', 'Add Suspension', message);
      await expect(row(page, someone)).toContainText('Fraud or chargeback');
      expect(await ends(page)).toEqual(before);
      expect(await spilt(page, someone)).toEqual([]);
      await suspend(other, someone, 'Customer asked', 'Add Suspension', message);
      await expect(row(page, someone)).toContainText('Customer asked');
      expect(await ends(page)).toEqual(before);
      expect(await spilt(page, someone)).toEqual([]);
    });
  }

  test(`no row grows when somebody is reactivated and suspended anew: ${width} px`, async ({ page, partner, second }) => {
    await page.setViewportSize({ width, height: 900 });
    const someone = partner.take('unpaid');
    await open(page, '/customers/suspended?q=Unpaid&size=50');
    await row(page, someone).scrollIntoViewIfNeeded();
    const before = await ends(page);
    await suspendAnew(await second('manager'), someone);
    await expect(row(page, someone)).toContainText('Fraud or chargeback');
    expect(await ends(page)).toEqual(before);
    await expect(row(page, someone)).toHaveAttribute('data-tight', '');
    expect(await spilt(page, someone)).toEqual([]);
    if (width > 360) expect(await cut(page)).toEqual([]);
    await row(page, someone).getByRole('link', { name: 'Undo' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  });

  test(`no row grows when a plan changes: ${width} px`, async ({ page, partner, second }) => {
    await page.setViewportSize({ width, height: 900 });
    const someone = partner.take('climber');
    await open(page, among(someone, 'all'));
    const before = await ends(page);
    const other = await second('manager');
    await open(other, listOf(someone, 'all'));
    await change(other, someone, 'Business');
    await expect(row(page, someone)).toContainText('Business');
    expect(await ends(page)).toEqual(before);
    expect(await spilt(page, someone)).toEqual([]);
  });

  test(`no row grows when a limit is near: ${width} px`, async ({ page, partner }) => {
    await page.setViewportSize({ width, height: 900 });
    const someone = partner.take('climber');
    await open(page, among(someone, 'all'));
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
    await open(page, '/customers/suspended?size=25');
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

test('rows of which the window is made narrower ask for the room that they need there', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(other, listOf(someone, 'all'));
  await suspend(other, someone, 'Payment overdue', 'Suspend Account', message);
  await open(page, listOf(someone, 'suspended'));
  await suspend(other, someone, 'Fraud or chargeback', 'Add Suspension');
  await expect(row(page, someone)).toContainText('Fraud or chargeback');
  for (const width of [800, 360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const turned = await ends(page);
    await open(page, listOf(someone, 'suspended'));
    expect(turned).toEqual(await ends(page));
  }
});

test.describe('by finger', () => {
  test.use({ hasTouch: true, viewport: { width: 1024, height: 800 } });

  test('no row grows when there is something to undo', async ({ page, partner, second }) => {
    const someone = partner.take('unpaid');
    await open(page, '/customers/suspended?q=Unpaid&size=50');
    await row(page, someone).scrollIntoViewIfNeeded();
    const before = await ends(page);
    await suspendAnew(await second('manager'), someone);
    await expect(row(page, someone).getByRole('link', { name: 'Undo' })).toBeVisible();
    expect(await ends(page)).toEqual(before);
    await row(page, someone).getByRole('link', { name: 'Undo' }).tap();
    await expect(page.getByRole('dialog')).toBeVisible();
  });
});
