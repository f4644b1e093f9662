/** What people do who have nothing but a keyboard. */

import type { Locator, Page } from '@playwright/test';
import { expect } from './panel';

/** Presses Tab until something has the focus, as far as a person would. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let steps = 0; steps < 60; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

/** Presses keys one after the other. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** The palette, while it is open. */
export function palette(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Commands' });
}

/** The field of the palette, which keeps the focus all the time. */
export function field(page: Page): Locator {
  return palette(page).getByRole('combobox');
}

/** What Enter would choose now. */
export function marked(page: Page): Locator {
  return palette(page).getByRole('option', { selected: true });
}

/** Opens the palette and types. */
export async function call(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(text);
}
