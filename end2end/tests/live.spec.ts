import { type Page } from '@playwright/test';
import { choose, command, deaf, entries, expect, listOf, message, more, open, pageOf, popup, ready, row, test } from '../support/panel';
import { change, reactivate, suspend } from '../support/deeds';
import type { Customer } from '../support/csv';

/** What waits to be shown. */
function waiting(page: Page) {
  return page.getByRole('button', { name: /Show$/ });
}

/** The number beside an entry of the sidebar. */
async function count(page: Page, entry: string): Promise<number> {
  const text = await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: entry }).locator('.count').innerText();
  return Number(text.replaceAll(',', ''));
}

test('what one person does is seen in every open panel', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const [list, own, log] = [await second('manager'), await second('agent'), await second('viewer')];
  await open(page, listOf(someone, 'all'));
  await open(list, listOf(someone, 'all'));
  await open(own, pageOf(someone));
  await open(log, '/activity');
  const suspended = await count(list, 'Suspended Customers');

  await suspend(page, someone, 'Payment overdue');

  await expect(row(list, someone)).toContainText('Suspended');
  await expect(row(list, someone)).toContainText('Payment overdue');
  await expect.poll(() => count(list, 'Suspended Customers')).toBe(suspended + 1);
  await expect.poll(() => count(own, 'Suspended Customers')).toBe(suspended + 1);
  await expect(own.getByRole('main')).toContainText('Suspended for');
  await expect(own.getByRole('button', { name: 'Reactivate Account' }).or(own.getByRole('link', { name: 'Reactivate Account' }))).toBeVisible();
  await expect(entries(own, 'suspended the account')).toHaveCount(1);
  await expect(waiting(log)).toHaveText(/1 new entry/);
  await waiting(log).click();
  await expect(entries(log, someone.name).first()).toContainText('suspended the account');
  await expect(waiting(log)).toBeHidden();
});

test('what a command of the program does is seen too', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone, 'all'));
  command('suspend', '--partner', partner.name, someone.externalId, '--message', 'Please write to us.');
  await expect(row(page, someone)).toContainText('Suspended');
  command('reactivate', '--partner', partner.name, someone.externalId);
  await expect(row(page, someone)).toContainText('Active');
});

test('who leaves a list stays where they were until somebody wants to see it', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone));
  await open(other, listOf(someone, 'all'));
  await suspend(other, someone, 'Payment overdue');

  await expect(row(page, someone)).toContainText('Suspended');
  await expect(waiting(page)).toHaveText(/1 change/);
  await expect(page.locator('#count')).toHaveText(/^0 of/);
  await waiting(page).click();
  await expect(row(page, someone)).toBeHidden();
  await expect(page.getByRole('main')).toContainText('match in Suspended Customers');

  // And who comes waits as well.
  await reactivate(other, someone);
  await expect(waiting(page)).toHaveText(/1 change/);
  await expect(row(page, someone)).toBeHidden();
  await waiting(page).click();
  await expect(row(page, someone)).toContainText(someone.name);
});

test('what I do myself does not wait, and no other tab of mine is left behind', async ({ page, partner, context }) => {
  const someone = partner.take('climber');
  const tab = await context.newPage();
  await open(page, listOf(someone));
  await open(tab, listOf(someone, 'all'));
  await suspend(page, someone, 'Customer asked');
  await expect(row(tab, someone)).toContainText('Customer asked');
  await expect(page.locator('#count')).toHaveText(/^0 of/);
  await expect(waiting(page)).toBeHidden();
  await tab.close();
});

test('an open popup says at once what happened, stands on it, and keeps what was typed', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone));
  await open(other, listOf(someone));
  const mine = await choose(page, someone, 'Change Plan');
  await mine.getByRole('radio', { name: /^Business/ }).check();
  await mine.getByLabel('Note').fill('agreed with the customer');
  await mine.getByLabel('Note').evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(3, 7));

  await change(other, someone, 'Moving');

  await expect(mine.getByRole('alert')).toContainText(/Manager.* changed the plan \((just now|\d+ seconds? ago)\)/);
  await expect(mine.getByRole('definition')).toContainText('Moving ·');
  await expect(mine.getByRole('radio', { name: /^Business/ })).toBeChecked();
  await expect(mine.getByLabel('Note')).toHaveValue('agreed with the customer');
  await expect(mine.getByLabel('Note')).toBeFocused();
  expect(await mine.getByLabel('Note').evaluate((area: HTMLTextAreaElement) => [area.selectionStart, area.selectionEnd])).toEqual([3, 7]);
  await mine.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText(`${someone.name} moved from Moving to Business`);
});

test('a change between the reading of a page and its stream is not missed', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(other, listOf(someone, 'all'));
  let connect = () => {};
  const held = new Promise<void>((done) => (connect = done));
  await page.route('**/live?*', async (route) => {
    await held;
    await route.continue();
  });
  await open(page, listOf(someone, 'all'));
  await suspend(other, someone, 'Payment overdue');
  await expect(row(page, someone)).not.toContainText('Suspended');
  connect();
  await expect(row(page, someone)).toContainText('Suspended');
});

