import type { Page } from '@playwright/test';
import { choose, expect, listOf, more, open, row, test } from '../support/panel';
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

for (const [where, width, height, deviceScaleFactor, free] of [
  ['below its button', 1440, 900, 1, 'last'],
  ['above its button', 1440, 400, 1, 'first'],
  ['beside its button, in a low window', 844, 320, 1, 'last'],
  ['beside its button, with more than the window is high', 844, 250, 1, 'last'],
  ['as a sheet', 360, 800, 1, 'first'],
  ['as a sheet on a screen of finer pixels', 360, 801, 2.625, 'first'],
  ['as a sheet, with more than the window is high', 360, 330, 1, 'first'],
] as const) {
  test.describe(where, () => {
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
      const box = await page.getByRole('menu').boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= height).toBe(true);
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

      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: `Change ${someone.name}'s plan?` })).toBeVisible();
    });
  });
}

test('a menu that is opened again stands as it always does', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone, 'all'));
  await open(other, listOf(someone, 'all'));
  await more(page, someone).click();
  await suspend(other, someone, 'Payment overdue');
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
