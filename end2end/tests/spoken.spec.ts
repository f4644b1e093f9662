/**
 * What a screen reader is told of list, menu and popups: kept as files, so that a change of it is seen in review. What
 * differs from run to run (who it is, and when) is left out. `npx playwright test spoken --update-snapshots` writes them.
 */

import type { Locator } from '@playwright/test';
import type { Customer } from '../support/csv';
import { change, suspend } from '../support/deeds';
import { press } from '../support/keyboard';
import { choose, expect, listOf, more, open, test } from '../support/panel';

const months = 'January|February|March|April|May|June|July|August|September|October|November|December';

async function spoken(what: Locator, someone?: Customer): Promise<string> {
  let text = await what.ariaSnapshot();
  if (someone) {
    text = text.replaceAll(someone.email, 'E-MAIL').replaceAll(someone.externalId, 'EXTERNAL-ID').replaceAll(someone.name, 'CUSTOMER');
  }
  return text
    .replaceAll(/\/url: .*/g, '/url: ADDRESS')
    .replaceAll(new RegExp(`(\\d+ )?(${months}|${months.replaceAll(/(\w{3})\w*/g, '$1')})( \\d{4})?(, \\d\\d:\\d\\d)?`, 'g'), 'DATE')
    .replaceAll(/(a few|an?|\d+) (second|minute|hour|day|week|month|year)s?( ago)?/g, 'TIME')
    .replaceAll(/(today|yesterday)( \d\d:\d\d)?/g, 'DATE')
    .replaceAll(/Test Partner \d+ \d+/g, 'PARTNER')
    // Its price is the one that other tests move.
    .replaceAll(/(Moving) €[\d.]+ per month (Upgrade|Downgrade), .€[\d.]+/g, '$1 PRICE per month $2, DIFFERENCE')
    .replaceAll(/\d+ (of \d+ match|customers?)/g, 'COUNT');
}

for (const [width, form] of [
  [1280, 'table'],
  [360, 'cards'],
] as const) {
  test(`the list, as ${form}`, async ({ page, partner }) => {
    const someone = partner.take('climber');
    await page.setViewportSize({ width, height: 800 });
    await open(page, listOf(someone, 'all'));
    await suspend(page, someone, 'Payment overdue');
    await open(page, listOf(someone, 'all'));
    expect(await spoken(page.getByRole('table'), someone)).toMatchSnapshot(`list-as-${form}.yml`);
  });
}

test('the page around a list', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const text = await spoken(page.locator('body'), someone);
  expect(text.replaceAll(/(link ".*Customers) \d+"/g, '$1 COUNT"')).toMatchSnapshot('page.yml');
});

test('the menu', async ({ page, partner }) => {
  const someone = partner.take('blocked');
  await open(page, listOf(someone, 'suspended'));
  await more(page, someone).focus();
  await press(page, 'Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  expect(await spoken(page.getByRole('menu'), someone)).toMatchSnapshot('menu.yml');
});

for (const [entry, name] of [
  ['Change Plan', 'change'],
  ['Rollback Plan', 'rollback'],
  ['Suspend Account', 'suspend'],
] as const) {
  test(entry, async ({ page, partner }) => {
    const someone = partner.take('climber');
    await open(page, listOf(someone));
    if (name === 'rollback') await change(page, someone, 'Business');
    const dialog = await choose(page, someone, entry);
    expect(await spoken(dialog, someone)).toMatchSnapshot(`${name}.yml`);
  });
}

test('Reactivate Account', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  await suspend(page, someone, 'Payment overdue');
  const dialog = await choose(page, someone, 'Reactivate Account');
  expect(await spoken(dialog, someone)).toMatchSnapshot('reactivate.yml');
});

test('the palette', async ({ page, partner }) => {
  const someone = partner.take('blocked');
  await open(page, '/activity');
  await press(page, 'Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill(someone.email);
  await expect(palette.getByRole('option')).toHaveText([new RegExp(someone.name)]);
  expect(await spoken(palette, someone)).toMatchSnapshot('palette.yml');
  await press(page, 'Enter');
  await expect(palette.getByRole('status')).toContainText('Actions for');
  expect(await spoken(palette, someone)).toMatchSnapshot('palette-actions.yml');
});
