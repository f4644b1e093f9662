import { choose, deaf, entries, entryOf, expect, listOf, message, more, open, pageOf, popup, row } from '../support/panel';
import { suspend, suspendTwice } from '../support/deeds';
import { ways } from '../support/ways';

for (const { way, test } of ways) {
  test.describe(way, () => {
    test('a second suspension is added, and both stand on the page', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone, 'all'));
      await suspend(page, someone, 'Payment overdue');
      const dialog = await choose(page, someone, 'Add Suspension');
      await expect(dialog.getByRole('heading')).toHaveText(`Suspend ${someone.name} for another reason?`);
      await expect(dialog).toContainText(/Suspended already: Payment overdue, since (?:today|yesterday)/);
      await expect(dialog).toContainText('stays closed until every suspension is lifted');
      const taken = dialog.getByRole('option', { name: /Payment overdue/ });
      await expect(taken).toBeDisabled();
      await expect(taken).toHaveText('Payment overdue – in force already');
      await dialog.getByLabel('Reason').selectOption({ label: 'Terms broken' });
      await dialog.getByLabel('Internal note').fill('Report 77, sent spam');
      await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
      await expect(message(page)).toContainText(`${someone.name} is suspended: Terms broken`);
      await expect(row(page, someone)).toContainText('Payment overdue, Terms broken');
      await open(page, pageOf(someone));
      for (const reason of ['Payment overdue', 'Terms broken']) {
        await expect(page.getByRole('region', { name: reason })).toContainText('Suspended for 1 minute by');
      }
      await expect(page.getByRole('region', { name: 'Terms broken' })).toContainText('Report 77, sent spam');
    });

    test('the ticks say at once what will remain, and exactly those ticked are lifted', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await suspendTwice(page, someone);
      const dialog = await choose(page, someone, 'Reactivate Account');
      const title = dialog.getByRole('heading');
      const afterwards = dialog.getByRole('definition');
      const billing = dialog.getByRole('checkbox', { name: /Payment overdue/ });
      const terms = dialog.getByRole('checkbox', { name: /Terms broken/ });
      const lift = dialog.getByRole('button', { name: 'Yes, Lift', exact: true });
      const reactivate = dialog.getByRole('button', { name: 'Yes, Reactivate', exact: true });
      const shown = () => afterwards.and(page.locator(':visible')).allInnerTexts();

      await expect(billing).toBeChecked();
      await expect(terms).toBeChecked();
      await expect(title).toHaveText(`Reactivate ${someone.name}?`, { useInnerText: true });
      await expect(reactivate).toBeVisible();
      expect(await shown()).toEqual(['Active on Pro, €49.00 per month; 12 of 20 Seats used. Access returns now.']);

      await terms.uncheck();
      await expect(title).toHaveText(`Lift a suspension of ${someone.name}?`, { useInnerText: true });
      await expect(lift).toBeVisible();
      await expect(reactivate).toHaveCount(0);
      expect(await shown()).toEqual(['Stays suspended: Terms broken']);

      await billing.uncheck();
      expect(await shown()).toEqual(['Stays suspended: Payment overdue', 'Stays suspended: Terms broken']);
      await lift.click();
      await expect(dialog.getByRole('alert')).toContainText('Choose what to lift.');

      await billing.check();
      await terms.uncheck();
      await lift.click();
      await expect(message(page)).toContainText(`${someone.name} stays suspended: Terms broken.`);
      await expect(row(page, someone)).not.toContainText('Payment overdue');
      await open(page, pageOf(someone));
      await expect(page.getByRole('region', { name: 'Terms broken' })).toBeVisible();
      await expect(page.getByRole('region', { name: 'Payment overdue' })).toHaveCount(0);
      await expect(entries(page, 'lifted a suspension')).toHaveCount(1);
    });

    test('who ticks nothing is asked, and nothing is ticked for them', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await suspendTwice(page, someone);
      const dialog = await choose(page, someone, 'Reactivate Account');
      const ticks = [dialog.getByRole('checkbox', { name: /Payment overdue/ }), dialog.getByRole('checkbox', { name: /Terms broken/ })];
      for (const tick of ticks) await tick.uncheck();
      await dialog.getByRole('button', { name: 'Yes, Lift', exact: true }).click();
      await expect(dialog.getByRole('alert')).toContainText('Choose what to lift.');
      for (const tick of ticks) await expect(tick).not.toBeChecked();
    });

    test('a refused lift keeps its ticks, its reason and its note', async ({ page, partner, second }) => {
      const someone = partner.take('climber');
      await deaf(page);
      await suspendTwice(page, someone);
      const dialog = await choose(page, someone, 'Reactivate Account');
      await dialog.getByRole('checkbox', { name: /Terms broken/ }).uncheck();
      await dialog.getByLabel('Reason').selectOption({ label: 'Paid' });
      await dialog.getByLabel('Note').fill('bank statement of today');
      const other = await second('manager');
      await open(other, listOf(someone, 'suspended'));
      await suspend(other, someone, 'Customer asked', 'Add Suspension');

      await dialog.getByRole('button', { name: 'Yes, Lift', exact: true }).click();
      await expect(dialog.getByRole('alert')).toContainText(/Meanwhile Manager.* suspended this customer .*: Customer asked\./);
      await expect(dialog.getByRole('checkbox', { name: /Payment overdue/ })).toBeChecked();
      await expect(dialog.getByRole('checkbox', { name: /Terms broken/ })).not.toBeChecked();
      await expect(dialog.getByRole('checkbox', { name: /Customer asked/ })).not.toBeChecked();
      await expect(dialog.getByLabel('Reason')).toHaveValue('paid');
      await expect(dialog.getByLabel('Note')).toHaveValue('bank statement of today');
      await dialog.getByRole('button', { name: 'Yes, Lift', exact: true }).click();
      await expect(message(page)).toContainText('stays suspended: Terms broken, Customer asked.');
    });

    test('suspended for every kind of reason, nothing can be added', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await suspendTwice(page, someone);
      await suspend(page, someone, 'Customer asked', 'Add Suspension');
      await more(page, someone).click();
      await expect(entryOf(page, someone, 'Add Suspension')).toContainText('Suspended for every kind of reason already.');
      await expect(entryOf(page, someone, 'Add Suspension')).not.toHaveAttribute('href');
    });

    test.describe('an agent', () => {
      test.use({ role: 'agent' });

      test('sees the tick of broken terms disabled, with its reason, and lifts the other', async ({ page, partner }) => {
        const someone = partner.take('climber');
        await suspendTwice(page, someone);
        const dialog = await choose(page, someone, 'Reactivate Account');
        const terms = dialog.getByRole('checkbox', { name: /Terms broken/ });
        await expect(terms).toBeDisabled();
        await expect(terms).not.toBeChecked();
        await expect(dialog).toContainText('Your role, Agent, may not lift suspensions that protect law, terms or safety.');
        await expect(dialog.getByRole('heading')).toHaveText(`Lift a suspension of ${someone.name}?`, { useInnerText: true });
        await dialog.getByRole('button', { name: 'Yes, Lift', exact: true }).click();
        await expect(message(page)).toContainText('stays suspended: Terms broken.');
        await expect(popup(page)).toBeHidden();
      });
    });
  });
}

const [{ test: hydrated }] = ways;

hydrated('when the answer is no answer, the button still says what it would do', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await suspendTwice(page, someone);
  const dialog = await choose(page, someone, 'Reactivate Account');
  await dialog.getByRole('checkbox', { name: /Terms broken/ }).uncheck();
  await page.route('**/_/**', (route) => route.fulfill({ status: 410, body: '' }));
  await dialog.getByRole('button', { name: 'Yes, Lift', exact: true }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Yes, Lift', exact: true })).toBeVisible();
  await page.unroute('**/_/**');
  await dialog.getByRole('button', { name: 'Yes, Lift', exact: true }).click();
  await expect(message(page)).toContainText('stays suspended: Terms broken.');
});
