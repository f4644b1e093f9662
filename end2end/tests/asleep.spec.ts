import type { Page } from '@playwright/test';
import { asleep, choose, expect, listOf, message, open, password, popup, row, test } from '../support/panel';
import type { Customer } from '../support/csv';
import { lineTo } from '../support/line';

/** Signs in, suspends and reactivates, as a page that never wakes up lets one. */
async function workThrough(page: Page, origin: string, mail: string, someone: Customer): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('E-mail').fill(mail);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
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
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
}

test.describe('a browser that does not run the program', () => {
  test.use({ role: null, borne: /policy violation: script-src|status of 404|WebAssembly|wasm/ });
  test.beforeEach(({ page }) => asleep(page));

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
