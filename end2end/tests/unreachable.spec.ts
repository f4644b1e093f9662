import { choose, entries, expect, listOf, message, open, pageOf, row, test, waiting } from '../support/panel';
import { suspend } from '../support/deeds';
import { lineTo } from '../support/line';
import { turn } from '../support/tabs';

test.use({ borne: /ERR_CONNECTION|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_INTERNET_DISCONNECTED|status of 503/ });

test('a panel that is gone is told of though the browser is online, and nothing is sent', async ({ page, partner, second, baseURL }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(other, listOf(someone, 'all'));
  const line = await lineTo(baseURL ?? '', {});
  await open(page, `${line.origin}${listOf(someone, 'all')}`);
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Customer asked' });
  await line.end();
  await expect(page.getByText(/Offline\. What you see is from \d\d:\d\d/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(dialog.getByRole('alert')).toContainText(/offline|reached/i);
  await suspend(other, someone, 'Payment overdue');
  await expect(row(page, someone)).toContainText('Active');

  const again = await lineTo(baseURL ?? '', { port: Number(new URL(line.origin).port) });
  await expect(row(page, someone)).toContainText('Payment overdue', { timeout: 20_000 });
  await expect(page.getByText(/Offline\./)).toBeHidden();
  await expect(dialog.getByRole('alert')).toContainText(/Manager.* suspended/);
  await page.goto('about:blank');
  await again.end();
});

test('offline it says of when the picture is, not when something was last heard', async ({ page, partner, second, context }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(other, listOf(someone, 'all'));
  await page.clock.setFixedTime('2026-12-01T09:30:00+01:00');
  await open(page, listOf(someone, 'all'));
  await expect(row(page, someone)).toContainText('Active');
  await turn(page, 'away');
  await page.clock.setFixedTime('2026-12-01T09:45:00+01:00');
  // Heard, and left until somebody looks: what is shown was true until then.
  await suspend(other, someone, 'Payment overdue');
  await page.waitForTimeout(1_000);
  await page.clock.setFixedTime('2026-12-01T09:55:00+01:00');
  await suspend(other, someone, 'Terms broken', 'Add Suspension');
  await page.waitForTimeout(1_000);
  await context.setOffline(true);
  await turn(page, 'here');
  await expect(page.getByText(/Offline\. What you see is from \d\d:\d\d/)).toContainText('09:45');
  await expect(row(page, someone)).toContainText('Active');
  await context.setOffline(false);
  await expect(row(page, someone)).toContainText('Suspended');
});

test('offline it says so, sends nothing, and is up to date when it is back', async ({ page, partner, second, context }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone, 'all'));
  await open(other, listOf(someone, 'all'));
  const mine = await choose(page, someone, 'Change Plan');
  await mine.getByRole('radio', { name: /^Business/ }).check();
  await context.setOffline(true);
  await expect(page.getByText(/Offline\. What you see is from \d\d:\d\d/)).toBeVisible();
  await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(mine.getByRole('alert')).toContainText('You are offline, so nothing was sent.');
  await suspend(other, someone, 'Payment overdue');
  await context.setOffline(false);
  await expect(page.getByText(/Offline\./)).toBeHidden();
  await expect(mine.getByText('You are offline, so nothing was sent.')).toBeHidden();
  await expect(mine).toContainText('Stays suspended: Payment overdue');
  await expect(mine.getByRole('radio', { name: /^Business/ })).toBeChecked();
  await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText('moved from Pro to Business');
  await expect(row(page, someone)).toContainText('Suspended');
});

test('a page that could not be read comes by itself when the line is back', async ({ page, context }) => {
  await open(page, '/customers/all');
  await context.setOffline(true);
  await expect(page.getByText(/Offline\. What you see is from \d\d:\d\d/)).toBeVisible();
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The panel cannot be reached');
  await context.setOffline(false);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Activity');
  await expect(waiting(page)).toBeHidden();
});

test.describe('in a zone of its own', () => {
  test.use({ timezoneId: 'America/New_York' });

  test('a page that is read again in it, and does not come, stays as it is', async ({ page }) => {
    await page.route('**/load_page', (route) => route.abort('internetdisconnected'));
    const failed = page.waitForEvent('requestfailed');
    await open(page, '/customers/all');
    await failed;
    await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('All Customers');
    await expect(page.getByRole('table', { name: 'All Customers' })).toBeVisible();
  });
});

for (const [spread, chance, wanted] of [
  ['early', 0.1, [600, 1_200, 2_400]],
  ['late', 0.9, [1_400, 2_800, 5_600]],
] as const) {
  test(`whose stream is refused waits longer each time, and not as long as everybody else: ${spread}`, async ({ page, partner }) => {
    let refused = 0;
    await page.route('**/live?*', (route) => {
      refused += 1;
      return route.fulfill({ status: 503, body: '' });
    });
    // Its clock runs ahead: what is waited for is written down, and comes at once.
    await page.addInitScript((chance) => {
      const waits: number[] = [];
      const later = setTimeout;
      Object.assign(window, { waits });
      Math.random = () => chance;
      window.setTimeout = ((what: () => void, wait = 0) => {
        if (wait >= 500) waits.push(Math.round(wait));
        return later(what, wait >= 500 ? 100 : wait);
      }) as typeof setTimeout;
    }, chance);
    await open(page, listOf(partner.take('climber'), 'all'));
    await expect.poll(() => refused).toBeGreaterThan(3);
    const waits = await page.evaluate(() => (window as unknown as { waits: number[] }).waits);
    // Some are of what is asked meanwhile.
    expect(waits.filter((wait) => (wanted as readonly number[]).includes(wait)).slice(0, 3)).toEqual([...wanted]);
  });
}

test('a lost answer is asked for again under the same key, and the thing is done once', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone, 'all'));
  const dialog = await choose(page, someone, 'Change Plan');
  await dialog.getByRole('radio', { name: /^Business/ }).check();
  let lost = 0;
  await page.route('**/send_form', async (route) => {
    if (lost++ > 0) return route.continue();
    // It arrives and is done; only the answer does not come back.
    await route.fetch();
    await route.fulfill({ status: 503, body: '<h1>No server is available</h1>' });
  });
  await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText(`${someone.name} moved from Pro to Business`);
  expect(lost).toBe(2);
  await open(page, pageOf(someone));
  await expect(entries(page, 'changed the plan')).toHaveCount(1);
});
