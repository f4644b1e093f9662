import { choose, expect, listOf, message, open, popup, row } from '../support/panel';
import { suspend } from '../support/deeds';
import type { Customer } from '../support/csv';
import type { Page } from '../support/noscript';
import { ways } from '../support/ways';

const today = '/customers/suspended?since=day';

/** Suspends a customer with a message of its own. */
async function suspendTelling(page: Page, someone: Customer, told: string): Promise<void> {
  await open(page, listOf(someone));
  await suspend(page, someone, 'Terms broken', 'Suspend Account', told);
}

for (const { way, test } of ways) {
  test.describe(way, () => {
    test('who was suspended in the last 24 hours is one look away', async ({ page, partner }) => {
      const someone = partner.take('climber');
      const long = partner.take('unpaid');
      await suspendTelling(page, someone, 'Please call our abuse desk.');
      await open(page, '/customers/suspended');
      const line = page.getByRole('paragraph').filter({ hasText: /\d+ customers? (was|were) suspended in the last 24 hours\./ });
      await line.getByRole('link').click();
      await expect(page).toHaveURL(/\/customers\/suspended\?since=day$/);
      await expect(row(page, someone)).toContainText('Terms broken');
      await expect(row(page, someone)).toContainText('Please call our abuse desk.');
      await expect(row(page, someone)).toContainText(/just now|minutes? ago/);
      await expect(row(page, someone)).toContainText(/by .*owner/i);
      await expect(row(page, long)).toHaveCount(0);
      await page.getByRole('list', { name: 'Active filters' }).getByRole('link', { name: /In the last 24 hours/ }).click();
      await expect(page).toHaveURL(/\/customers\/suspended$/);
    });

    test('Undo from the row, with its preview', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await suspendTelling(page, someone, 'Wrong one.');
      await open(page, `${today}&q=${encodeURIComponent(someone.name)}`);
      await row(page, someone).getByRole('link', { name: 'Undo' }).click();
      await expect(popup(page).getByRole('heading')).toHaveText(`Undo “Suspend Account” for ${someone.name}?`);
      await expect(popup(page)).toContainText('Lifts the suspension: Terms broken.');
      await popup(page).getByRole('button', { name: 'Yes, Undo' }).click();
      await expect(message(page)).toContainText(`${someone.name} is active again.`);
      await open(page, `${today}&q=${encodeURIComponent(someone.name)}`);
      await expect(row(page, someone)).toHaveCount(0);
    });

    test('a row keeps its message and its Undo when more is done from it', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await suspendTelling(page, someone, 'Write to our desk.');
      await open(page, `${today}&q=${encodeURIComponent(someone.name)}`);
      const dialog = await choose(page, someone, 'Add Suspension');
      await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
      await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
      await expect(row(page, someone)).toContainText('Terms broken, Payment overdue');
      await expect(row(page, someone)).toContainText('Write to our desk.');
      await expect(row(page, someone).getByRole('link', { name: 'Undo' })).toBeVisible();
    });

    test('a row of long ago has no Undo', async ({ page, partner }) => {
      const long = partner.take('unpaid');
      await open(page, listOf(long, 'suspended'));
      await expect(row(page, long)).toBeVisible();
      await expect(row(page, long).getByRole('link', { name: 'Undo' })).toHaveCount(0);
    });
  });
}

const [{ test: hydrated }] = ways;

hydrated('the filter by time finds who was just suspended', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone, 'suspended'));
  await expect(row(page, someone)).toHaveCount(0);
  await suspendTelling(page, someone, 'Until Monday.');
  await open(page, '/customers/suspended');
  await page.getByRole('combobox', { name: 'Suspended' }).selectOption({ label: 'In the last 24 hours' });
  await expect(page).toHaveURL(/since=day/);
  await expect(row(page, someone).getByRole('link', { name: 'Undo' })).toBeVisible();
});

hydrated.describe('a viewer', () => {
  hydrated.use({ role: 'viewer' });

  hydrated('reads the message and the author, and has no Undo', async ({ page, partner, second }) => {
    const someone = partner.take('climber');
    await suspendTelling(await second('owner'), someone, 'Please write to us.');
    await open(page, `${today}&q=${encodeURIComponent(someone.name)}`);
    await expect(row(page, someone)).toContainText('Please write to us.');
    await expect(row(page, someone).getByRole('link', { name: 'Undo' })).toHaveCount(0);
  });
});
