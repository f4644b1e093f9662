/** Connecting a product: the steps of the open page tick themselves, whoever makes the key and whatever asks. */

import type { Page } from '@playwright/test';
import { clean } from '../support/axe';
import { type Partner, command, expect, makePartner, open, ready, test as panel } from '../support/panel';

const test = panel.extend<{ own: Partner; owner: Page }>({
  // Without any key yet.
  own: async ({ baseURL }, use, info) => {
    await use(await makePartner(`Connect ${info.testId} ${info.repeatEachIndex}`, baseURL ?? '', 'customers'));
  },
  owner: async ({ browser, own }, use) => {
    const context = await browser.newContext({ storageState: own.sessions.owner });
    await use(await context.newPage());
    await context.close();
  },
});

const step = (page: Page, name: string) => page.getByRole('listitem', { name });
const told = (page: Page) => page.locator('#told');

/** Asks the gate until it answers so. */
async function ask(key: string, account: string, status: number): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'x-account': account };
  await expect.poll(async () => (await fetch(`${process.env.PANEL_ORIGIN}/gate`, { headers })).status).toBe(status);
}

test('each step ticks itself as soon as it is done, and says so politely', async ({ owner, own }) => {
  const someone = own.take('climber');
  await open(owner, '/connect');
  await expect(owner.getByText('Not yet')).toHaveCount(3);
  const loads: string[] = [];
  owner.on('load', (page) => loads.push(page.url()));

  const key = command('key', 'create', '--partner', own.name, 'Gate', '--scope', 'gate').trim();
  await expect(step(owner, '1. Make a key')).toContainText(/Seen.*Gate/);
  await expect(told(owner)).toHaveText('Make a key: seen.');
  await ask(key, someone.externalId, 204);
  await expect(step(owner, '2. Let your product ask')).toContainText(/Seen.*The panel was asked/);
  await expect(owner.getByText('Not yet')).toHaveCount(1);
  await expect(told(owner)).toHaveText('Let your product ask: seen.');

  command('suspend', '--partner', own.name, someone.externalId, '--message', 'Please write to us.');
  await ask(key, someone.externalId, 403);
  await expect(step(owner, '3. See a customer refused')).toContainText(/Seen.*Somebody was refused/);
  await expect(told(owner)).toHaveText('See a customer refused: seen.');
  expect(loads).toEqual([]);
  await clean(owner, 'all steps are ticked');
});

test('a key that was just made stays while the steps after it tick', async ({ owner, own }) => {
  await open(owner, '/connect');
  await owner.getByRole('textbox', { name: 'Name', exact: true }).fill('Gate of the shop');
  await owner.getByRole('button', { name: 'Create key' }).click();
  const fresh = owner.getByRole('status', { name: 'Your new key' });
  const key = (await fresh.locator('code').first().innerText()).trim();
  await ready(owner);
  await ask(key, own.take('climber').externalId, 204);
  await expect(step(owner, '2. Let your product ask')).toContainText('Seen');
  await expect(fresh).toContainText(key);
});
