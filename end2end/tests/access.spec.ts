import { clean } from '../support/axe';
import { change, planSuspension, suspend, suspendTwice } from '../support/deeds';
import { cut, outside } from '../support/layout';
import { choose, command, deaf, entries, expect, linkIn, listOf, message, more, open, pageOf, popup, row, test } from '../support/panel';

for (const width of [1280, 320]) {
  test.describe(`axe at ${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });
    // Several looks each: on a slow machine that is more than a test usually takes.
    test.slow();

    for (const address of ['/customers/active', '/customers/suspended', '/customers/all', '/activity', '/preferences', '/keys', '/connect', '/customers/active?q=nobody+at+all', '/nowhere']) {
      test(address, async ({ page }) => {
        await open(page, address);
        await clean(page, address);
      });
    }

    test('a customer', async ({ page, partner }) => {
      await open(page, pageOf(partner.take('climber')));
      await clean(page, 'customer');
    });

    test('the menu', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      await more(page, someone).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await clean(page, 'menu');
    });

    for (const [entry, list, kind] of [
      ['Change Plan', 'active', 'climber'],
      ['Rollback Plan', 'active', 'climber'],
      ['Suspend Account', 'active', 'climber'],
      ['Reactivate Account', 'suspended', 'unpaid'],
    ] as const) {
      test(entry, async ({ page, partner }) => {
        const someone = partner.take(kind);
        await open(page, listOf(someone, list));
        await choose(page, someone, entry);
        await clean(page, entry);
      });
    }

    test('several suspensions: adding one, and choosing what to lift', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await suspendTwice(page, someone);
      const adding = await choose(page, someone, 'Add Suspension');
      await adding.getByRole('group', { name: 'From' }).getByRole('radio', { name: 'A date and time' }).check();
      await clean(page, 'Add Suspension');
      await page.keyboard.press('Escape');
      const lifting = await choose(page, someone, 'Reactivate Account');
      await clean(page, 'all ticked');
      for (const tick of await lifting.getByRole('checkbox').all()) await tick.uncheck();
      await lifting.getByRole('button', { name: 'Yes, Lift', exact: true }).click();
      await expect(lifting.getByRole('alert')).toBeVisible();
      await clean(page, 'none ticked, and refused');
      await page.keyboard.press('Escape');
      await open(page, `/customers/suspended?since=day&q=${encodeURIComponent(someone.name)}`);
      await clean(page, 'suspended today');
    });

    test('a planned suspension on the customer’s page, and calling it off', async ({ page, partner }) => {
      const someone = partner.take('climber');
      await planSuspension(page, someone);
      await suspend(page, someone, 'Customer asked');
      await open(page, pageOf(someone));
      await clean(page, 'in force and planned');
      await page.getByRole('link', { name: 'Call off' }).click();
      await expect(popup(page)).toBeVisible();
      await clean(page, 'Call off');
    });

    test('Undo, with its preview, and what stands in its way', async ({ page, partner, second }) => {
      const someone = partner.take('climber');
      await open(page, listOf(someone));
      await change(page, someone, 'Business');
      await clean(page, 'the status message');
      const other = await second('manager');
      await open(other, pageOf(someone));
      await entries(other, 'changed the plan').getByRole('link', { name: 'Undo' }).click();
      await expect(popup(other)).toBeVisible();
      await clean(other, 'Undo');
      await open(other, listOf(someone));
      await change(other, someone, 'Moving');
      await message(page).getByRole('button', { name: 'Undo' }).click();
      await expect(popup(page).getByRole('link', { name: 'Roll back to Pro instead' })).toBeVisible();
      await clean(page, 'superseded');
    });

    test('a popup that was used, and one that a colleague was faster than', async ({ page, partner, second }) => {
      const someone = partner.take('climber');
      await deaf(page);
      await open(page, listOf(someone));
      await choose(page, someone, 'Change Plan');
      await page.reload();
      const address = page.url();
      await popup(page).getByRole('radio', { name: /^Business/ }).check();
      await popup(page).getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(message(page)).toContainText('moved from Pro to Business');
      await open(page, address);
      await expect(popup(page).getByRole('heading')).toHaveText('This popup was used already');
      await clean(page, 'used');
      await popup(page).getByRole('link', { name: 'Open a fresh one' }).click();
      await popup(page).getByRole('radio', { name: /^Pro/ }).check();
      const other = await second('manager');
      await open(other, listOf(someone));
      await change(other, someone, 'Moving');
      await popup(page).getByRole('button', { name: 'Yes, Change Plan' }).click();
      await expect(popup(page).getByRole('alert')).toBeVisible();
      await clean(page, 'stale');
    });

    test('Rollback with both prices', async ({ page, partner }) => {
      const someone = partner.take('loyal');
      await open(page, listOf(someone));
      await choose(page, someone, 'Rollback Plan');
      await clean(page, 'both prices');
    });
  });
}

// Nobody is known there yet, so both speak English; from right to left they are only turned round.
test.describe('signed out', () => {
  test.use({ role: null });
  test.slow();

  for (const width of [1280, 320]) {
    for (const [name, heading, address] of [
      ['sign-in', 'Sign in to the Partner Panel', () => '/sign-in'],
      ['a one-time link', /^Choose your password/, (mail, name) => linkIn(command('user', 'link', '--partner', name, mail))],
      ['a link that is over', /link/, () => '/welcome/over'],
    ] as [string, string | RegExp, (mail: string, name: string) => string][]) {
      test(`${name} at ${width} px, from both sides`, async ({ page, partner }) => {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(address(partner.mail.viewer, partner.name));
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
        for (const dir of ['ltr', 'rtl']) {
          await page.evaluate((dir) => document.documentElement.setAttribute('dir', dir), dir);
          await clean(page, `${name}, ${dir}`);
          expect({ outside: await outside(page), cut: await cut(page) }, dir).toEqual({ outside: [], cut: [] });
        }
      });
    }
  }
});
