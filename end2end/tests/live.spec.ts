import { type Page } from '@playwright/test';
import { choose, command, deaf, entries, expect, listOf, message, more, open, pageOf, popup, ready, row, test, waiting } from '../support/panel';
import { change, reactivate, suspend } from '../support/deeds';
import { turn } from '../support/tabs';
import type { Customer } from '../support/csv';

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

test('a tab in the background catches up when it is looked at', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone, 'all'));
  await open(other, listOf(someone, 'all'));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/').pop() ?? ''));
  await turn(page, 'away');
  await suspend(other, someone, 'Payment overdue');
  // Another change, after which the first has surely been heard.
  await page.waitForTimeout(1_000);
  expect(asked).not.toContain('load_news');
  await turn(page, 'here');
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

test('what happens while a popup is on its way is told by it', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone, 'all'));
  await open(other, listOf(someone, 'all'));
  await page.route('**/load_popups', () => {});
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  const read = new Promise<void>((done) =>
    page.route('**/load_popup', async (route) => {
      const response = await route.fetch();
      done();
      await held;
      await route.fulfill({ response });
    }),
  );
  await more(page, someone).click();
  await page.getByRole('menuitem', { name: 'Change Plan' }).click();
  await read;
  await change(other, someone, 'Moving');
  await expect(row(page, someone)).toContainText('Moving');
  release();
  await expect(popup(page).getByRole('alert')).toContainText(/Manager.* changed the plan/);
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