test('news that were read before what I did do not take it back', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(other, listOf(someone, 'all'));
  await open(page, listOf(someone, 'all'));
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  const late = page.waitForResponse('**/load_news');
  await page.route(
    '**/load_news',
    async (route) => {
      const response = await route.fetch();
      await held;
      await route.fulfill({ response });
    },
    { times: 1 },
  );
  const asked = page.waitForRequest('**/load_news');
  await change(other, someone, 'Moving');
  await asked;
  await suspend(page, someone, 'Payment overdue');
  const later = page.waitForRequest('**/load_news');
  release();
  await late;
  // It asks anew instead of showing what is old.
  await later;
  await expect(row(page, someone)).toContainText('Moving');
  await expect(row(page, someone)).toContainText('Payment overdue');
});

test.describe('a line that breaks', () => {
  test.use({ borne: /ERR_INTERNET_DISCONNECTED|status of 503/ });

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

  for (const [spread, chance, wanted] of [
    ['early', 0, [500, 1_000, 2_000]],
    ['late', 1, [1_500, 3_000, 6_000]],
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
          waits.push(Math.round(wait));
          return later(what, wait >= 500 ? 100 : wait);
        }) as typeof setTimeout;
      }, chance);
      await open(page, listOf(partner.take('climber'), 'all'));
      await expect.poll(() => refused).toBeGreaterThan(3);
      const waits = await page.evaluate(() => (window as unknown as { waits: number[] }).waits);
      expect(waits).toEqual(expect.arrayContaining([...wanted]));
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
});

test('a tab in the background catches up when it is looked at', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone, 'all'));
  await open(other, listOf(someone, 'all'));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/').pop() ?? ''));
  const turn = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await turn(true);
  await suspend(other, someone, 'Payment overdue');
  // Another change, after which the first has surely been heard.
  await page.waitForTimeout(1_000);
  expect(asked).not.toContain('load_news');
  await turn(false);
  await expect(row(page, someone)).toContainText('Suspended');
});

test('two tabs share one stream, and the one that is left takes it over', async ({ page, partner, second, context }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(other, listOf(someone, 'all'));
  const streams: Page[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/live') streams.push(request.frame().page());
  });
  await open(page, listOf(someone, 'all'));
  const tab = await context.newPage();
  await open(tab, pageOf(someone));
  await expect.poll(() => streams.length).toBe(1);
  await suspend(other, someone, 'Payment overdue');
  await expect(row(page, someone)).toContainText('Suspended');
  await expect(tab.getByRole('main')).toContainText('Suspended for');
  expect(streams).toEqual([page]);

  await page.goto('about:blank');
  await expect.poll(() => streams.length).toBe(2);
  expect(streams[1]).toBe(tab);
  await reactivate(other, someone);
  await expect(tab.getByRole('main')).not.toContainText('Suspended for');
  await tab.close();
});

test('a menu opens its popups without a wait, and what was read ahead is never stale', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone));
  await open(other, listOf(someone));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/').pop() ?? ''));
  const ahead = page.waitForResponse('**/load_popups');
  await more(page, someone).click();
  await (await ahead).finished();
  await page.getByRole('menuitem', { name: 'Change Plan' }).click();
  await expect(popup(page)).toBeVisible();
  expect(asked).not.toContain('load_popup');
  await popup(page).getByRole('link', { name: 'Cancel' }).click();

  const again = page.waitForResponse('**/load_popups');
  await more(page, someone).click();
  await (await again).finished();
  await change(other, someone, 'Moving');
  await expect(row(page, someone)).toContainText('Moving');
  await page.getByRole('menuitem', { name: 'Change Plan' }).click();
  await expect(popup(page).getByRole('definition')).toContainText('Moving ·');
});

test('a page that hears nothing is told when it acts', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await deaf(page);
  await open(page, listOf(someone, 'all'));
  await open(other, listOf(someone, 'all'));
  await suspend(other, someone, 'Payment overdue');
  const dialog = await choose(page, someone, 'Change Plan');
  await expect(dialog).toContainText('Stays suspended: Payment overdue');
  await ready(page);
});

test.describe('a session that ends elsewhere', () => {
  test('leads to the sign-in page, and back here', async ({ browser, page, partner, context }) => {
    // The stream asks every now and then whether the session is still good.
    test.slow();
    const someone: Customer = partner.take('climber');
    // A session of its own: others still need theirs.
    const own = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    const tab = await own.newPage();
    await tab.goto('/sign-in');
    await tab.getByLabel('E-mail').fill(partner.mail.viewer);
    await tab.getByLabel('Password', { exact: true }).fill('a long enough password');
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await open(tab, listOf(someone, 'all'));
    const cookies = await own.cookies();
    await context.clearCookies();
    await context.addCookies(cookies);
    await open(page, '/activity');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(tab).toHaveURL(/\/sign-in\?next=/, { timeout: 30_000 });
    await own.close();
  });
});
