import { type Page } from '@playwright/test';
import { clean } from '../support/axe';
import { test as asleep } from '../support/noscript';
import { expect, makePartner, message, open, test, watch } from '../support/panel';

const card = (page: Page, name: string) => page.getByRole('article', { name });

/** Begins to fill in the form, which may have to be unfolded: it is open only while there is no key. */
async function begin(page: Page, name: string): Promise<void> {
  const form = page.getByRole('textbox', { name: 'Name', exact: true });
  if (!(await form.isVisible())) await page.getByText('New API key').click();
  await form.fill(name);
}

/** Makes a key and answers it. */
async function make(page: Page, name: string): Promise<string> {
  await begin(page, name);
  await page.getByRole('button', { name: 'Create key' }).click();
  const fresh = page.getByRole('status', { name: 'Your new key' });
  await expect(fresh).toBeVisible();
  return (await fresh.getByRole('code').or(fresh.locator('code')).first().innerText()).trim();
}

test('an owner makes a key, copies it, and sees it no more', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '/customers/active');
  await page.getByRole('link', { name: 'API keys' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'API keys' })).toBeVisible();
  const key = await make(page, 'Gate of the shop');
  expect(key).toMatch(/^pp_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}$/);
  await page.getByRole('button', { name: 'Copy the key' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);

  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByText('made an API key').first()).toBeVisible();
  await page.getByRole('link', { name: 'API keys' }).click();
  await expect(card(page, 'Gate of the shop')).toContainText(key.slice(0, 16));
  expect(await page.content()).not.toContain(key);
});

test('a key is replaced, and the old one revoked after a question', async ({ page }) => {
  await open(page, '/keys');
  const old = await make(page, 'Gate to replace');
  await card(page, 'Gate to replace').getByRole('button', { name: 'Replace' }).click();
  const replacing = page.getByRole('dialog', { name: 'Replace Gate to replace?' });
  await expect(replacing.getByRole('radio', { name: '24 hours' })).toBeChecked();
  await replacing.getByRole('radio', { name: '7 days' }).check();
  await replacing.getByRole('button', { name: 'Yes, Replace' }).click();
  await expect(page.getByRole('status', { name: 'Your new key' })).toContainText(`The old one, ${old.slice(0, 16)}…, is good until`);

  const replaced = card(page, 'Gate to replace').filter({ hasText: 'Replaced, good until' });
  const revoke = replaced.getByRole('button', { name: 'Revoke' });
  await revoke.click();
  const asking = page.getByRole('dialog', { name: 'Revoke Gate to replace?' });
  await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(asking).toBeHidden();
  await expect(revoke).toBeFocused();
  await revoke.click();
  await asking.getByRole('button', { name: 'Yes, Revoke' }).click();
  await expect(message(page)).toContainText(`${old.slice(0, 16)}… is revoked.`);
  await expect(replaced).toBeHidden();
  await page.getByText(/keys? that ha(s|ve) ended/).click();
  await expect(card(page, 'Gate to replace').filter({ hasText: 'Revoked' })).toContainText(old.slice(0, 16));
});

test('what is wrong stands at its field', async ({ page }) => {
  await open(page, '/keys');
  await begin(page, 'Gate');
  await page.getByLabel('Where your product names the customer').selectOption({ label: 'In the host name' });
  await page.getByLabel('Which').fill('localhost');
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByLabel('Which')).toHaveAccessibleDescription(/is not the end of a host name/);
  await expect(page.getByLabel('Which')).toHaveValue('localhost');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Gate');
});

for (const role of ['manager', 'agent', 'viewer'] as const) {
  test.describe(role, () => {
    test.use({ role });
    test('finds no way to the keys', async ({ page }) => {
      await open(page, '/customers/active');
      await expect(page.getByRole('link', { name: 'Activity' })).toBeVisible();
      await expect(page.getByRole('link', { name: 'API keys' })).toHaveCount(0);
    });
  });
}

for (const width of [1280, 320]) {
  test(`axe finds nothing on the page of keys at ${width} px`, async ({ browser, baseURL }) => {
    test.slow();
    const partner = await makePartner(`Keys ${width} ${Date.now()}`, baseURL ?? '', 'nobody');
    const context = await browser.newContext({ storageState: partner.sessions.owner, viewport: { width, height: 800 } });
    const page = await context.newPage();
    const seen: string[] = [];
    watch(page, seen);
    await open(page, '/keys');
    await expect(page.getByText('No API key yet')).toBeVisible();
    await clean(page, 'no keys');
    await make(page, 'Gate');
    await clean(page, 'a new key');
    await page.getByRole('button', { name: 'Revoke' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await clean(page, 'revoking');
    await context.close();
    expect(seen).toEqual([]);
  });
}

asleep('without scripts a key is made and revoked', async ({ page }) => {
  await page.goto('/keys');
  await make(page, 'Gate asleep');
  await page.goto('/keys');
  await card(page, 'Gate asleep').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Yes, Revoke' }).click();
  await expect(page.locator('.notice')).toContainText('Gate asleep');
});
