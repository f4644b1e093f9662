import type { Page } from '@playwright/test';
import { choose, expect, listOf, message, more, open, row, test } from '../support/panel';
import { suspend } from '../support/deeds';

/** Has a page write down everything that moves in it. A change that takes no time may wait its turn, and moves nothing when that comes. */
async function watchMotion(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    const look = () => {
      for (const each of document.getAnimations()) {
        if (each.effect?.getComputedTiming().duration === 0) continue;
        const target = (each.effect as KeyframeEffect).target;
        moved.push(`${target?.className} ${(each as CSSTransition).transitionProperty ?? (each as CSSAnimation).animationName}`);
      }
    };
    addEventListener('transitionrun', look, true);
    addEventListener('animationstart', look, true);
  });
  return () => page.evaluate(() => (window as unknown as { moved: string[] }).moved);
}

for (const reducedMotion of ['reduce', 'no-preference'] as const) {
  test.describe(reducedMotion === 'reduce' ? 'with reduced motion' : 'without it', () => {
    test.use({ reducedMotion });

    for (const width of [1280, 360]) {
      test(`what moves while somebody works, at ${width} px`, async ({ page, partner, second }) => {
        await page.setViewportSize({ width, height: 800 });
        const moved = await watchMotion(page);
        const someone = partner.take('climber');
        const other = await second('manager');
        await open(page, listOf(someone, 'all'));
        await open(other, listOf(someone, 'all'));
        await suspend(other, someone, 'Payment overdue');
        await expect(row(page, someone)).toContainText('Suspended');
        await more(page, someone).click();
        await page.keyboard.press('Escape');
        const dialog = await choose(page, someone, 'Reactivate Account');
        await dialog.getByRole('button', { name: 'Yes, Reactivate' }).click();
        await expect(message(page)).toContainText('is active again');
        const found = await moved();
        if (reducedMotion === 'reduce') expect(found).toEqual([]);
        // What is said to be still would move.
        else for (const what of [/glow/, /^menu/, /^popup/]) expect(found.join('\n')).toMatch(new RegExp(what, 'm'));
      });
    }
  });
}
