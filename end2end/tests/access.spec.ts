import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { choose, expect, listOf, more, open, test } from '../support/panel';

async function clean(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${what}, ${colorScheme}: ${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`),
    ).toEqual([]);
  }
}

for (const width of [1280, 320]) {
  test.describe(`axe at ${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    for (const address of ['/customers/active', '/customers/suspended', '/customers/all', '/activity', '/customers/active?q=nobody+at+all', '/nowhere']) {
      test(address, async ({ page }) => {
        await page.goto(address);
        await clean(page, address);
      });
    }

    test('a customer', async ({ page, partner }) => {
      await open(page, `/customers/by-external-id/${partner.take('climber').externalId}`);
      await clean(page, 'customer');
    });

    test('the menu', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      await more(page, someone).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await clean(page, 'menu');
    });

    for (const [entry, list, kind] of [
      ['Change Plan', 'active', 'climber'],
      ['Rollback Plan', 'active', 'climber'],
      ['Suspend Account', 'active', 'climber'],
      ['Reactivate Account', 'suspended', 'unpaid'],
    ] as const) {
      test(entry, async ({ page, partner }) => {
        const someone = partner.take(kind);
        await open(page, listOf(someone, list));
        await choose(page, someone, entry);
        await clean(page, entry);
      });
    }
  });
}

test.describe('signed out', () => {
  test.use({ role: null });
  test('sign in', async ({ page }) => {
    await page.goto('/sign-in');
    await clean(page, 'sign-in');
  });
});
