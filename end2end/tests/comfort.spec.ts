import type { Locator, Page } from '@playwright/test';
import { type Language, test } from '../support/languages';
import { cut, outside } from '../support/layout';
import { choose, expect, listOf, more, open } from '../support/panel';
import { onTop, pages } from '../support/states';

/** Whether something has an edge that stays where colours are taken away. */
async function edged(control: Locator): Promise<boolean> {
  return control.evaluate((element) => {
    const { borderTopWidth, borderTopStyle, outlineWidth, outlineStyle } = getComputedStyle(element);
    const drawn = (width: string, style: string) => parseFloat(width) > 0 && style !== 'none';
    return drawn(borderTopWidth, borderTopStyle) || drawn(outlineWidth, outlineStyle);
  });
}

test.describe('in forced colours', () => {
  test.use({ forcedColors: 'active' });

  test('what can be pressed has an edge, and what is chosen is not told by colour', async ({ page, partner }) => {
    const someone = partner.take('climber');
    await open(page, listOf(someone, 'all'));
    expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
    const here = page.getByRole('navigation').getByRole('link', { name: /^All Customers/ });
    const other = page.getByRole('navigation').getByRole('link', { name: /^Active Customers/ });
    expect([await edged(here), await edged(other)]).toEqual([true, false]);
    expect(await edged(page.getByRole('searchbox'))).toBe(true);
    const dot = await page.locator('.status').first().evaluate((element) => getComputedStyle(element, '::before').backgroundColor);
    expect(dot).not.toBe('rgba(0, 0, 0, 0)');
    await more(page, someone).click();
    expect(await edged(page.getByRole('menu'))).toBe(true);
    expect(await edged(page.getByRole('menuitem').first())).toBe(true);
    await page.keyboard.press('Escape');

    const dialog = await choose(page, someone, 'Change Plan');
    const card = (plan: string) => dialog.locator('.card').filter({ has: page.getByRole('radio', { name: new RegExp(`^${plan}`) }) });
    await dialog.getByRole('radio', { name: /^Business/ }).check();
    const width = async (plan: string) => card(plan).evaluate((element) => getComputedStyle(element).outlineStyle);
    expect([await width('Business'), await width('Starter')]).toEqual(['solid', 'none']);
    for (const button of [dialog.getByRole('button', { name: 'Yes, Change Plan' }), dialog.getByRole('link', { name: 'Cancel' }), dialog]) {
      expect(await edged(button)).toBe(true);
    }
  });

  test('quick filters and page sizes show which is on', async ({ page }) => {
    await open(page, '/activity?day=today');
    const [on, off] = await Promise.all(
      ['Today', 'Suspensions'].map((name) =>
        page.getByRole('link', { name, exact: true }).evaluate((element) => getComputedStyle(element).outlineStyle),
      ),
    );
    expect([on, off]).toEqual(['solid', 'none']);
    await open(page, '/customers/active');
    expect(await edged(page.locator('.pager-sizes [aria-current]'))).toBe(true);
  });
});

for (const language of ['en', 'en-XA', 'ar-XB'] as Language[]) {
  test.describe(`a window of 1,280 px at 400 %, ${language}`, () => {
    test.use({ language, viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
    test.slow();

    test('nothing is lost on any page', async ({ page, partner }) => {
      for (const { name, reach } of pages) {
        await reach(page, partner);
        expect.soft({ outside: await outside(page), cut: await cut(page) }, name).toEqual({ outside: [], cut: [] });
      }
    });

    test('a menu or popup is read to its end, and what confirms it stays in view', async ({ page, partner }) => {
      for (const { name, reach } of onTop) {
        await reach(page, partner);
        expect.soft({ outside: await outside(page), cut: await cut(page) }, name).toEqual({ outside: [], cut: [] });
        const confirm = page.locator('#popup:modal [type=submit]:not([formaction])');
        for (const part of await page.locator('#popup:modal :is(h2, label, dt, textarea)').all()) {
          if (!(await part.isVisible())) continue;
          await part.scrollIntoViewIfNeeded();
          await expect.soft(part, name).toBeInViewport();
          await expect.soft(confirm, name).toBeInViewport({ ratio: 1 });
        }
      }
    });
  });
}
