import { choose, expect, listOf, message, open, popup, row, test } from '../support/panel';

test('a colleague was faster: the popup says who, keeps the text, and one click confirms', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone));
  await open(other, listOf(someone));

  const mine = await choose(page, someone, 'Change Plan');
  await mine.getByRole('radio', { name: /Business/ }).check();
  await mine.getByLabel('Note').fill('agreed with the customer');

  const theirs = await choose(other, someone, 'Rollback Plan');
  await theirs.getByRole('checkbox').and(other.locator(':visible')).check();
  await theirs.getByRole('button', { name: 'Yes, Rollback' }).click();
  await expect(message(other)).toContainText('is back on Starter');

  await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(mine.getByRole('alert')).toContainText(/manager/i);
  await expect(mine).toContainText('Starter');
  await expect(mine.getByLabel('Note')).toHaveValue('agreed with the customer');
  await expect(mine.getByRole('radio', { name: /Business/ })).toBeChecked();
  await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText(`${someone.name} moved from Starter to Business`);
});

test('a suspension and a plan change at once both succeed', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('agent');
  await open(page, listOf(someone));
  await open(other, listOf(someone));
  const mine = await choose(page, someone, 'Change Plan');
  await mine.getByRole('radio', { name: /Business/ }).check();
  const theirs = await choose(other, someone, 'Suspend Account');
  await theirs.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await theirs.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(other)).toContainText('is suspended');
  await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText('moved from Pro to Business');
  await open(page, listOf(someone, 'suspended'));
  await expect(row(page, someone)).toContainText('Business');
  await expect(row(page, someone)).toContainText('Payment overdue');
  await expect(popup(page)).toBeHidden();
});
