/** The recipe for Express as the documentation shows it, before a site of its own. */

import type { Customer } from '../support/csv';
import { suspend } from '../support/deeds';
import { expressSite } from '../support/express';
import { lineTo } from '../support/line';
import { type Partner, choose, command, expect, listOf, makePartner, open, test as panel } from '../support/panel';

const test = panel.extend<object, { partner: Partner }>({
  // Its own: whose product asks is told other things in popups than the partner that other tests share.
  partner: [
    async ({}, use, worker) => {
      await use(await makePartner(`Express ${worker.workerIndex} ${Date.now() % 100000}`, process.env.PANEL_ORIGIN ?? '', 'customers'));
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test('Express keeps suspended customers out, lets them in again, and nobody while the panel is away', async ({ page, browser, partner, baseURL }) => {
  const someone = partner.take('climber');
  const key = command('key', 'create', '--partner', partner.name, 'Express', '--scope', 'gate').trim();
  const line = await lineTo(baseURL ?? '', {});
  const site = await expressSite(line.origin, key);
  const visit = (who: Customer | null, accept: string) =>
    fetch(site.origin, { headers: { accept, 'x-panel-plan': 'everything', ...(who ? { 'x-signed-in': who.externalId } : {}) } });

  expect((await visit(null, 'text/html')).status).toBe(401);
  const context = await browser.newContext({
    extraHTTPHeaders: { 'x-signed-in': someone.externalId, 'x-panel-plan': 'everything' },
    storageState: { cookies: [], origins: [] },
  });
  const desk = await context.newPage();
  await desk.goto(site.origin);
  await expect(desk.getByRole('heading', { name: 'Inside' })).toBeVisible();
  await expect(desk.getByText('active, pro; sent: nothing')).toBeVisible();

  await open(page, listOf(someone, 'all'));
  await suspend(page, someone, 'Payment overdue');
  await expect(async () => expect((await visit(someone, 'text/html')).status).toBe(403)).toPass();
  await desk.reload();
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Your account is suspended');
  await expect(desk.getByRole('main')).toContainText(partner.name);
  const problem = await visit(someone, 'application/json');
  expect([problem.status, problem.headers.get('content-type'), problem.headers.get('cache-control')]).toEqual([
    403,
    'application/problem+json',
    'no-store',
  ]);
  expect(await problem.json()).toMatchObject({ status: 403 });

  const dialog = await choose(page, someone, 'Reactivate Account');
  await dialog.getByRole('button', { name: 'Yes, Reactivate' }).click();
  // The suspended page looks by itself whether access is back.
  await expect(desk.getByRole('heading', { name: 'Inside' })).toBeVisible({ timeout: 30_000 });
  await line.end();
  expect((await visit(someone, 'text/html')).status).toBe(503);
  await context.close();
  await site.stop();
});
