import type { Page } from '@playwright/test';
import { choose, expect, listOf, more, open, row, test } from '../support/panel';
import type { Customer } from '../support/csv';
import { reactivate, suspend } from '../support/deeds';
import { drawn } from '../support/layout';

/** Where each entry of the open menu stands in the window, by its action. */
async function places(page: Page): Promise<Record<string, number[]>> {
  await drawn(page);
  return page.getByRole('menu').evaluate(async (menu) => {
    await Promise.all(menu.getAnimations().map((animation) => animation.finished));
    const entries = [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')].map((entry) => {
      const { left, top, right, bottom } = entry.getBoundingClientRect();
      return [entry.dataset.action ?? '', [left, top, right, bottom]];
    });
    return Object.fromEntries(entries);
  });
}

/** Where the open menu stands to its button, and whether it is in the window. */
async function place(page: Page, someone: Customer): Promise<string> {
  const [menu, button, window] = [await page.getByRole('menu').boundingBox(), await more(page, someone).boundingBox(), page.viewportSize()];
  if (!menu || !button || !window) return 'nowhere';
  const [bottom, right] = [menu.y + menu.height, menu.x + menu.width];
  if (menu.x < 0 || menu.y < 0 || right > window.width + 1 || bottom > window.height + 1) return 'outside';
  if (menu.width >= window.width - 1) return 'sheet';
  if (menu.y >= button.y + button.height - 1) return 'below';
  if (bottom <= button.y + 1) return 'above';
  return right <= button.x + 1 ? 'beside' : 'over';
}

/** Opens the menu of a customer, whom somebody else suspends meanwhile. */
async function suspendMeanwhile(page: Page, other: Page, someone: Customer): Promise<void> {
  await open(page, listOf(someone, 'all'));
  await open(other, listOf(someone, 'all'));
  await more(page, someone).click();
  await suspend(other, someone, 'Payment overdue');
  await expect(page.getByRole('menuitem', { name: 'Add Suspension' })).toBeVisible();
}

for (const [where, what, width, height, deviceScaleFactor, free] of [
  ['below', 'its button', 1440, 900, 1, 'last'],
  ['above', 'its button', 1440, 400, 1, 'first'],
  ['beside', 'its button in a low window', 844, 320, 1, 'last'],
  ['beside', 'its button with more than the window is high', 844, 250, 1, 'last'],
  ['sheet', 'of a phone', 360, 800, 1, 'first'],
  ['sheet', 'on a screen of finer pixels', 360, 801, 2.625, 'first'],
  ['sheet', 'with more than the window is high', 360, 330, 1, 'first'],
] as const) {
  test.describe(`${where} ${what}`, () => {
    test.use({ deviceScaleFactor });

    test('no entry of an open menu moves when its row changes', async ({ page, partner, second }) => {
      await page.setViewportSize({ width, height });
      const someone = partner.take('climber');
      const other = await second('manager');
      await open(page, listOf(someone, 'all'));
      await open(other, listOf(someone, 'all'));
      await more(page, someone).evaluate((button) => button.scrollIntoView({ block: 'center' }));
      await more(page, someone).click();
      await drawn(page);
      const entry = (name: string) => page.getByRole('menuitem', { name });
      await entry('Change Plan').focus();
      const before = await places(page);
      expect(await place(page, someone)).toBe(where);
      const stands = async () => expect(await places(page)).toMatchObject(before);

      // It blocks changes of the plan: there is a reason now where there was none.
      await suspend(other, someone, 'Security risk');
      await expect(entry('Reactivate Account')).toBeVisible();
      await expect(entry('Add Suspension')).toBeVisible();
      await stands();
      await expect(page.getByRole('menuitem')[free]()).toHaveText('Reactivate Account');
      await expect(entry('Change Plan')).toBeFocused();
      await expect(entry('Change Plan')).toBeDisabled();
      await expect(entry('Change Plan')).toHaveAccessibleDescription(/Security/);
      await expect(entry('Change Plan')).toHaveAttribute('title', /Security/);
      await expect(more(page, someone)).toHaveAttribute('aria-expanded', 'true');

      // What it no longer offers stays as well, and says why.
      Object.assign(before, await places(page));
      await reactivate(other, someone);
      await expect(entry('Suspend Account')).toBeVisible();
      await stands();
      await expect(entry('Reactivate Account')).toBeDisabled();
      await expect(entry('Reactivate Account')).toHaveAccessibleDescription('Active');
      await expect(entry('Change Plan')).toBeFocused();
      await expect(entry('Change Plan')).toBeEnabled();

      expect(await place(page, someone)).toBe(where);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: `Change ${someone.name}'s plan?` })).toBeVisible();
    });
  });
}

test('a menu that is opened again stands as it always does', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  await suspendMeanwhile(page, await second('manager'), someone);
  await expect(page.getByRole('menuitem').last()).toHaveText('Reactivate Account');
  await page.keyboard.press('Escape');
  await expect(more(page, someone)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toHaveText('Reactivate Account');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
});

test.describe('an answer that does not come', () => {
  test.use({ borne: /status of 500/ });

  test('a menu that was opened meanwhile follows its row back', async ({ page, partner }) => {
    const someone = partner.take('climber');
    await open(page, listOf(someone, 'all'));
    let answer = () => {};
    const held = new Promise<void>((done) => (answer = done));
    await page.route('**/send_form', async (route) => {
      await held;
      await route.fulfill({ status: 500, body: '' });
    });
    const dialog = await choose(page, someone, 'Suspend Account');
    await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
    await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
    await expect(row(page, someone)).toContainText('Suspended');
    await page.keyboard.press('Escape');
    await more(page, someone).click();
    await expect(page.getByRole('menuitem', { name: 'Suspend Account' })).toBeVisible();
    const before = await places(page);
    answer();
    await expect(row(page, someone)).toContainText('Active');
    await expect(page.getByRole('menuitem', { name: 'Suspend Account' })).toBeVisible();
    expect(await places(page)).toMatchObject(before);
    await expect(more(page, someone)).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
    await expect(more(page, someone)).toBeFocused();
  });
});

test('an open menu finds a place again when the window is turned', async ({ page, partner, second }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const someone = partner.take('climber');
  await suspendMeanwhile(page, await second('manager'), someone);
  await page.setViewportSize({ width: 800, height: 360 });
  await drawn(page);
  expect(await place(page, someone)).toMatch(/^(below|above|beside)$/);
});

test('an open menu beside its button stays there on a page that was scrolled meanwhile', async ({ page, partner, second }) => {
  await page.setViewportSize({ width: 844, height: 300 });
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, `/customers/all?q=${someone.name.split(' ').slice(0, 2).join('+')}`);
  await open(other, listOf(someone, 'all'));
  await more(page, someone).evaluate((button) => button.scrollIntoView({ block: 'center' }));
  await more(page, someone).click();
  await page.evaluate(() => scrollBy(0, 24));
  const before = await places(page);
  await suspend(other, someone, 'Payment overdue');
  await expect(page.getByRole('menuitem', { name: 'Add Suspension' })).toBeVisible();
  expect(await places(page)).toMatchObject(before);
});
