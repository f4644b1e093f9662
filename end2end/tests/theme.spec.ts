import { expect, open } from '../support/panel';
import type { Page } from '../support/noscript';
import { ways } from '../support/ways';

type Scheme = 'light' | 'dark';

/** On what everything stands, as it is painted: the ground of the page, and that of a field, which the browser draws itself. */
async function painted(page: Page): Promise<Scheme> {
  const grounds = await page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const lightness = (element: Element) => {
      if (!canvas) throw new Error('nothing to paint on');
      canvas.fillStyle = getComputedStyle(element).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      return canvas.getImageData(0, 0, 1, 1).data[0];
    };
    return [document.documentElement, document.querySelector('input[type=search]') ?? document.body].map(lightness);
  });
  const schemes = grounds.map((ground) => (ground > 127 ? 'light' : 'dark'));
  expect(new Set(schemes).size, `grounds: ${grounds}`).toBe(1);
  return schemes[0];
}

async function onDevice(page: Page, colorScheme: Scheme): Promise<Scheme> {
  await page.emulateMedia({ colorScheme });
  await page.reload();
  return painted(page);
}

for (const { way, test } of ways) {
  test.describe(way, () => {
    test('without a choice the page is as the device is, and turns with it', async ({ page }) => {
      await page.emulateMedia({ colorScheme: 'light' });
      await open(page, '/customers/active');
      await expect(page.locator('html')).not.toHaveAttribute('data-theme');
      expect(await painted(page)).toBe('light');
      // In the evening, without anything being loaded.
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await painted(page)).toBe('dark');
      expect(await onDevice(page, 'dark')).toBe('dark');
      expect(await onDevice(page, 'light')).toBe('light');
    });

    test('Light stays light, Dark dark, and what the device says leads back', async ({ page }) => {
      for (const [choice, light, dark] of [
        ['Light', 'light', 'light'],
        ['Dark', 'dark', 'dark'],
        [/device/, 'light', 'dark'],
      ] as const) {
        await page.goto('/preferences');
        await page.getByRole('group', { name: 'Appearance' }).getByRole('radio', { name: choice }).check();
        await page.getByRole('button', { name: 'Save' }).click();
        await expect(page.locator('.notice')).toContainText('Your preferences are saved.');
        await open(page, '/customers/active');
        expect([await onDevice(page, 'light'), await onDevice(page, 'dark')], String(choice)).toEqual([light, dark]);
      }
    });
  });
}
