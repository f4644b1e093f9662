import { choose, entries, expect, listOf, message, open, pageOf, popup, row } from '../support/panel';
import { change } from '../support/deeds';
import type { Locator, Page } from '../support/noscript';
import { ways } from '../support/ways';

/** What a form would post. */
async function fieldsOf(form: Locator): Promise<Record<string, string>> {
  return form.evaluate((form: HTMLFormElement) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])));
}

/** Posts a form to the page that shows it, as a browser would that sends it again. */
async function post(page: Page, form: Record<string, string>) {
  const headers = { origin: new URL(page.url()).origin };
  return page.request.post(page.url().split('#')[0], { headers, form, maxRedirects: 0 });
}

for (const { way, test } of ways) {
  test.describe(way, () => {
    test('a double click on the confirming button changes the plan once', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      const dialog = await choose(page, someone, 'Change Plan');
      await dialog.getByRole('radio', { name: /^Business/ }).check();
      await dialog.getByRole('button', { name: 'Yes, Change Plan' }).dblclick();
      await expect(message(page)).toContainText('moved from Pro to Business');
      await open(page, pageOf(someone));
      await expect(entries(page, 'changed the plan')).toHaveCount(1);
    });

    test('a double click on Undo undoes once', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      await change(page, someone, 'Business');
      await message(page).getByRole('button', { name: 'Undo' }).dblclick();
      await expect(message(page)).toContainText('is back on Pro');
      await expect(row(page, someone)).toContainText('€49.00');
      await open(page, pageOf(someone));
      await expect(entries(page, 'undid a plan change')).toHaveCount(1);
    });

    test('the same form posted twice is one change; with another choice it is refused', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      const dialog = await choose(page, someone, 'Change Plan');
      const moving = await dialog.getByRole('radio', { name: /^Moving/ }).inputValue();
      await dialog.getByRole('radio', { name: /^Business/ }).check();
      const form = await fieldsOf(dialog.locator('form'));
      for (const _ of ['once', 'again']) expect((await post(page, form)).status()).toBe(303);
      const other = await post(page, { ...form, choice: moving });
      expect(other.status()).toBe(422);
      expect(await other.text()).toContain('This popup was used already, and nothing was done now. What it did:');
      await open(page, pageOf(someone));
      await expect(entries(page, 'changed the plan')).toHaveCount(1);
      await expect(page.getByRole('region', { name: /^Business/ })).toBeVisible();
    });

    test('a popup opened by its address, confirmed, and come back to', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      await choose(page, someone, 'Change Plan');
      const address = page.url().replace(/&key=[^&]*/, '');
      await open(page, address);
      const used = page.url();
      expect(used).toMatch(/&key=[\w-]+$/);
      await popup(page).getByRole('radio', { name: /^Business/ }).check();
      await popup(page).getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(message(page)).toContainText('moved from Pro to Business');
      await expect(popup(page)).toBeHidden();

      await open(page, used);
      await expect(popup(page).getByRole('heading')).toHaveText('This popup was used already');
      await expect(popup(page)).toContainText(/changed the plan \((?:today|yesterday) \d\d:\d\d\): Pro, €49\.00 per month → Business, €99\.00 per month\./);
      await expect(popup(page).getByRole('button', { name: /^Yes/ })).toHaveCount(0);
      await popup(page).getByRole('link', { name: 'Open a fresh one' }).click();
      await expect(popup(page).getByRole('heading', { level: 2 })).toHaveText(`Change ${someone.name}'s plan?`);
      await popup(page).getByRole('radio', { name: /^Moving/ }).check();
      await popup(page).getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(message(page)).toContainText('moved from Business to Moving');
    });
  });
}

const [{ test: hydrated }, { test: unscripted }] = ways;

unscripted('Back after success: the popup says what it did, and a fresh one works', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await page.goto(listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Customer asked' });
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText('is suspended: Customer asked');
  await page.goBack();
  await expect(dialog.getByRole('heading')).toHaveText('This popup was used already');
  await expect(dialog).toContainText(/suspended the account \((?:today|yesterday) \d\d:\d\d\): Reason: Customer asked\./);
  await dialog.getByRole('link', { name: 'Open a fresh one' }).click();
  await expect(dialog.getByRole('heading')).toHaveText(`Suspend ${someone.name} for another reason?`);
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText('is suspended: Payment overdue');
});

hydrated('Back and forward after success: no stale popup', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, '/customers/all');
  await open(page, listOf(someone));
  await change(page, someone, 'Business');
  const steps = [() => page.goBack(), () => page.goBack(), () => page.goForward(), () => page.goForward()];
  for (const step of steps) {
    await step();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page).not.toHaveURL(/do=/);
    await expect(popup(page)).toBeHidden();
  }
});
