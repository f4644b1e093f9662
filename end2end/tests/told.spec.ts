import type { Page } from '@playwright/test';
import type { Customer } from '../support/csv';
import { reactivate, suspend } from '../support/deeds';
import { command, expect, listOf, open, pageOf, row, test } from '../support/panel';

/** Notes whatever begins to glow from now on, by its id; a glow is over too soon to be looked for. */
async function glows(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    addEventListener('animationstart', ({ animationName, target }) => {
      if (animationName === 'glow' && target instanceof Element) seen.push(target.hasAttribute('data-changed') ? target.id : target.outerHTML);
    });
  });
  return () => page.evaluate(() => [...new Set((window as unknown as { seen: string[] }).seen)]);
}

interface Said {
  text: string;
  /** When, in milliseconds. */
  at: number;
}

/** Notes what is said politely from now on. */
async function hears(page: Page): Promise<() => Promise<Said[]>> {
  await page.evaluate(() => {
    const heard: Said[] = [];
    Object.assign(window, { heard });
    const region = document.getElementById('told');
    if (!region) throw new Error('nothing is said on this page');
    new MutationObserver(() => heard.push({ text: region.textContent ?? '', at: performance.now() })).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  return () => page.evaluate(() => (window as unknown as { heard: Said[] }).heard);
}

/** The list of all whose names begin with the same words. */
function neighbours({ name }: Customer): string {
  return `/customers/all?q=${encodeURIComponent(name.slice(0, name.lastIndexOf(' ')))}`;
}

test('the row that a colleague changed glows, once, and no other', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, neighbours(someone));
  expect(await page.getByRole('row').count()).toBeGreaterThan(2);
  await open(other, listOf(someone));
  const glowing = await glows(page);
  await suspend(other, someone, 'Payment overdue');
  await expect(row(page, someone)).toContainText('Suspended');
  await expect.poll(glowing).toEqual([await row(page, someone).getAttribute('id')]);
  await expect(page.locator('[data-changed]')).toHaveCount(0);
  expect(await glowing()).toHaveLength(1);
});

test('the page of a customer that a colleague changed glows', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, pageOf(someone));
  await open(other, listOf(someone));
  const glowing = await glows(page);
  await suspend(other, someone, 'Payment overdue');
  await expect(page.getByRole('main')).toContainText('Suspended for');
  await expect.poll(glowing).toEqual([expect.stringMatching(/^c-cus_/)]);
  await expect(page.locator('[data-changed]')).toHaveCount(0);
});

test('what I change myself is not told to me as news, what a colleague does next is', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, listOf(someone, 'all'));
  await open(other, listOf(someone, 'all'));
  const heard = await hears(page);
  await suspend(page, someone, 'Payment overdue');
  await reactivate(other, someone);
  await expect.poll(async () => (await heard()).map(({ text }) => text)).toEqual([`${someone.name}: Active, Pro.`]);
});

test('a colleague’s change is said politely: who, how they stand, on which plan', async ({ page, partner, second }) => {
  const someone = partner.take('climber');
  const other = await second('manager');
  await open(page, neighbours(someone));
  await open(other, listOf(someone));
  const region = page.locator('#told');
  await expect(region).toBeEmpty();
  expect(await region.evaluate((it) => it.getAttribute('aria-live') ?? it.getAttribute('role'))).toMatch(/^(polite|status)$/);
  await suspend(other, someone, 'Payment overdue');
  await expect(region).toHaveText(`${someone.name}: Suspended, Pro.`);
});

test('of three changes in a row the first is said at once, the last after a pause, and the one between never', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone, 'all'));
  const heard = await hears(page);
  const suspended = `${someone.name}: Suspended, Pro.`;
  const by = ['--partner', partner.name, someone.externalId];
  command('suspend', ...by, '--message', 'Please write to us.');
  await expect(page.locator('#told')).toHaveText(suspended);
  command('reactivate', ...by);
  await expect(row(page, someone)).toContainText('Active');
  command('suspend', ...by, '--message', 'Please call us.');
  await expect.poll(heard).toHaveLength(2);
  const [first, last] = await heard();
  expect([first.text, last.text]).toEqual([suspended, suspended]);
  expect(last.at - first.at).toBeGreaterThan(4_900);
});
