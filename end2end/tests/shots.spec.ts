import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from '@playwright/test';
import { change, planSuspension, suspend, suspendTwice } from '../support/deeds';
import { owner } from '../support/demo';
import { call, field, palette } from '../support/keyboard';
import { type Language, test as reading } from '../support/languages';
import { choose, deaf, entries, expect, listOf, message, more, open, pageOf, popup, test } from '../support/panel';
import { onTop, pages, sheets } from '../support/states';

const folder = process.env.SHOTS_DIR;
const widths = [360, 800, 1440];

/** The page as it stands, at every width, light and dark. */
async function shoot(page: Page, name: string): Promise<void> {
  if (!folder) throw new Error('SHOTS_DIR is not set');
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
    }
  }
}

/** Signs in as the demo's first owner. */
async function demo(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(owner);
  await page.getByLabel('Password').fill(process.env.PANEL_DEMO_PASSWORD ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test.describe('the demo', () => {
  test.use({ role: null });
  test.setTimeout(180_000);

  test('pages', async ({ page }) => {
    await page.goto('/sign-in');
    await shoot(page, 'sign-in');
    await demo(page);
    for (const [name, address] of [
      ['active', '/customers/active'],
      ['suspended', '/customers/suspended'],
      ['suspended-today', '/customers/suspended?since=day'],
      ['all', '/customers/all?usage=80'],
      ['nothing', '/customers/active?q=nobody+of+this+name'],
      ['activity', '/activity'],
      ['missing', '/customers/nobody'],
    ]) {
      await page.goto(address);
      await shoot(page, name);
    }
    await open(page, '/customers/suspended');
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await expect(page.getByRole('link', { name: /^Back to/ })).toBeVisible();
    await shoot(page, 'customer');
    await page.screenshot({ path: join(folder ?? '', 'customer-whole.png'), fullPage: true });
  });
});

test.describe('menu and popups', () => {
  test.setTimeout(180_000);

  test('menu', async ({ page, partner }) => {
    const someone = partner.take('climber');
    await page.setViewportSize({ width: 1440, height: 900 });
    await open(page, '/customers/active?plan=pro');
    await page.getByRole('button', { name: /^Actions for/ }).nth(2).click();
    await expect(page.getByRole('menu')).toBeVisible();
    if (folder) await page.screenshot({ path: join(folder, 'menu-1440-light.png') });
    await page.setViewportSize({ width: 360, height: 740 });
    await open(page, listOf(someone));
    await more(page, someone).click();
    if (folder) await page.screenshot({ path: join(folder, 'menu-360-light.png') });
  });

  test('palette and keys', async ({ page, partner }) => {
    const someone = partner.take('blocked');
    await open(page, pageOf(someone));
    await call(page, '');
    await shoot(page, 'palette');
    await page.keyboard.type('climbing b');
    await expect(palette(page).getByRole('status')).toContainText('first 8');
    await shoot(page, 'palette-found');
    await field(page).fill(someone.name);
    await expect(palette(page).getByRole('option')).toHaveText([new RegExp(someone.name)]);
    await page.keyboard.press('Enter');
    await shoot(page, 'palette-actions');
    await page.keyboard.press('Escape');
    await field(page).fill('nobody of this name');
    await expect(palette(page).getByRole('status')).toContainText('No customer');
    await shoot(page, 'palette-nobody');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await shoot(page, 'keys');
    await page.evaluate(() => document.documentElement.setAttribute('data-shortcuts', 'off'));
    await shoot(page, 'keys-off');
  });

  for (const [entry, name] of [
    ['Change Plan', 'change'],
    ['Rollback Plan', 'rollback'],
    ['Suspend Account', 'suspend'],
    ['Reactivate Account', 'reactivate'],
  ]) {
    test(name, async ({ page, partner }) => {
      const someone = partner.take(name === 'reactivate' ? 'unpaid' : 'climber');
      await open(page, listOf(someone, name === 'reactivate' ? 'suspended' : 'active'));
      const dialog = await choose(page, someone, entry);
      if (name === 'change') await dialog.getByRole('radio', { name: /Starter/ }).check();
      if (name === 'suspend') await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
      await shoot(page, name);
      if (name === 'suspend') {
        await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
        await expect(message(page)).toBeVisible();
        await shoot(page, 'after');
      } else {
        await page.keyboard.press('Escape');
        await expect(popup(page)).toBeHidden();
      }
    });
  }

  test('several suspensions', async ({ page, partner }) => {
    const someone = partner.take('climber');
    await suspendTwice(page, someone);
    const adding = await choose(page, someone, 'Add Suspension');
    await adding.getByRole('group', { name: 'From' }).getByRole('radio', { name: 'A date and time' }).check();
    await shoot(page, 'add-suspension');
    await page.keyboard.press('Escape');
    const lifting = await choose(page, someone, 'Reactivate Account');
    await shoot(page, 'lift-all');
    await lifting.getByRole('checkbox', { name: /Terms broken/ }).uncheck();
    await shoot(page, 'lift-some');
    await lifting.getByRole('checkbox', { name: /Payment overdue/ }).uncheck();
    await lifting.getByRole('button', { name: 'Yes, Lift', exact: true }).click();
    await expect(lifting.getByRole('alert')).toBeVisible();
    await shoot(page, 'lift-none');
    await page.keyboard.press('Escape');
    await open(page, listOf(someone, 'suspended'));
    await shoot(page, 'row-suspended-twice');
  });

  test('a planned suspension', async ({ page, partner }) => {
    const someone = partner.take('climber');
    await planSuspension(page, someone);
    await suspend(page, someone, 'Customer asked');
    await open(page, pageOf(someone));
    await shoot(page, 'planned');
    await page.getByRole('link', { name: 'Call off' }).click();
    await expect(popup(page)).toBeVisible();
    await shoot(page, 'call-off');
  });

  test('undo', async ({ page, partner, second }) => {
    const someone = partner.take('climber');
    await open(page, listOf(someone));
    await change(page, someone, 'Business');
    const other = await second('manager');
    await open(other, pageOf(someone));
    await entries(other, 'changed the plan').getByRole('link', { name: 'Undo' }).click();
    await expect(popup(other)).toBeVisible();
    await shoot(other, 'undo');
    await open(other, listOf(someone));
    await change(other, someone, 'Moving');
    await message(page).getByRole('button', { name: 'Undo' }).click();
    await expect(popup(page).getByRole('link', { name: 'Roll back to Pro instead' })).toBeVisible();
    await shoot(page, 'superseded');
  });

  test('stale and used', async ({ page, partner, second }) => {
    const someone = partner.take('climber');
    await deaf(page);
    await open(page, listOf(someone));
    await choose(page, someone, 'Change Plan');
    await page.reload();
    const address = page.url();
    await popup(page).getByRole('radio', { name: /^Business/ }).check();
    await popup(page).getByRole('button', { name: 'Yes, Change Plan' }).click();
    await expect(message(page)).toBeVisible();
    await open(page, address);
    await shoot(page, 'used');
    await popup(page).getByRole('link', { name: 'Open a fresh one' }).click();
    await popup(page).getByRole('radio', { name: /^Pro/ }).check();
    const other = await second('manager');
    await open(other, listOf(someone));
    await change(other, someone, 'Moving');
    await popup(page).getByRole('button', { name: 'Yes, Change Plan' }).click();
    await expect(popup(page).getByRole('alert')).toBeVisible();
    await shoot(page, 'stale');
  });

  test('a live page', async ({ page, partner, second, context }) => {
    const [someone, another] = [partner.take('climber'), partner.take('climber')];
    const other = await second('manager');
    await open(page, '/customers/active?q=Climbing&sort=name');
    await open(other, '/customers/active?q=Climbing&sort=name');
    await suspend(page, someone, 'Customer asked');
    await suspend(other, another, 'Payment overdue');
    await expect(page.getByRole('button', { name: /Show$/ })).toBeVisible();
    await shoot(page, 'waiting');
    await open(page, '/customers/active?q=Climbing&sort=name');
    await context.setOffline(true);
    await expect(page.getByText('Offline.')).toBeVisible();
    await shoot(page, 'offline');
    await context.setOffline(false);
    const third = partner.take('climber');
    await open(page, listOf(third));
    await choose(page, third, 'Suspend Account');
    await open(other, listOf(third));
    await change(other, third, 'Business');
    await expect(popup(page).getByRole('alert')).toBeVisible();
    await shoot(page, 'meanwhile');
  });

  test('rollback with both prices', async ({ page, partner }) => {
    const someone = partner.take('loyal');
    await open(page, listOf(someone));
    await choose(page, someone, 'Rollback Plan');
    await shoot(page, 'rollback-prices');
  });
});

for (const language of ['en', 'en-XA', 'ar-XB'] as Language[]) {
  reading.describe(`every state in ${language}`, () => {
    reading.use({ language });
    reading.setTimeout(300_000);

    for (const [group, states] of [['pages', pages], ['popups', onTop]] as const) {
      reading(group, async ({ page, partner }) => {
        for (const state of states) {
          await page.setViewportSize({ width: 1440, height: 900 });
          await state.reach(page, partner);
          await shoot(page, `${language}-${state.name.replaceAll(/\W+/g, '-')}`);
        }
      });
    }

    reading('sheets', async ({ page, partner }) => {
      for (const state of sheets) {
        await page.setViewportSize({ width: 360, height: 740 });
        await state.reach(page, partner);
        if (folder) await page.screenshot({ path: join(folder, `${language}-${state.name.replaceAll(' ', '-')}-360-light.png`) });
      }
    });
  });
}

reading.describe('forced colours', () => {
  reading.use({ forcedColors: 'active', colorScheme: 'dark' });
  reading.setTimeout(180_000);

  reading('every state', async ({ page, partner }) => {
    for (const state of [...pages, ...onTop]) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await state.reach(page, partner);
      if (folder) await page.screenshot({ path: join(folder, `forced-${state.name.replaceAll(/\W+/g, '-')}.png`) });
    }
  });
});
