import type { BrowserContext, Page } from '@playwright/test';
import { signedIn } from '../support/demo';
import { lighthouse } from '../support/lighthouse';
import { lineTo } from '../support/line';
import { choose, expect, listOf, open, popup, ready, test } from '../support/panel';

const list = '/customers/active';
/** Of what is seen, so much may move: what Lighthouse aims at is five times as much. */
const steady = 0.02;

/** What came over the line for a page, until it answers to scripts. */
interface Load {
  requests: string[];
  bytes: number;
}

/** Looks at a page in a tab of its own. */
async function visit(context: BrowserContext, address: string): Promise<Load> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const asked = new Map<string, string>();
  const load: Load = { requests: [], bytes: 0 };
  session.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, new URL(request.url).pathname));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    // From the browser's own store comes nothing over the line.
    if (encodedDataLength === 0) return;
    load.requests.push(asked.get(requestId) ?? '');
    load.bytes += encodedDataLength;
  });
  await page.goto(address);
  await ready(page);
  await page.waitForLoadState('load');
  await page.close();
  return load;
}

test.describe('the demo’s list', () => {
  test.use({ role: null });

  test('a first visit is light, and a second one is the page alone', async ({ browser, baseURL }) => {
    const [name, value] = (await signedIn(baseURL ?? '')).split('=');
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    await context.addCookies([{ name, value, url: baseURL }]);
    const first = await visit(context, list);
    const second = await visit(context, list);
    await context.close();

    // Page, the product's style and the partner's, script, program, icons; the browser asks for its own two, manifest and favicon.
    expect(first.requests.length, first.requests.join(' ')).toBeLessThanOrEqual(8);
    // On the slow line that Lighthouse thinks of, a second and a half; seven tenths of it are the program, which nothing waits for.
    expect(first.bytes).toBeLessThanOrEqual(280_000);
    // What has a name of its own is never asked for again.
    expect(second.requests.filter((path) => path !== '/favicon.svg')).toEqual([list]);
    // Fifty customers, twice: to be seen, and for the program to start from.
    expect(second.bytes).toBeLessThanOrEqual(35_000);
  });

  test('Lighthouse finds nothing to say of it', async ({ baseURL }) => {
    test.setTimeout(180_000);
    const line = await lineTo(baseURL ?? '', { cookie: await signedIn(baseURL ?? '') });
    const report = await lighthouse(`${line.origin}${list}`, ['accessibility', 'best-practices']);
    await line.end();
    expect(report.findings).toEqual([]);
    expect(report.scores).toEqual({ accessibility: 100, 'best-practices': 100 });
  });
});

/** Adds up what moves on a page from its first moment on; also right after a key or a click, where browsers forgive it. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = window as unknown as { shifted: number };
    seen.shifted = 0;
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) seen.shifted += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shifted: number }).shifted);
}

for (const width of [360, 1280]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 740 } });

    test('nothing moves while the page comes, wakes up, and opens and closes a popup', async ({ page, partner }) => {
      const shifted = await watchShifts(page);
      await open(page, list);
      expect(await shifted()).toBeLessThanOrEqual(steady);
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      await choose(page, someone, 'Suspend Account');
      await page.keyboard.press('Escape');
      await expect(popup(page)).toBeHidden();
      expect(await shifted()).toBeLessThanOrEqual(steady);
    });
  });
}
