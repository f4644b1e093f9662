import { choose, deaf, entries, expect, listOf, message, open, pageOf, popup, row } from '../support/panel';
import type { Customer } from '../support/csv';
import { change, suspend } from '../support/deeds';
import type { Page } from '../support/noscript';
import { ways } from '../support/ways';

/** Fills in Suspend Account and confirms it. */
async function confirmSuspension(page: Page, reason: string): Promise<void> {
  await popup(page).getByLabel('Reason').selectOption({ label: reason });
  await popup(page).getByRole('button', { name: 'Yes, Suspend' }).click();
}

/** What the log of a customer holds, read anew by somebody. */
async function logged(page: Page, someone: Customer, what: string): Promise<number> {
  await open(page, pageOf(someone));
  return entries(page, what).count();
}

for (const { way, test } of ways) {
  test.describe(way, () => {
    // Somebody who hears nothing of it in time: what is refused then is the last word.
    test.beforeEach(({ page }) => deaf(page));

    test('change and change: who was faster is told, the text kept, and one more click confirms', async ({ page, partner, second }) => {
      const someone = partner.take('climber');
      const other = await second('manager');
      await open(page, listOf(someone));
      await open(other, listOf(someone));
      const mine = await choose(page, someone, 'Change Plan');
      await mine.getByRole('radio', { name: /^Business/ }).check();
      await mine.getByLabel('Reason').selectOption({ label: 'Needs more' });
      await mine.getByLabel('Note').fill('agreed with the customer');

      await change(other, someone, 'Moving');

      await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(mine.getByRole('alert')).toContainText(
        /Meanwhile Manager.* moved this customer from Pro to Moving \(just now\)\. Nothing of yours was applied/,
      );
      expect(await logged(other, someone, 'changed the plan')).toBe(1);
      await expect(mine.getByRole('radio', { name: /^Business/ })).toBeChecked();
      await expect(mine.getByRole('definition')).toContainText('Moving ·');
      await expect(mine.getByLabel('Reason')).toHaveValue('needs_more');
      await expect(mine.getByLabel('Note')).toHaveValue('agreed with the customer');
      await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(message(page)).toContainText(`${someone.name} moved from Moving to Business`);
      expect(await logged(other, someone, 'changed the plan')).toBe(2);
    });

    test('change and rollback: the preview is the one of the new state', async ({ page, partner, second }) => {
      const someone = partner.take('climber');
      const other = await second('manager');
      await open(page, listOf(someone));
      await open(other, listOf(someone));
      const mine = await choose(page, someone, 'Change Plan');
      await mine.getByRole('radio', { name: /^Business/ }).check();
      const theirs = await choose(other, someone, 'Rollback Plan');
      await theirs.getByRole('checkbox').and(other.locator(':visible')).check();
      await theirs.getByRole('button', { name: 'Yes, Rollback' }).click();
      await expect(message(other)).toContainText('is back on Starter');

      await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(mine.getByRole('alert')).toContainText(/Manager.* moved this customer from Pro to Starter/);
      await expect(mine.getByRole('definition')).toContainText('Starter · €19.00 per month');
      await expect(mine.getByRole('radio', { name: /^Business/ })).toHaveAccessibleName(/\+€80\.00 per month/);
      await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(message(page)).toContainText(`${someone.name} moved from Starter to Business`);
    });

    test('suspend and suspend for another reason: the second becomes an added one', async ({ page, partner, second }) => {
      const someone = partner.take('climber');
      const other = await second('manager');
      await open(page, listOf(someone, 'all'));
      await open(other, listOf(someone, 'all'));
      const mine = await choose(page, someone, 'Suspend Account');
      await mine.getByLabel('Internal note').fill('called this morning');
      await mine.getByLabel('Message for the customer').fill('Back on Monday.');
      await suspend(other, someone, 'Payment overdue');

      await confirmSuspension(page, 'Customer asked');
      await expect(mine.getByRole('alert')).toContainText(/Meanwhile Manager.* suspended this customer \(just now\): Payment overdue\./);
      await expect(mine.getByRole('heading')).toHaveText(`Suspend ${someone.name} for another reason?`);
      await expect(mine.getByLabel('Reason')).toHaveValue('customer_asked');
      await expect(mine.getByLabel('Internal note')).toHaveValue('called this morning');
      await expect(mine.getByLabel('Message for the customer')).toHaveValue('Back on Monday.');
      expect(await logged(other, someone, 'suspended the account')).toBe(1);
      await mine.getByRole('button', { name: 'Yes, Suspend' }).click();
      await expect(row(page, someone)).toContainText('Payment overdue, Customer asked');
    });

    test('suspend and suspend for the same reason: it is not done twice', async ({ page, partner, second }) => {
      const someone = partner.take('climber');
      const other = await second('manager');
      await open(page, listOf(someone, 'all'));
      await open(other, listOf(someone, 'all'));
      const mine = await choose(page, someone, 'Suspend Account');
      await mine.getByLabel('Internal note').fill('second reminder');
      await suspend(other, someone, 'Payment overdue');

      await confirmSuspension(page, 'Payment overdue');
      await expect(mine.getByRole('alert')).toContainText(/Manager.* .*Payment overdue/);
      await expect(mine.getByRole('option', { name: /Payment overdue/ })).toBeDisabled();
      await expect(mine.getByLabel('Internal note')).toHaveValue('second reminder');
      // Whoever confirms once more without choosing another reason is told what to do, and nothing happens.
      await mine.getByRole('button', { name: 'Yes, Suspend' }).click();
      await expect(mine).toBeVisible();
      expect(await logged(other, someone, 'suspended the account')).toBe(1);
      await mine.getByRole('link', { name: 'Cancel' }).click();
      await expect(popup(page)).toBeHidden();
    });

    test('reactivate and reactivate: the second is told and has nothing left to do', async ({ page, partner, second }) => {
      const someone = partner.take('unpaid');
      const other = await second('manager');
      await open(page, listOf(someone, 'all'));
      await open(other, listOf(someone, 'all'));
      const mine = await choose(page, someone, 'Reactivate Account');
      const theirs = await choose(other, someone, 'Reactivate Account');
      await theirs.getByRole('button', { name: 'Yes, Reactivate' }).click();
      await expect(message(other)).toContainText('is active again');

      await mine.getByRole('button', { name: 'Yes, Reactivate' }).click();
      await expect(mine.getByRole('alert')).toContainText(/Meanwhile Manager.* lifted a suspension \(just now\)\./);
      await expect(mine.getByRole('button', { name: /^Yes/ })).toHaveCount(0);
      await mine.getByRole('link', { name: 'Close' }).click();
      await expect(popup(page)).toBeHidden();
      expect(await logged(other, someone, 'lifted a suspension')).toBe(1);
    });

    test('reactivate and lift: what is left is shown, and the second click lifts it', async ({ page, partner, second }) => {
      const someone = partner.take('unpaid');
      const other = await second('manager');
      await open(other, listOf(someone, 'all'));
      await suspend(other, someone, 'Customer asked', 'Add Suspension');
      await open(page, listOf(someone, 'all'));
      const mine = await choose(page, someone, 'Reactivate Account');
      await mine.getByLabel('Note').fill('both are settled');
      const theirs = await choose(other, someone, 'Reactivate Account');
      await theirs.getByRole('checkbox', { name: /Customer asked/ }).uncheck();
      await theirs.getByRole('button', { name: 'Yes, Lift', exact: true }).click();
      await expect(message(other)).toContainText('stays suspended: Customer asked');

      await mine.getByRole('button', { name: 'Yes, Reactivate', exact: true }).click();
      await expect(mine.getByRole('alert')).toContainText(/Meanwhile Manager.* lifted a suspension/);
      await expect(mine).toContainText(/Suspended for .* by Manager.*: Customer asked\./);
      await expect(mine).not.toContainText('Payment overdue');
      await expect(mine.getByLabel('Note')).toHaveValue('both are settled');
      await mine.getByRole('button', { name: 'Yes, Reactivate', exact: true }).click();
      await expect(message(page)).toContainText(`${someone.name} is active again.`);
    });

    test('different aspects: both succeed, and see each other', async ({ page, partner, second }) => {
      const someone = partner.take('climber');
      const other = await second('agent');
      await open(page, listOf(someone, 'all'));
      await open(other, listOf(someone, 'all'));
      const mine = await choose(page, someone, 'Change Plan');
      await mine.getByRole('radio', { name: /^Business/ }).check();
      await suspend(other, someone, 'Payment overdue');
      await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(message(page)).toContainText('moved from Pro to Business');
      for (const browser of [page, other]) {
        await open(browser, listOf(someone, 'suspended'));
        await expect(row(browser, someone)).toContainText('Business');
        await expect(row(browser, someone)).toContainText('Payment overdue');
      }
    });

    test('the plan is edited meanwhile: nobody confirms a price that they did not see', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      const dialog = await choose(page, someone, 'Change Plan');
      const card = dialog.getByRole('radio', { name: /^Moving/ });
      const shown = (await card.locator('..').locator('.card-price').innerText()).match(/€(\d+)\.00/);
      const next = Number(shown?.[1]) + 1;
      await card.check();
      await dialog.getByLabel('Note').fill('as on the phone');
      partner.setPrice('moving', `${next}.00`);

      await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(dialog.getByRole('alert')).toContainText('Moving was changed since this popup was opened. Nothing was applied');
      await expect(card).toBeChecked();
      await expect(card).toHaveAccessibleName(new RegExp(`€${next}\\.00 per month.*\\+€${next - 49}\\.00`));
      await expect(dialog.getByLabel('Note')).toHaveValue('as on the phone');
      await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(message(page)).toContainText(`${someone.name} moved from Pro to Moving`);
      await expect(row(page, someone)).toContainText(`€${next}.00`);
    });

    test('usage grows meanwhile: what was ticked is asked again', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      const dialog = await choose(page, someone, 'Change Plan');
      await dialog.getByRole('radio', { name: /^Starter/ }).check();
      const tick = dialog.getByRole('checkbox').and(page.locator(':visible'));
      await expect(tick).toHaveAccessibleName(/Seats: 12 used, 5 allowed, 7 over/);
      await tick.check();
      partner.reportSeats(someone, 15);

      await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(dialog.getByRole('alert')).toContainText('Seats: 15 used, 5 allowed, 10 over');
      await expect(dialog.getByRole('radio', { name: /^Starter/ })).toBeChecked();
      await expect(tick).toHaveAccessibleName(/Seats: 15 used, 5 allowed, 10 over/);
      await expect(tick).not.toBeChecked();
      await tick.check();
      await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(message(page)).toContainText(`${someone.name} moved from Pro to Starter`);
    });
  });
}
