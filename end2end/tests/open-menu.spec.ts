import type { Page } from '@playwright/test';
import { choose, expect, listOf, more, open, row } from '../support/panel';
import type { Customer } from '../support/csv';
import { reactivate, suspend } from '../support/deeds';
import { type Language, test } from '../support/languages';
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
async function place(page: Page): Promise<string> {
  const [menu, button, window] = [await page.getByRole('menu').boundingBox(), await page.locator('[data-menu]').boundingBox(), page.viewportSize()];
  if (!menu || !button || !window) return 'nowhere';
  const [bottom, right] = [menu.y + menu.height, menu.x + menu.width];
  if (menu.x < 0 || menu.y < 0 || right > window.width + 1 || bottom > window.height + 1) return 'outside';
  if (menu.width >= window.width - 1) return 'sheet';
  if (menu.y >= button.y + button.height - 1) return 'below';
  if (bottom <= button.y + 1) return 'above';
  return right <= button.x + 1 || menu.x >= button.x + button.width - 1 ? 'beside' : 'over';
}

/** Opens the menu of a customer, whom somebody else suspends meanwhile. */
async function suspendMeanwhile(page: Page, other: Page, someone: Customer): Promise<void> {
  await open(page, listOf(someone, 'all'));
  await open(other, listOf(someone, 'all'));
  await more(page, someone).click();
  await suspend(other, someone, 'Payment overdue');
  await expect(page.getByRole('menuitem', { name: 'Add Suspension' })).toBeVisible();
}

/** What the open menu offers, by its action: its name is of the reader's language. */
function entry(page: Page, action: string) {
  return page.getByRole('menu').locator(`[role=menuitem][data-action=${action}]`);
}

const all: Language[] = ['en', 'en-XA', 'ar-XB'];

for (const [where, what, width, height, deviceScaleFactor, free, languages] of [
  ['below', 'its button', 1440, 900, 1, 'last', all],
  ['above', 'its button', 1440, 400, 1, 'first', all],
  ['beside', 'its button in a low window', 844, 320, 1, 'last', all],
  ['beside', 'its button with more than the window is high', 844, 250, 1, 'last', ['en']],
  ['sheet', 'of a phone', 360, 800, 1, 'first', all],
  ['sheet', 'on a screen of finer pixels', 360, 801, 2.625, 'first', ['en']],
  ['sheet', 'with more than the window is high', 360, 330, 1, 'first', all],
] as const) {
  for (const language of languages) {
    test.describe(`${where} ${what}, ${language}`, () => {
      test.use({ deviceScaleFactor, language });

      test('no entry of an open menu moves when its row changes', async ({ page, partner, second }) => {
        await page.setViewportSize({ width, height });
        const someone = partner.take('climber');
        const other = await second('manager');
        await open(page, listOf(someone, 'all'));
        await open(other, listOf(someone, 'all'));
        const button = page.locator('[data-menu]');
        await button.evaluate((button) => button.scrollIntoView({ block: 'center' }));
        await button.click();
        await drawn(page);
        await entry(page, 'change').focus();
        const before = await places(page);
        expect(await place(page)).toBe(where);
        const stands = async () => expect(await places(page)).toMatchObject(before);

        // It blocks changes of the plan: there is a reason now where there was none.
        await suspend(other, someone, 'Security risk');
        await expect(entry(page, 'reactivate')).toBeVisible();
        await expect(entry(page, 'suspend')).toHaveText(language === 'en' ? 'Add Suspension' : /./);
        await stands();
        await expect(page.getByRole('menuitem')[free]()).toHaveAttribute('data-action', 'reactivate');
        await expect(entry(page, 'change')).toBeFocused();
        await expect(entry(page, 'change')).toBeDisabled();
        const reason = language === 'en' ? /Security/ : /./;
        await expect(entry(page, 'change')).toHaveAccessibleDescription(reason);
        await expect(entry(page, 'change')).toHaveAttribute('title', reason);
        await expect(button).toHaveAttribute('aria-expanded', 'true');

        // What it no longer offers stays as well, and says why.
        Object.assign(before, await places(page));
        await reactivate(other, someone);
        await expect(entry(page, 'reactivate')).toBeDisabled();
        await stands();
        await expect(entry(page, 'reactivate')).toHaveAccessibleDescription(language === 'en' ? 'Active' : /./);
        await expect(entry(page, 'change')).toBeFocused();
        await expect(entry(page, 'change')).toBeEnabled();

        expect(await place(page)).toBe(where);
        await page.keyboard.press('Enter');
        await expect(page.getByRole('dialog').getByRole('heading')).toContainText(someone.name);
      });
    });
  }
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
  expect(await place(page)).toMatch(/^(below|above|beside)$/);
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
