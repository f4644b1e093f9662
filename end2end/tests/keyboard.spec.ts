import { clean } from '../support/axe';
import { press, tabTo } from '../support/keyboard';
import { expect, listOf, message, more, open, pageOf, password, popup, ready, row, test } from '../support/panel';

test.describe('signed out', () => {
  test.use({ role: null });

  test('all four actions from signing in on, without a pointer', async ({ page, partner }) => {
    const someone = partner.take('climber');
    await page.goto('/sign-in');
    await tabTo(page, page.getByLabel('E-mail'));
    await page.keyboard.type(partner.mail.owner);
    await tabTo(page, page.getByLabel('Password'));
    await page.keyboard.type(password);
    await press(page, 'Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Active Customers' })).toBeVisible();
    await ready(page);

    await press(page, '/');
    await page.keyboard.type(someone.name);
    await press(page, 'Enter');
    await expect(page.getByRole('row')).toHaveCount(2);
    await tabTo(page, more(page, someone));
    await press(page, 'Enter', 'c');
    await expect(page.getByRole('menuitem', { name: 'Change Plan' })).toBeFocused();
    await press(page, 'Enter');
    const first = popup(page).getByRole('radio', { disabled: false }).first();
    await expect(first).toBeFocused();
    const business = popup(page).getByRole('radio', { name: /^Business/ });
    for (let step = 0; step < 9 && !(await business.isChecked()); step += 1) await press(page, 'ArrowDown');
    await tabTo(page, popup(page).getByRole('button', { name: 'Yes, Change Plan' }));
    await press(page, 'Enter');
    await expect(message(page)).toContainText(`${someone.name} moved from Pro to Business`);
    await expect(more(page, someone)).toBeFocused();

    await press(page, '.', 'r');
    await expect(page.getByRole('menuitem', { name: 'Rollback Plan' })).toBeFocused();
    await press(page, 'Enter');
    await expect(popup(page).getByRole('radio', { checked: true })).toBeFocused();
    await tabTo(page, popup(page).getByRole('button', { name: 'Yes, Rollback' }));
    await press(page, 'Enter');
    await expect(message(page)).toContainText(`${someone.name} is back on Pro`);
    await expect(more(page, someone)).toBeFocused();

    await press(page, '.', 'End', 'Enter');
    await expect(popup(page).getByLabel('Reason')).toBeFocused();
    await page.keyboard.type('Payment');
    await tabTo(page, popup(page).getByRole('button', { name: 'Yes, Suspend' }));
    await press(page, 'Enter');
    await expect(message(page)).toContainText(`${someone.name} is suspended: Payment overdue`);
    await expect(more(page, someone)).toBeFocused();

    await press(page, '.');
    await expect(page.getByRole('menuitem', { name: 'Reactivate Account' })).toBeFocused();
    await press(page, 'Enter');
    await expect(popup(page)).toBeVisible();
    await tabTo(page, popup(page).getByRole('button', { name: 'Yes, Reactivate' }));
    await press(page, 'Enter');
    await expect(message(page)).toContainText(`${someone.name} is active again`);
    await expect(more(page, someone)).toBeFocused();

    // What was done last is taken back, and the way there is back from the row.
    const undo = message(page).getByRole('button', { name: 'Undo' });
    for (let steps = 0; steps < 60 && !(await undo.evaluate((it) => it === document.activeElement)); steps += 1) {
      await press(page, 'Shift+Tab');
    }
    await press(page, 'Enter');
    await expect(row(page, someone)).toContainText('Suspended');
  });
});

test('from row to row, and into the menu of each', async ({ page }) => {
  await open(page, '/customers/active?plan=pro');
  const names = page.getByRole('rowheader').getByRole('link');
  await press(page, 'j');
  await expect(names.nth(0)).toBeFocused();
  await press(page, 'j', 'j');
  await expect(names.nth(2)).toBeFocused();
  await press(page, 'k');
  await expect(names.nth(1)).toBeFocused();
  await press(page, '.');
  await expect(page.getByRole('menu')).toHaveAccessibleName(`Actions for ${await names.nth(1).innerText()}`);
  await press(page, 'Escape', 'j', '.');
  await expect(page.getByRole('menu')).toHaveAccessibleName(`Actions for ${await names.nth(2).innerText()}`);
  await press(page, 'Escape', 'k', 'k', 'k', 'k');
  await press(page, '.');
  await expect(page.getByRole('menu')).toHaveAccessibleName(`Actions for ${await names.nth(0).innerText()}`);
});

test('the row under the pointer is meant where none has the focus', async ({ page }) => {
  await open(page, '/customers/active?plan=pro');
  const third = page.getByRole('row').nth(3);
  await third.hover();
  await press(page, '.');
  await expect(page.getByRole('menu')).toHaveAccessibleName(`Actions for ${await third.getByRole('link').first().innerText()}`);
});

test('on a customer’s page the dot leads to the actions', async ({ page, partner }) => {
  await open(page, pageOf(partner.take('climber')));
  await press(page, '.');
  await expect(page.getByRole('group', { name: /^Actions for/ }).getByRole('link').first()).toBeFocused();
});

test('the sheet of keys: by its key, by its button, and back', async ({ page }) => {
  await open(page, '/customers/active');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await press(page, '?');
  await expect(sheet.getByRole('button', { name: 'Close' })).toBeFocused();
  await expect(sheet).toContainText('Ctrl K');
  await press(page, 'j', '/', '?');
  await expect(sheet).toBeVisible();
  await press(page, 'Escape');
  await expect(sheet).toBeHidden();
  const button = page.getByRole('navigation').getByRole('button', { name: 'Keyboard shortcuts' });
  await tabTo(page, button);
  await press(page, 'Enter');
  await expect(sheet).toBeVisible();
  await press(page, 'Enter');
  await expect(sheet).toBeHidden();
  await expect(button).toBeFocused();
});

test('keys are typed where somebody types', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  await press(page, '/');
  const search = page.getByRole('searchbox');
  await expect(search).toBeFocused();
  await search.fill('');
  await page.keyboard.type('a/b.c?jk');
  await expect(search).toHaveValue('a/b.c?jk');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('menu')).toBeHidden();
  // In a popup they mean nothing, wherever in it the focus is.
  await tabTo(page, more(page, someone));
  await press(page, 'Enter', 'End', 'Enter');
  await tabTo(page, popup(page).getByRole('link', { name: 'Cancel' }));
  await press(page, '?', '/', '.', 'j', 'Control+k');
  await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toHaveCount(1);
  await expect(popup(page).getByRole('link', { name: 'Cancel' })).toBeFocused();
});

test('switched off, no single key does anything; the palette still opens', async ({ page }) => {
  await open(page, '/customers/active');
  await page.evaluate(() => document.documentElement.setAttribute('data-shortcuts', 'off'));
  for (const key of ['/', '.', '?', 'j', 'k']) {
    await press(page, key);
    await expect(page.locator('body')).toBeFocused();
    await expect(page.getByRole('menu')).toBeHidden();
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('switched off in your preferences');
  await expect(sheet.getByText('Next customer')).toBeHidden();
  await clean(page, 'the sheet, switched off');
  await press(page, 'Escape', 'Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
});

for (const width of [1280, 320]) {
  test(`axe finds nothing in the sheet of keys at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, '/customers/active');
    await press(page, '?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await clean(page, 'sheet');
  });
}
