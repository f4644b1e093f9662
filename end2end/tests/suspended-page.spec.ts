import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { clean } from '../support/axe';
import type { Customer } from '../support/csv';
import { cut, outside, said, small } from '../support/layout';
import { type Partner, choose, command, expect, listOf, open, popup, row, test as scripted, watch } from '../support/panel';
import { ways } from '../support/ways';

/** Types into Suspend Account, without confirming it, and opens the page that the customer would see. */
async function preview(page: Page, someone: Customer, seen: string[]): Promise<Page> {
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await dialog.getByLabel('Internal note').fill('Ticket 4711');
  await dialog.getByLabel('Message for the customer').fill('Please pay invoice 12.');
  const until = dialog.getByRole('group', { name: 'Until' });
  await until.getByRole('radio', { name: 'A date and time' }).check();
  await until.getByLabel('Date and time (Europe/Berlin)').fill('2031-03-04T09:30');
  page.once('popup', (opened) => watch(opened, seen));
  const opened = page.waitForEvent('popup');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  return opened;
}

function withLinks(partner: Partner): void {
  command('partner', 'set', partner.name, '--pay', 'https://pay.example', '--contact', 'mailto:help@example.com');
}

for (const { way, test } of ways) {
  test.describe(way, () => {
    test('what is typed is shown as the customer would see it, and nothing is done', async ({ page, partner }) => {
      withLinks(partner);
      const someone = partner.take('climber');
      const seen: string[] = [];
      const shown = await preview(page, someone, seen);
      await expect(shown.getByRole('heading', { level: 1 })).toHaveText('Your account is suspended');
      const main = shown.getByRole('main');
      for (const text of [partner.name, someone.name, 'Please pay invoice 12.', 'Until4 March 2031, 09:30 (Europe/Berlin)', 'Your data is safe']) {
        await expect(main).toContainText(text);
      }
      await expect(main).not.toContainText('4711');
      await expect(shown.getByRole('link', { name: 'Pay' })).toHaveAttribute('href', 'https://pay.example');
      await expect(shown.getByRole('link', { name: `Contact ${partner.name}` })).toHaveAttribute('href', 'mailto:help@example.com');
      const reference = await shown.locator('dd').last().innerText();
      await shown.close();
      expect(seen).toEqual([]);
      await expect(popup(page)).toBeVisible();
      await expect(popup(page).getByLabel('Message for the customer')).toHaveValue('Please pay invoice 12.');
      // What it tells the customer to name is found.
      await open(page, `/customers/active?q=${reference}`);
      await expect(row(page, someone)).toBeVisible();
    });
  });
}

scripted('the popup shows it while it is typed', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  const picture = dialog.getByRole('figure', { name: `What ${someone.name} sees` });
  await expect(picture).toBeHidden();
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await expect(picture).toContainText('Your account is paused because a payment is overdue.');
  await dialog.getByLabel('Message for the customer').fill('Please pay <b>invoice 12</b>.');
  await expect(picture).toContainText('Please pay <b>invoice 12</b>.');
  await expect(picture).toContainText('Your account is suspended');
  const until = dialog.getByRole('group', { name: 'Until' });
  await until.getByRole('radio', { name: 'A date and time' }).check();
  await until.getByLabel('Date and time (Europe/Berlin)').fill('2031-03-04T09:30');
  await until.getByLabel('Date and time (Europe/Berlin)').blur();
  await expect(picture).toContainText('4 March 2031, 09:30 (Europe/Berlin)');
  await expect(picture).toContainText('Please pay <b>invoice 12</b>.');
  await dialog.getByLabel('Message for the customer').fill('Please call us.');
  await expect(picture).toContainText('Please call us.');
  await expect(picture.getByRole('link')).toHaveCount(0);
});

for (const language of ['en', 'de', 'ar', 'ja', 'en-XA', 'ar-XB']) {
  scripted(`the page in ${language}: nothing for axe, nothing cut, nothing too small, all from the catalogue`, async ({ page, partner }) => {
    withLinks(partner);
    const someone = partner.take('climber');
    partner.setLanguage(someone, language);
    const seen: string[] = [];
    const shown = await preview(page, someone, seen);
    await expect(shown.locator('html')).toHaveAttribute('dir', language.startsWith('ar') ? 'rtl' : 'ltr');
    await clean(shown, `suspended page in ${language}`);
    for (const width of [320, 360, 800, 1440]) {
      await shown.setViewportSize({ width, height: 740 });
      expect({ outside: await outside(shown), cut: await cut(shown), small: await small(shown) }, `${width} px`).toEqual({ outside: [], cut: [], small: [] });
    }
    const folder = process.env.PAGE_SHOTS;
    for (const colorScheme of folder ? (['light', 'dark'] as const) : []) {
      await shown.emulateMedia({ colorScheme });
      for (const width of [360, 800, 1440]) {
        await shown.setViewportSize({ width, height: 740 });
        await shown.screenshot({ path: `${folder}/${language}-${width}-${colorScheme}.png` });
      }
    }
    if (language === 'en-XA') {
      const data = [someone.name, partner.name, 'Europe/Berlin', await shown.locator('dd').last().innerText()];
      const texts = (await said(shown)).map((text) => data.reduce((rest, known) => rest.replaceAll(known, ''), text));
      // One letter is the partner's mark.
      expect(texts.filter((text) => /[A-Za-z]{2}/.test(text))).toEqual([]);
    }
    await shown.close();
    expect(seen).toEqual([]);
  });
}

scripted('it goes on to what was asked for when access is back, and to nothing else', async ({ page }) => {
  const script = readFileSync(`${__dirname}/../../server/src/suspended_page/page.js`, 'utf8');
  let status = 403;
  const asked: string[] = [];
  const product = createServer((request, answer) => {
    asked.push(`${request.method} ${request.url}`);
    const waiting = `<!DOCTYPE html><title>Suspended</title><link rel="icon" href="data:,"><main data-seconds="0.1">Suspended</main><script>${script}</script>`;
    answer.writeHead(status, { 'content-type': 'text/html' }).end(status === 200 ? '<!DOCTYPE html><title>In</title><link rel="icon" href="data:,">Welcome back' : waiting);
  });
  await new Promise<void>((done) => product.listen(0, '127.0.0.1', done));
  await page.goto(`http://127.0.0.1:${(product.address() as AddressInfo).port}/reports?of=may#top`);
  await expect.poll(() => asked.filter((line) => line.startsWith('HEAD')).length).toBeGreaterThan(1);
  await expect(page.getByText('Suspended')).toBeVisible();
  status = 401;
  const seen = asked.length;
  await expect.poll(() => asked.length).toBeGreaterThan(seen + 1);
  await expect(page.getByText('Suspended')).toBeVisible();
  status = 200;
  await expect(page.getByText('Welcome back')).toBeVisible();
  expect(asked.filter((line) => line.startsWith('GET'))).toEqual(['GET /reports?of=may', 'GET /reports?of=may']);
  product.closeAllConnections();
  product.close();
});
