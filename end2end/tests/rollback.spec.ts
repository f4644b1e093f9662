import { choose, entries, expect, listOf, message, open, pageOf, popup, row } from '../support/panel';
import type { Customer } from '../support/csv';
import { change } from '../support/deeds';
import type { Page } from '../support/noscript';
import { ways } from '../support/ways';

/** Rolls back to what is preselected, which is this plan. */
async function rollBack(page: Page, someone: Customer, plan: string, price: string): Promise<void> {
  const dialog = await choose(page, someone, 'Rollback Plan');
  await expect(dialog.getByRole('radio', { name: new RegExp(`^${plan}`) })).toBeChecked();
  await dialog.getByRole('button', { name: 'Yes, Rollback' }).click();
  await expect(message(page)).toContainText(`${someone.name} is back on ${plan} at ${price} per month.`);
}

/** Presses the button of the status message. */
async function press(page: Page, button: 'Undo' | 'Redo', sentence: string): Promise<void> {
  await message(page).getByRole('button', { name: button }).click();
  await expect(message(page)).toContainText(sentence);
}

for (const { way, test } of ways) {
  test.describe(way, () => {
    test('the exact earlier price comes back, shown beside today’s', async ({ page, partner }) => {
      const someone = partner.take('loyal');
      await open(page, listOf(someone));
      const dialog = await choose(page, someone, 'Rollback Plan');
      const pro = dialog.getByRole('radio', { name: /^Pro/ });
      await expect(pro).toBeChecked();
      await expect(pro).toHaveAccessibleName(/€45\.00 per month, its price then \(today €49\.00\)/);
      await expect(dialog.getByRole('radio', { name: /^Starter/ })).toHaveAccessibleName(
        /€15\.00 per month, its price then \(today €19\.00\).*was active until 2 February/,
      );
      const price = dialog.getByRole('row', { name: /^Price/ }).and(page.locator(':visible'));
      await expect(price).toHaveText(/€99\.00 per month.*€45\.00 per month/);
      await dialog.getByRole('button', { name: 'Yes, Rollback' }).click();
      await expect(message(page)).toContainText(`${someone.name} is back on Pro at €45.00 per month.`);
      await expect(row(page, someone)).toContainText('€45.00');
    });

    test('rolled back twice it walks further back; Undo and Redo walk forward', async ({ page, partner }) => {
      const someone = partner.take('loyal');
      await open(page, listOf(someone));
      await rollBack(page, someone, 'Pro', '€45.00');
      await rollBack(page, someone, 'Starter', '€15.00');
      await press(page, 'Undo', 'is back on Pro at €45.00 per month.');
      await press(page, 'Redo', 'is back on Starter at €15.00 per month.');
      await expect(row(page, someone)).toContainText('€15.00');
    });

    test('after the Undo of a second step back, the next one is that second step again', async ({ page, partner }) => {
      const someone = partner.take('loyal');
      await open(page, listOf(someone));
      await rollBack(page, someone, 'Pro', '€45.00');
      await rollBack(page, someone, 'Starter', '€15.00');
      await press(page, 'Undo', 'is back on Pro at €45.00 per month.');
      await rollBack(page, someone, 'Starter', '€15.00');
    });

    test('Roll back to this plan, from the timeline', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      for (const plan of ['Business', 'Moving']) await change(page, someone, plan);
      await open(page, pageOf(someone));
      // The one that stands now has nothing to go back to; the one before has.
      await expect(entries(page, 'changed the plan').nth(0).getByRole('link', { name: 'Roll back to this plan' })).toHaveCount(0);
      await entries(page, 'changed the plan').nth(1).getByRole('link', { name: 'Roll back to this plan' }).click();
      await expect(popup(page).getByRole('radio', { name: /^Business/ })).toBeChecked();
      await popup(page).getByRole('button', { name: 'Yes, Rollback' }).click();
      await expect(message(page)).toContainText(`${someone.name} is back on Business at €99.00 per month.`);
      await expect(entries(page, 'rolled the plan back')).toHaveCount(1);
    });
  });
}
