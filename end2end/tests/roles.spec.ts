import { choose, expect, listOf, more, open, popup, test } from '../support/panel';

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('sees everything and is told why nothing can be changed', async ({ page, partner }) => {
    const someone = partner.take('climber');
    await open(page, listOf(someone));
    await more(page, someone).click();
    for (const entry of ['Change Plan', 'Rollback Plan', 'Suspend Account']) {
      await expect(page.getByRole('menuitem', { name: entry })).toHaveAttribute('aria-disabled', 'true');
    }
    await page.keyboard.press('Escape');
    const answer = await page.goto(`${listOf(someone)}&do=suspend&customer=whoever`);
    expect([403, 404]).toContain(answer?.status());
  });
});

test.describe('an agent', () => {
  test.use({ role: 'agent' });

  test('may not lift a suspension for broken terms', async ({ page, partner }) => {
    const someone = partner.take('blocked');
    await open(page, listOf(someone, 'suspended'));
    await more(page, someone).click();
    await expect(page.getByRole('menuitem', { name: 'Reactivate Account' })).toHaveAttribute('aria-disabled', 'true');
    await expect(popup(page)).toBeHidden();
  });

  test('may suspend and reactivate for money', async ({ page, partner }) => {
    const someone = partner.take('unpaid');
    await open(page, listOf(someone, 'suspended'));
    const dialog = await choose(page, someone, 'Reactivate Account');
    await dialog.getByRole('button', { name: 'Yes, Reactivate' }).click();
    await expect(popup(page)).toBeHidden();
  });
});
