/** Rows stay where they are in longer languages and from right to left as well. */

import { change, reactivate, suspend } from '../support/deeds';
import { type Language, test } from '../support/languages';
import { cut } from '../support/layout';
import { expect, listOf, open, row } from '../support/panel';
import { among, ends, message, stands } from '../support/rows';

for (const language of ['en-XA', 'ar-XB'] as Language[]) {
  for (const width of [1440, 800, 360]) {
    test.describe(`${language}, ${width} px`, () => {
      test.use({ language, viewport: { width, height: 900 } });

      test('no row grows or shrinks, whatever is done to a customer', async ({ page, partner, second }) => {
        const someone = partner.take('climber');
        const other = await second('manager');
        await open(other, listOf(someone, 'all'));
        await open(page, among(someone, 'all'));
        const before = await ends(page);
        expect(before.length).toBeGreaterThan(5);
        await stands(page, someone, before, () => suspend(other, someone, 'Payment overdue'));
        await stands(page, someone, before, () => suspend(other, someone, 'Fraud or chargeback', 'Add Suspension', message));
        await stands(page, someone, before, () => reactivate(other, someone));
        await stands(page, someone, before, () => change(other, someone, 'Business'));
        await stands(page, someone, before, async () => partner.reportSeats(someone, 19));
      });

      test('no row of Suspended Customers grows when there is one more reason, and a way to undo it', async ({ page, partner, second }) => {
        const someone = partner.take('climber');
        const other = await second('manager');
        await open(other, listOf(someone, 'all'));
        await suspend(other, someone, 'Payment overdue', 'Suspend Account', message);
        await open(page, `/customers/suspended?q=${someone.name.split(' ')[0]}&size=50`);
        await row(page, someone).scrollIntoViewIfNeeded();
        const before = await ends(page);
        await stands(page, someone, before, () => suspend(other, someone, 'Security risk', 'Add Suspension', message));
        await stands(page, someone, before, () => reactivate(other, someone));
        await stands(page, someone, before, () => suspend(other, someone, 'Terms broken', 'Suspend Account', message));
        if (width > 360) expect(await cut(page)).toEqual([]);
        await row(page, someone).locator('a.undo').click();
        await expect(page.getByRole('dialog')).toBeVisible();
      });
    });
  }
}
