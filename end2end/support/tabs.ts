/** A tab that somebody looks at, or does not. */

import type { Page } from '@playwright/test';

/** Turns to a tab, or away from it. */
export async function turn(page: Page, where: 'here' | 'away'): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, where === 'away');
}
