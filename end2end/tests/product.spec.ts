/** The panel and the product that a customer uses, side by side. */

import type { Page } from '@playwright/test';
import { clean } from '../support/axe';
import type { Customer } from '../support/csv';
import { suspend } from '../support/deeds';
import { choose, expect, listOf, message, open, pageOf, popup, test as panel, watch } from '../support/panel';
import { type Product, product } from '../support/product';

const test = panel.extend<{ desk: Page }, { sample: Product }>({
  sample: [
    async ({ partner }, use) => {
      const started = await product(partner);
      await use(started);
      await started.stop();
    },
    { scope: 'worker' },
  ],
  // The customer's own browser: nobody there has anything to do with the panel.
  desk: async ({ browser, viewport }, use) => {
    const context = await browser.newContext({ viewport, storageState: { cookies: [], origins: [] } });
    const page = await context.newPage();
    const seen: string[] = [];
    watch(page, seen);
    await use(page);
    await context.close();
    expect(seen).toEqual([]);
  },
});

async function signIn(desk: Page, sample: Product, someone: Customer): Promise<void> {
  await desk.goto(sample.origin);
  await desk.getByLabel('Any other customer, by external ID').fill(someone.externalId);
  await desk.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(desk.getByRole('heading', { name: 'Your bots are at work' })).toBeVisible();
}

for (const [form, viewport] of [
  ['on a desk', { width: 1280, height: 800 }],
  ['on a phone', { width: 360, height: 740 }],
] as const) {
  test.describe(form, () => {
    test.use({ viewport });
    // The suspended page looks every ten seconds whether access is back.
    test.slow();

    test('suspended in the panel, the product turns into the partner’s page, and back', async ({ page, desk, partner, sample }) => {
      const someone = partner.take('climber');
      await signIn(desk, sample, someone);
      await expect(desk.getByRole('definition').first()).toHaveText('pro');
      await open(page, listOf(someone, 'all'));
      await suspend(page, someone, 'Payment overdue');
      // By itself: nobody touches the customer's browser.
      await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Your account is suspended');
      await expect(desk.getByRole('main')).toContainText(partner.name);
      await expect(desk.getByRole('main')).toContainText('Your data is safe');
      await clean(desk, 'the suspended page');
      await desk.goto(`${sample.origin}/billing`);
      await expect(desk.getByRole('heading', { name: 'Billing' })).toBeVisible();
      await desk.getByRole('link', { name: 'Back to work' }).click();
      await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Your account is suspended');

      await message(page).getByRole('button', { name: 'Undo' }).click();
      await expect(message(page)).toContainText('is active again');
      await expect(desk.getByRole('heading', { name: 'Your bots are at work' })).toBeVisible({ timeout: 30_000 });
      expect(new URL(desk.url()).pathname).toBe('/desk');
    });
  });
}

test('an open page shows by itself when the product learned of it, and how often somebody tried', async ({ page, desk, partner, sample, second }) => {
  test.slow();
  const someone = partner.take('climber');
  const own = await second('agent');
  await open(own, pageOf(someone));
  await signIn(desk, sample, someone);
  await open(page, listOf(someone, 'all'));
  const dialog = await choose(page, someone, 'Suspend Account');
  await expect(dialog).toContainText('Loses access to');
  await dialog.getByLabel('Reason').selectOption({ label: 'Terms broken' });
  await popup(page).getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Your account is suspended');
  const proof = /^Enforced by your product (just now|\d+ seconds? ago|.* minutes? ago)\.$/;
  await expect(own.getByRole('listitem').filter({ hasText: proof })).toBeVisible();
  await expect(own.getByRole('listitem').filter({ hasText: /^Tried (once|\d+ times) while suspended, last / })).toBeVisible();
  await expect(own.getByRole('listitem').filter({ hasText: 'suspended the account' })).toContainText(/Enforced by your product .* later\./);
  await expect(own.locator('#told')).toHaveText(proof);
  await clean(own, 'the page of a customer that was turned away');
  // Visits at the gate are no events: an open page asks for them every now and then.
  const tried = own.getByRole('listitem').filter({ hasText: /^Tried / });
  const before = await tried.innerText();
  await desk.reload();
  await expect(tried).not.toHaveText(before, { timeout: 40_000 });
  await expect(tried).toHaveText(/^Tried \d+ times while suspended, last /);
  // What the page did itself waits for nothing: the list stands as it did.
  await expect(page.getByRole('button', { name: /Show$/ })).toBeHidden();
});
