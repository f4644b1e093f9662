import { entries, expect, listOf, message, open, pageOf, popup, row } from '../support/panel';
import { change, suspend } from '../support/deeds';
import { ways } from '../support/ways';

for (const { way, test } of ways) {
  test.describe(way, () => {
    test('from the status message: a plan change, and forward again', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      await change(page, someone, 'Business');
      await message(page).getByRole('button', { name: 'Undo' }).click();
      await expect(message(page)).toContainText(`${someone.name} is back on Pro at €49.00 per month.`);
      await expect(row(page, someone)).toContainText('€49.00');
      await message(page).getByRole('button', { name: 'Redo' }).click();
      await expect(row(page, someone)).toContainText('€99.00');
      await expect(message(page)).toContainText('Business');
    });

    test('what a Redo offers is Undo again', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      await suspend(page, someone, 'Payment overdue');
      await message(page).getByRole('button', { name: 'Undo' }).click();
      await expect(message(page)).toContainText('is active again');
      await message(page).getByRole('button', { name: 'Redo' }).click();
      await expect(message(page)).toContainText('is suspended again');
      await expect(message(page).getByRole('button', { name: /do$/ })).toHaveText('Undo');
    });

    test('from the timeline, with its preview; and Redo from there', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      await change(page, someone, 'Business');
      await open(page, pageOf(someone));
      await entries(page, 'changed the plan').getByRole('link', { name: 'Undo' }).click();
      const dialog = popup(page);
      await expect(dialog.getByRole('heading')).toHaveText(`Undo “Change Plan” for ${someone.name}?`);
      await expect(dialog).toContainText(`Puts ${someone.name} back on Pro at €49.00 per month.`);
      await expect(dialog).toContainText(/Done by .*, (?:today|yesterday) \d\d:\d\d\./);
      await dialog.getByRole('button', { name: 'Yes, Undo' }).click();
      await expect(message(page)).toContainText(`${someone.name} is back on Pro at €49.00 per month.`);

      // What is done is done once: only the latest entry offers a way back.
      await expect(page.getByRole('main').getByRole('link', { name: /^(Undo|Redo)$/ })).toHaveCount(1);
      await entries(page, 'undid a plan change').getByRole('link', { name: /^(Undo|Redo)$/ }).click();
      await expect(popup(page).getByRole('heading')).toHaveText(`Redo “Change Plan” for ${someone.name}?`);
      await popup(page).getByRole('button', { name: 'Yes, Redo' }).click();
      await expect(page.getByRole('region', { name: /^Business/ })).toContainText('€99.00');
    });

    test('each aspect has its own way back', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone, 'all'));
      await change(page, someone, 'Business');
      await suspend(page, someone, 'Customer asked');
      await open(page, pageOf(someone));
      await entries(page, 'changed the plan').getByRole('link', { name: 'Undo' }).click();
      await popup(page).getByRole('button', { name: 'Yes, Undo' }).click();
      await expect(message(page)).toContainText('is back on Pro');
      await entries(page, 'suspended the account').getByRole('link', { name: 'Undo' }).click();
      await expect(popup(page)).toContainText('Lifts the suspension: Customer asked.');
      await popup(page).getByRole('button', { name: 'Yes, Undo' }).click();
      await expect(message(page)).toContainText('is active again');
    });

    for (const address of ['/activity', '/activity?kind=suspension_placed']) {
      test(`from ${address}, and back there`, async ({ page, partner }) => {
        const someone = partner.take('climber');
        await open(page, listOf(someone));
        await suspend(page, someone, 'Payment overdue');
        await open(page, address);
        await entries(page, someone.name).getByRole('link', { name: 'Undo' }).click();
        await expect(popup(page).getByRole('heading')).toHaveText(`Undo “Suspend Account” for ${someone.name}?`);
        await popup(page).getByRole('button', { name: 'Yes, Undo' }).click();
        await expect(message(page)).toContainText(`${someone.name} is active again.`);
        const here = new URL(page.url());
        expect(here.pathname + here.search).toBe(address);
        // The filtered page hides the entry of the Undo; the one that was undone offers nothing any more.
        await expect(entries(page, someone.name).filter({ hasText: 'suspended the account' }).getByRole('link', { name: 'Undo' })).toHaveCount(0);
      });
    }

    test('a superseded plan change says what stands in the way, and rolls back instead', async ({ page, partner, second }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      await change(page, someone, 'Business');
      const other = await second('manager');
      await open(other, listOf(someone));
      await change(other, someone, 'Moving');

      await message(page).getByRole('button', { name: 'Undo' }).click();
      const dialog = popup(page);
      await expect(dialog).toContainText(/Manager.* moved this customer from Business to Moving since .*, so this can no longer be undone\./);
      await expect(dialog.getByRole('button', { name: /^Yes/ })).toHaveCount(0);
      await expect(row(page, someone)).not.toContainText('Pro');
      await dialog.getByRole('link', { name: 'Roll back to Pro instead' }).click();
      await expect(dialog.getByRole('heading', { level: 2 })).toHaveText(`Roll back ${someone.name}'s plan?`);
      await expect(dialog.getByRole('radio', { name: /^Pro/ })).toBeChecked();
      await dialog.getByRole('button', { name: 'Yes, Rollback' }).click();
      await expect(message(page)).toContainText(`${someone.name} is back on Pro at €49.00 per month.`);
    });

    test('a superseded suspension says what stands in the way, and reactivates instead', async ({ page, partner, second }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone, 'all'));
      await suspend(page, someone, 'Payment overdue');
      const other = await second('manager');
      await open(other, listOf(someone, 'all'));
      await suspend(other, someone, 'Customer asked', 'Add Suspension');

      await message(page).getByRole('button', { name: 'Undo' }).click();
      const dialog = popup(page);
      await expect(dialog).toContainText(/Manager.* suspended this customer since .*: Customer asked\. So this can no longer be undone\./);
      await dialog.getByRole('link', { name: 'Reactivate Account instead' }).click();
      await dialog.getByRole('checkbox', { name: /Customer asked/ }).uncheck();
      await dialog.getByRole('button', { name: 'Yes, Lift', exact: true }).click();
      await expect(message(page)).toContainText(`${someone.name} stays suspended: Customer asked.`);
    });
  });
}
