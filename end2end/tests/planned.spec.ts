import { choose, entries, expect, listOf, message, open, pageOf, popup, row } from '../support/panel';
import { planSuspension, suspend } from '../support/deeds';
import { ways } from '../support/ways';

for (const { way, test } of ways) {
  test.describe(way, () => {
    test('a suspension is planned, called off, and that undone', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await planSuspension(page, someone);
      await expect(row(page, someone)).toBeVisible();
      await open(page, pageOf(someone));
      const card = page.getByRole('region', { name: 'Payment overdue' });
      await expect(page.getByRole('main').locator('.customer-state')).toHaveText('Active');
      await expect(card).toContainText(/Planned by .* · from 4 March 2031, 09:30/);
      await expect(entries(page, 'planned a suspension')).toContainText('From 4 March 2031, 09:30');

      await card.getByRole('link', { name: 'Call off' }).click();
      const dialog = popup(page);
      await expect(dialog.getByRole('heading')).toHaveText(`Call off the planned suspension of ${someone.name}?`);
      await expect(dialog).toContainText('Access stays open.');
      await expect(dialog).toContainText('Active on Pro, €49.00 per month');
      await dialog.getByRole('button', { name: 'Yes, Call Off' }).click();
      await expect(message(page)).toContainText(`The planned suspension of ${someone.name} is called off.`);
      await expect(card).toHaveCount(0);

      await message(page).getByRole('button', { name: 'Undo' }).click();
      await expect(message(page)).toContainText(`${someone.name} will be suspended from 4 March 2031, 09:30: Payment overdue.`);
      await expect(card).toBeVisible();
      await message(page).getByRole('button', { name: 'Redo' }).click();
      await expect(message(page)).toContainText('is called off.');
      await expect(card).toHaveCount(0);
    });

    test('one that is planned stays while another begins at once, and Reactivate leaves it', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await planSuspension(page, someone);
      await open(page, listOf(someone, 'all'));
      const dialog = await choose(page, someone, 'Suspend Account');
      await expect(dialog.getByRole('heading')).toHaveText(`Suspend ${someone.name}?`);
      await expect(dialog).toContainText('Planned already: Payment overdue, from 4 March 2031, 09:30 by');
      await dialog.getByLabel('Reason').selectOption({ label: 'Customer asked' });
      await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
      await expect(message(page)).toContainText(`${someone.name} is suspended: Customer asked.`);

      const again = await choose(page, someone, 'Reactivate Account');
      await expect(again.getByRole('checkbox', { name: /Planned from 4 March 2031, 09:30/ })).not.toBeChecked();
      await expect(again.getByRole('heading')).toHaveText(`Reactivate ${someone.name}?`, { useInnerText: true });
      await expect(again.getByRole('definition').and(page.locator(':visible'))).toHaveText([
        'Active on Pro, €49.00 per month; 12 of 20 Seats used. Access returns now.',
        'Will be suspended from 4 March 2031, 09:30: Payment overdue',
      ]);
      await again.getByRole('button', { name: 'Yes, Reactivate', exact: true }).click();
      await expect(message(page)).toContainText(`${someone.name} is active again.`);
      await open(page, pageOf(someone));
      await expect(page.getByRole('region', { name: 'Payment overdue' })).toContainText('Planned by');
    });

    test('Call off means the planned one, whatever else is in force', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await planSuspension(page, someone);
      await suspend(page, someone, 'Customer asked');
      await open(page, pageOf(someone));
      await page.getByRole('region', { name: 'Payment overdue' }).getByRole('link', { name: 'Call off' }).click();
      const dialog = popup(page);
      await expect(dialog.getByRole('checkbox', { name: /Planned from 4 March 2031/ })).toBeChecked();
      await expect(dialog.getByRole('checkbox', { name: /Customer asked/ })).not.toBeChecked();
    });

    test('what follows from a suspension that begins later is not said to begin now', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      const dialog = await choose(page, someone, 'Suspend Account');
      // Whether a product is connected is another test’s doing.
      const now = dialog.getByText(/nothing refuses .* yet\.|Loses access to/);
      await expect(now).toBeVisible();
      await dialog.getByRole('group', { name: 'From' }).getByRole('radio', { name: 'A date and time' }).check();
      await expect(now).toBeHidden();
    });

    test('a start that is over is refused at its field, and what was typed is kept', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      const dialog = await choose(page, someone, 'Suspend Account');
      await dialog.getByLabel('Reason').selectOption({ label: 'Customer asked' });
      await dialog.getByLabel('Internal note').fill('wants a break');
      const from = dialog.getByRole('group', { name: 'From' });
      await from.getByRole('radio', { name: 'A date and time' }).check();
      await from.getByLabel(/^Date and time/).fill('2020-01-02T03:04');
      await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
      await expect(from.getByRole('alert')).toHaveText('This moment is over already. Choose a later one, or “Now”.');
      await expect(from.getByLabel(/^Date and time/)).toHaveValue('2020-01-02T03:04');
      await expect(dialog.getByLabel('Internal note')).toHaveValue('wants a break');
      await from.getByRole('radio', { name: 'Now' }).check();
      await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
      await expect(message(page)).toContainText(`${someone.name} is suspended: Customer asked.`);
    });
  });
}
