/** What begins and ends by the clock is seen as what somebody does: the panel's own time is the day of the test. */

import { command, entries, expect, listOf, choose, message, open, pageOf, row, test } from '../support/panel';

/** The next full minute that is at least this far away, as a field for date and time says it in a partner's zone. */
function minute(atLeast: number): string {
  const at = new Date(Math.ceil((Date.now() + atLeast) / 60_000) * 60_000);
  const parts = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Berlin' });
  return parts.format(at).replace(' ', 'T');
}

/** So long a minute may be away, and what it brings may take. */
const patience = 120_000;

test('a suspension begins at its time and another ends, in every open panel', async ({ page, partner, second }) => {
  test.setTimeout(2 * patience);
  const [begins, ends] = [partner.take('climber'), partner.take('climber')];
  const [log, own] = [await second('viewer'), await second('agent')];
  const soon = minute(25_000);
  await open(page, listOf(begins, 'all'));
  const dialog = await choose(page, begins, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  const from = dialog.getByRole('group', { name: 'From' });
  await from.getByRole('radio', { name: 'A date and time' }).check();
  await from.getByLabel(/^Date and time/).fill(soon);
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText(`${begins.name} will be suspended from`);
  await open(own, pageOf(ends));
  command('suspend', '--partner', partner.name, ends.externalId, '--message', 'Until then.', '--until', soon);
  await expect(own.getByRole('main')).toContainText('Suspended for');
  await expect(row(page, begins)).toContainText('Active');
  await open(log, '/activity');

  await expect(row(page, begins)).toContainText('Suspended', { timeout: patience });
  await expect(row(page, begins)).toContainText('Payment overdue');
  await expect(own.getByRole('main')).not.toContainText('Suspended for', { timeout: patience });
  await expect(own.getByRole('link', { name: 'Suspend Account' })).toBeVisible();
  await log.getByRole('button', { name: /Show$/ }).click();
  await expect(entries(log, begins.name).first()).toContainText('began');
  await expect(entries(log, ends.name).first()).toContainText('ended');
});
