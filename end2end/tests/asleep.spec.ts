import type { Page } from '@playwright/test';
import { asleep, choose, expect, listOf, message, open, password, popup, row, test } from '../support/panel';
import type { Customer } from '../support/csv';
import { lineTo } from '../support/line';
import { yesterdays } from '../support/yesterday';

async function signIn(page: Page, origin: string, mail: string): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('E-mail').fill(mail);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Signs in, suspends and reactivates, whether or not the page wakes up. */
async function workThrough(page: Page, origin: string, mail: string, someone: Customer): Promise<void> {
  await signIn(page, origin, mail);
  await open(page, `${origin}${listOf(someone, 'all')}`);
  const suspension = await choose(page, someone, 'Suspend Account');
  await suspension.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await suspension.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText(`${someone.name} is suspended: Payment overdue`);
  await expect(row(page, someone)).toContainText('Suspended');
  const lift = await choose(page, someone, 'Reactivate Account');
  await lift.getByRole('button', { name: 'Yes, Reactivate' }).click();
  await expect(message(page)).toContainText(`${someone.name} is active again`);
  await expect(popup(page)).toBeHidden();
}

test.describe('a browser that does not run the program', () => {
  test.use({ role: null, borne: /policy violation: script-src|status of 404|WebAssembly|wasm/ });
  test.beforeEach(({ page }) => asleep(page));
  test.afterEach(({ page }) => expect(page.locator('html')).not.toHaveAttribute('data-hydrated'));

  test('wasm is refused by a policy', async ({ page, partner, baseURL }) => {
    const line = await lineTo(baseURL ?? '', {
      change: (headers) => {
        const policy = headers['content-security-policy'];
        if (typeof policy === 'string') headers['content-security-policy'] = policy.replace("'wasm-unsafe-eval'", '');
      },
    });
    await workThrough(page, line.origin, partner.mail.manager, partner.take('climber'));
    await line.end();
  });

  test('the wasm file is missing', async ({ page, partner, baseURL }) => {
    await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: '' }));
    await workThrough(page, baseURL ?? '', partner.mail.manager, partner.take('climber'));
  });
});

test.describe('a browser that has kept the program of another release', () => {
  test.use({ role: null });

  test('works with the one of today, and does not ask for the other', async ({ page, partner, baseURL }) => {
    const someone = partner.take('climber');
    const panel = await yesterdays(baseURL ?? '');
    const root = page.locator('html');
    await signIn(page, panel.origin, partner.mail.manager);
    await page.goto(`${panel.origin}${listOf(someone, 'all')}`);
    await expect(root).toHaveAttribute('data-release', 'yesterday');
    await page.reload();
    await expect(root).toHaveAttribute('data-release', 'yesterday');
    // Looked at twice, asked for once: they are kept.
    expect(panel.asked.map(({ file }) => file).sort()).toEqual(['js', 'wasm']);

    panel.upgrade();
    await page.context().clearCookies();
    await workThrough(page, panel.origin, partner.mail.manager, someone);
    await expect(root).toHaveAttribute('data-hydrated', '');
    await expect(root).not.toHaveAttribute('data-release');
    expect(panel.asked.filter(({ today }) => today)).toEqual([]);
    await panel.end();
  });
});

test('a tab of yesterday says that there is a new version, keeps what was typed, and works once it is loaded anew', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Internal note').fill('called this morning');
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  // The panel has been upgraded: it does not know the addresses that the old program asks at.
  await page.route('**/_/**', (route) => route.continue({ url: route.request().url().replace(/\/_\/[0-9a-f]+\//, '/_/0000000000000000/') }));
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(dialog.getByRole('alert')).toContainText('There is a new version of the panel');
  await expect(dialog.getByLabel('Internal note')).toHaveValue('called this morning');
  await page.unroute('**/_/**');
  await page.reload();
  const again = popup(page);
  await again.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await again.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText(`${someone.name} is suspended`);
});

test('a second visit loads no byte of the program', async ({ page, context, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const other = await context.newPage();
  const loaded: string[] = [];
  const session = await context.newCDPSession(other);
  await session.send('Network.enable');
  const asked = new Map<string, string>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, request.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const address = asked.get(requestId) ?? '';
    if (/\/pkg\//.test(address) && encodedDataLength > 0) loaded.push(address);
  });
  await open(other, listOf(someone, 'all'));
  expect([...asked.values()].filter((address) => address.includes('.wasm'))).not.toEqual([]);
  expect(loaded).toEqual([]);
  await other.close();
});
