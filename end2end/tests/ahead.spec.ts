import type { Page } from '@playwright/test';
import { change, suspend } from '../support/deeds';
import { call, marked, palette, press } from '../support/keyboard';
import { choose, deaf, entries, expect, listOf, more, open, pageOf, popup, row, test } from '../support/panel';

/** The names of what a page asks the server for, from now on. */
function asks(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/').pop() ?? ''));
  return asked;
}

/** Waits until what is read ahead is there. */
async function readAhead(page: Page, once: () => Promise<unknown>): Promise<void> {
  const ahead = page.waitForResponse('**/load_popups');
  await once();
  await (await ahead).finished();
}

test('a menu opens its popups without a wait, and what was read ahead is never stale', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone));
  await open(other, listOf(someone));
  const asked = asks(page);
  await readAhead(page, () => more(page, someone).click());
  await page.getByRole('menuitem', { name: 'Change Plan' }).click();
  await expect(popup(page)).toBeVisible();
  expect(asked).not.toContain('load_popup');
  await popup(page).getByRole('link', { name: 'Cancel' }).click();

  await readAhead(page, () => more(page, someone).click());
  await change(other, someone, 'Moving');
  await expect(row(page, someone)).toContainText('Moving');
  await page.getByRole('menuitem', { name: 'Change Plan' }).click();
  await expect(popup(page).getByRole('definition')).toContainText('Moving ·');
});

test('a menu waits for nothing, and a popup only for itself', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  await page.route('**/load_popups', () => {});
  await more(page, someone).click();
  await expect(page.getByRole('menuitem', { name: 'Change Plan' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Change Plan' }).click();
  await expect(popup(page).getByRole('heading')).toHaveText(`Change ${someone.name}'s plan?`);
});

test('the actions of a customer in the palette open theirs as well', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, '/activity');
  const asked = asks(page);
  await call(page, someone.name);
  await expect(marked(page)).toContainText(someone.name);
  await readAhead(page, () => press(page, 'Enter'));
  await palette(page).getByRole('option', { name: 'Suspend Account' }).click();
  await expect(popup(page).getByRole('heading')).toHaveText(`Suspend ${someone.name}?`);
  expect(asked).not.toContain('load_popup');
});

for (const [way, point] of [
  ['the pointer', (page: Page) => link(page).hover()],
  ['the focus', (page: Page) => link(page).focus()],
] as const) {
  test(`so does a link that ${way} stays on`, async ({ page, partner, second }) => {
    const someone = partner.take('climber');
    const other = await second('manager');
    await open(other, listOf(someone, 'all'));
    await suspend(other, someone, 'Payment overdue');
    await readAhead(page, () => open(page, pageOf(someone)));
    const asked = asks(page);
    await readAhead(page, () => point(page));
    await link(page).click();
    await expect(popup(page).getByRole('heading')).toContainText('Undo');
    expect(asked).not.toContain('load_popup');
  });
}

/** The way to undo what stands first in a customer's timeline. */
function link(page: Page) {
  return entries(page, 'suspended the account').getByRole('link', { name: 'Undo' });
}

test('what is read ahead opens the popup that is waited for, however long its own answer takes', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  await page.route('**/load_popup', () => {});
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route('**/load_popups', async (route) => {
    await held;
    await route.continue();
  });
  const asked = asks(page);
  const wanted = page.waitForRequest('**/load_popup');
  await more(page, someone).click();
  // What is on its way is not asked for by every step in the menu.
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key, { delay: 100 });
  await page.getByRole('menuitem', { name: 'Change Plan' }).click();
  await wanted;
  await expect(popup(page)).toBeHidden();
  release();
  await expect(popup(page).getByRole('heading')).toHaveText(`Change ${someone.name}'s plan?`);
  expect(asked.filter((name) => name === 'load_popups')).toHaveLength(1);
});

test('whoever waits for a popup or a page is shown that it is on its way, and may turn back', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const line = () => page.getByRole('main').evaluate((main) => {
    const { display, visibility } = getComputedStyle(main, '::before');
    return display === 'block' && visibility === 'visible';
  });
  expect(await line()).toBe(false);
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route(/load_popups?$/, () => {});
  await page.route('**/load_page', async (route) => {
    await held;
    await route.continue();
  });
  await more(page, someone).click();
  await page.getByRole('menuitem', { name: 'Change Plan' }).click();
  await expect.poll(line).toBe(true);
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'true');
  await expect(more(page, someone)).toBeFocused();
  await page.goBack();
  await expect.poll(line).toBe(false);
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');

  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  await expect.poll(line).toBe(true);
  release();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Activity');
  await expect.poll(line).toBe(false);
  await expect(popup(page)).toBeHidden();
});

test('a page that hears nothing forgets what it read before it acted', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await deaf(page);
  await open(page, listOf(someone, 'all'));
  await readAhead(page, () => more(page, someone).click());
  await page.keyboard.press('Escape');
  await suspend(page, someone, 'Payment overdue');
  const dialog = await choose(page, someone, 'Change Plan');
  await expect(dialog).toContainText('Stays suspended: Payment overdue');
});
