import { press, tabTo } from '../support/keyboard';
import { expect, listOf, more, open, popup, test } from '../support/panel';

for (const [key, first] of [
  ['Enter', true],
  ['Space', true],
  ['ArrowDown', true],
  ['ArrowUp', false],
] as const) {
  test(`${key} on the button opens the menu on its ${first ? 'first' : 'last'} entry, and nothing else happens`, async ({ page, partner }) => {
    const someone = partner.take('climber');
    await open(page, listOf(someone));
    const here = page.url();
    await tabTo(page, more(page, someone));
    const scrolled = await page.evaluate(() => scrollY);
    await press(page, key);
    const entries = page.getByRole('menuitem');
    await expect(first ? entries.first() : entries.last()).toBeFocused();
    await expect(more(page, someone)).toHaveAttribute('aria-expanded', 'true');
    // Space would scroll the page, Enter follow the link that the button is without scripts.
    expect([page.url(), await page.evaluate(() => scrollY)]).toEqual([here, scrolled]);
  });
}

test('the arrows go round, at both ends', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  await tabTo(page, more(page, someone));
  const entries = page.getByRole('menuitem');
  await press(page, 'ArrowUp');
  await expect(entries.last()).toBeFocused();
  await press(page, 'ArrowDown');
  await expect(entries.first()).toBeFocused();
  await press(page, 'ArrowUp');
  await expect(entries.last()).toBeFocused();
});

test('Space chooses an entry', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  await tabTo(page, more(page, someone));
  await press(page, 'Space', 'End', 'Space');
  await expect(popup(page)).toContainText(`Suspend ${someone.name}?`);
  await expect(page.getByRole('menu')).toBeHidden();
});

for (const [key, way] of [
  ['Tab', 1],
  ['Shift+Tab', -1],
] as const) {
  test(`${key} closes the menu and goes on from its button`, async ({ page }) => {
    // Three rows, so that there is something before and after.
    await open(page, '/customers/active?plan=pro');
    const buttons = page.getByRole('row').getByRole('button', { name: /^Actions for/ });
    const names = page.getByRole('rowheader').getByRole('link');
    await tabTo(page, buttons.nth(1));
    await press(page, 'Enter');
    await expect(page.getByRole('menu')).toBeVisible();
    await press(page, key);
    await expect(page.getByRole('menu')).toBeHidden();
    await expect(buttons.nth(1)).toHaveAttribute('aria-expanded', 'false');
    await expect(names.nth(way > 0 ? 2 : 1)).toBeFocused();
  });
}
