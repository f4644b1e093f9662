import { expect, makePartner, test } from '../support/panel';

test('an empty partner is told how customers get in', async ({ browser }) => {
  const partner = await makePartner(`Empty ${Date.now()}`, process.env.PANEL_ORIGIN ?? '', 'nobody');
  const context = await browser.newContext({ storageState: partner.sessions.owner });
  const page = await context.newPage();
  await page.goto('/customers/active');
  await expect(page.getByRole('main')).toContainText('partner-panel import');
  await context.close();
});
