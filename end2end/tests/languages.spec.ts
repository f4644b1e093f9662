import { clean, violations } from '../support/axe';
import { plain } from '../support/catalogue';
import { type Language, test } from '../support/languages';
import { cut, outside, small } from '../support/layout';
import { expect } from '../support/panel';
import { called, onTop, pages, sheets, type State } from '../support/states';

const narrow = [320, 360];
const wide = [800, 1440];
const groups: [string, State[]][] = [
  ['pages', pages],
  ['menus and popups', onTop],
  ['the palette', called],
];

for (const language of ['en', 'en-XA', 'ar-XB'] as Language[]) {
  test.describe(`the layout in ${language}`, () => {
    test.use({ language });
    test.slow();

    for (const [name, states] of groups) {
      test.describe('by finger', () => {
        test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });
        test(name, async ({ page, partner }) => {
          for (const state of [...states, ...(name === 'menus and popups' ? sheets : [])]) {
            await page.setViewportSize({ width: 360, height: 740 });
            await state.reach(page, partner);
            expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
            for (const width of narrow) {
              await page.setViewportSize({ width, height: 740 });
              const found = { outside: await outside(page), cut: await cut(page), small: await small(page) };
              expect.soft(found, `${state.name} at ${width} px`).toEqual({ outside: [], cut: [], small: [] });
            }
          }
        });
      });
    }

    for (const [name, states] of groups) {
      test(`${name} at a desk`, async ({ page, partner }) => {
        for (const state of states) {
          await state.reach(page, partner);
          for (const width of wide) {
            await page.setViewportSize({ width, height: 900 });
            const found = { outside: await outside(page), cut: await cut(page) };
            expect.soft(found, `${state.name} at ${width} px`).toEqual({ outside: [], cut: [] });
          }
        }
      });
    }
  });
}

test.describe('from right to left', () => {
  test.use({ language: 'ar-XB' });
  // Four looks at every state: more than a test usually takes.
  test.setTimeout(480_000);

  for (const [name, states] of groups) {
    test(`axe finds nothing: ${name}`, async ({ page, partner }) => {
      for (const state of states) {
        await state.reach(page, partner);
        await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          for (const width of [320, 1280]) {
            await page.setViewportSize({ width, height: 800 });
            expect.soft(await violations(page), `${state.name}, ${colorScheme}, ${width} px`).toEqual([]);
          }
        }
      }
    });
  }
});

test.describe('in a language without plain letters', () => {
  test.use({ language: 'en-XA' });
  test.slow();

  test('axe finds nothing on the page that connects a product', async ({ page }) => {
    await page.goto('/connect');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en-XA');
    await clean(page, 'Connect in en-XA');
  });

  for (const [name, states] of [...groups, ['sheets', sheets] as [string, State[]]]) {
    test(`every text is of the catalogue, or somebody's: ${name}`, async ({ page, partner }) => {
      if (name === 'sheets') await page.setViewportSize({ width: 360, height: 740 });
      for (const state of states) {
        await state.reach(page, partner);
        expect.soft(await plain(page, partner), state.name).toEqual([]);
      }
    });
  }
});
