import { change } from '../support/deeds';
import { choose, expect, listOf, message, more, open, popup, test } from '../support/panel';

const entries = [
  { entry: 'Change Plan', code: 'change', title: (name: string) => `Change ${name}'s plan?` },
  { entry: 'Rollback Plan', code: 'rollback', title: (name: string) => `Roll back ${name}'s plan?` },
  { entry: 'Suspend Account', code: 'suspend', title: (name: string) => `Suspend ${name}?` },
  { entry: 'Reactivate Account', code: 'reactivate', title: (name: string) => `Reactivate ${name}?` },
];

for (const { entry, code, title } of entries) {
  test(`${entry}: Cancel, Escape and Back close it, and focus returns`, async ({ page, partner }) => {
    const someone = partner.take(code === 'reactivate' ? 'unpaid' : 'climber');
    const list = listOf(someone, code === 'reactivate' ? 'suspended' : 'active');
    await open(page, list);
    const leave = [
      () => popup(page).getByRole('button', { name: 'Cancel' }).or(popup(page).getByRole('link', { name: 'Cancel' })).click(),
      () => page.keyboard.press('Escape'),
      () => page.goBack(),
    ];
    for (const way of leave) {
      const dialog = await choose(page, someone, entry);
      await expect(dialog).toContainText(title(someone.name));
      await expect(page).toHaveURL(new RegExp(`do=${code}`));
      await way();
      await expect(popup(page)).toBeHidden();
      await expect(page).not.toHaveURL(/do=/);
      await expect(more(page, someone)).toBeFocused();
    }
    await expect(message(page)).toBeHidden();
  });

  test(`${entry}: a direct link opens it, and Cancel leads to the list`, async ({ page, partner }) => {
    const someone = partner.take(code === 'reactivate' ? 'unpaid' : 'climber');
    const list = listOf(someone, code === 'reactivate' ? 'suspended' : 'active');
    await open(page, list);
    await choose(page, someone, entry);
    const address = page.url();
    await page.goto('about:blank');
    await open(page, address);
    await expect(popup(page)).toContainText(title(someone.name));
    await page.keyboard.press('Escape');
    await expect(popup(page)).toBeHidden();
    await expect(page).not.toHaveURL(/do=/);
    await expect(more(page, someone)).toBeVisible();
  });
}

test('a popup opens above the page as it is, however its address is written', async ({ page, partner }) => {
  const someone = partner.take('climber');
  const written = `/customers/all?utm=letter&q=${someone.name.replaceAll(' ', '%20')}&sort=name`;
  await open(page, written);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/').pop() ?? ''));
  await choose(page, someone, 'Change Plan');
  await expect(page).toHaveURL(/\?utm=letter&q=.*&sort=name&do=change&customer=/);
  await popup(page).getByRole('link', { name: 'Cancel' }).click();
  await expect(popup(page)).toBeHidden();
  await expect(page).toHaveURL(written);
  await change(page, someone, 'Business');
  await expect(page).toHaveURL(written);
  expect(asked).not.toContain('load_page');
});

test('a slip of the pointer beside a popup throws nothing away that was written', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Internal note').fill('Ticket 4711');
  await page.mouse.click(5, 5);
  await expect(dialog.getByLabel('Internal note')).toHaveValue('Ticket 4711');
  await dialog.getByLabel('Internal note').fill('');
  await page.mouse.click(5, 5);
  await expect(popup(page)).toBeHidden();
});

test('suspend with the keyboard alone', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  await more(page, someone).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'View' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Suspend Account' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(popup(page)).toBeVisible();
  await expect(popup(page).getByLabel('Reason')).toBeFocused();
  // Enter must not slip through: no reason has been chosen.
  await page.keyboard.press('Enter');
  await expect(popup(page)).toBeVisible();
  await page.keyboard.press('Escape');
  if (await popup(page).isVisible()) await page.keyboard.press('Escape'); // The first one closed the open list of reasons.
  await expect(popup(page)).toBeHidden();
  await choose(page, someone, 'Suspend Account');
  await page.keyboard.type('Payment');
  await expect(popup(page).getByLabel('Reason')).toHaveValue('payment_overdue');
  await popup(page).getByRole('button', { name: 'Yes, Suspend' }).focus();
  await page.keyboard.press('Enter');
  await expect(message(page)).toContainText('is suspended: Payment overdue');
  await expect(more(page, someone)).toBeFocused();
});

test('the menu: arrows, Home, End, Escape', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  await more(page, someone).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'View' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Change Plan' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.getByRole('menuitem', { name: 'View' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Suspend Account' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(more(page, someone)).toBeFocused();
});

test('what is not possible stays in the menu with its reason', async ({ page, partner }) => {
  const someone = partner.take('blocked');
  await open(page, listOf(someone, 'suspended'));
  await more(page, someone).click();
  const change = page.getByRole('menuitem', { name: 'Change Plan' });
  await expect(change).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('menu')).toContainText('Terms broken');
});

test('Suspend without a reason is refused inside the popup', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Internal note').fill('typed before the refusal');
  // As an older browser would, without its own check of the form.
  await dialog.locator('form').first().evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(dialog.getByRole('alert')).toContainText(/reason/i);
  await expect(dialog.getByLabel('Internal note')).toHaveValue('typed before the refusal');
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText('is suspended');
});

test('the reason fills in the message for the customer, until somebody types', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  const text = dialog.getByLabel('Message for the customer');
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await expect(text).not.toHaveValue('');
  await text.fill('Please call us.');
  await dialog.getByLabel('Reason').selectOption({ label: 'Security risk' });
  await expect(text).toHaveValue('Please call us.');
});
