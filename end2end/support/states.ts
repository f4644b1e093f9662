/** The panel in every state that looks different, reached by addresses and places, so that no language is needed. */

import type { Page } from '@playwright/test';
import { type Customer, customer, size } from './csv';
import { listOf, open, pageOf, type Partner } from './panel';

export interface State {
  name: string;
  /** Brings the page there. */
  reach: (page: Page, partner: Partner) => Promise<void>;
}

/** Our own id of a customer. */
async function idOf(page: Page, someone: Customer, list: 'active' | 'suspended' | 'all' = 'all'): Promise<string> {
  await page.goto(listOf(someone, list));
  return (await page.locator('[data-menu]').first().getAttribute('data-menu')) ?? '';
}

/** Opens a popup by its address, above a list. */
async function ask(page: Page, someone: Customer, what: string, list: 'active' | 'all' = 'all'): Promise<void> {
  const id = await idOf(page, someone);
  await open(page, `${listOf(someone, list)}&do=${what}&customer=${id}`);
  await page.locator('#popup:modal').waitFor();
}

/** Suspends a customer at once, or from a day far ahead; for a reason that nobody is suspended for at first. */
async function suspend(page: Page, someone: Customer, from?: string): Promise<void> {
  await ask(page, someone, 'suspend', 'active');
  await page.locator('#popup select[name=reason]').selectOption('customer_asked');
  if (from) {
    await page.locator('#popup [name=from_mode][value=date]').check();
    await page.locator('#popup input[name=from]').fill(from);
  }
  await page.locator('#popup .danger[type=submit]').click();
  await page.locator('.notice').waitFor();
}

/** Follows a link of a customer's page to a popup. */
async function follow(page: Page, someone: Customer, what: string): Promise<void> {
  await open(page, pageOf(someone));
  await page.locator(`main a[href*="do=${what}&"]`).last().click();
  await page.locator('#popup:modal').waitFor();
}

function address(where: string): State {
  return { name: where, reach: (page) => open(page, where) };
}

/** Pages without anything on top. */
export const pages: State[] = [
  address('/customers/active'),
  address('/customers/suspended'),
  address('/customers/all?plan=pro&usage=unknown&sort=name-desc'),
  address('/customers/active?q=nobody+of+this+name'),
  address('/activity'),
  address('/activity?day=today&kind=suspension_placed'),
  address('/preferences'),
  address('/keys'),
  address('/connect'),
  address('/nowhere'),
  {
    name: 'a customer',
    reach: async (page, partner) => open(page, pageOf(partner.take('climber'))),
  },
  {
    name: 'a suspended customer',
    reach: async (page, partner) => open(page, pageOf(partner.take('unpaid'))),
  },
  {
    name: 'a match in another list',
    reach: async (page) => {
      // Only looked at, so it need not be taken.
      await open(page, listOf(customer('blocked', size.blocked - 1)));
      await page.locator('.elsewhere').waitFor();
    },
  },
  {
    name: 'the entries of a row without scripts',
    reach: async (page, partner) => {
      const someone = partner.take('climber');
      const id = await idOf(page, someone);
      await open(page, `${listOf(someone, 'all')}&menu=${id}`);
    },
  },
];

/** Popups and menus. */
export const onTop: State[] = [
  {
    name: 'the menu',
    reach: async (page, partner) => {
      await open(page, listOf(partner.take('starter')));
      await page.locator('[data-menu]').first().click();
      await page.locator('#row-menu:popover-open').waitFor();
    },
  },
  ...(['change', 'rollback', 'suspend', 'reactivate'] as const).map((what) => ({
    name: what,
    reach: async (page: Page, partner: Partner) => {
      await ask(page, partner.take(what === 'reactivate' ? 'unpaid' : 'climber'), what);
      if (what === 'change') await page.locator('#popup input[type=radio]:enabled').nth(1).check();
      if (what === 'suspend') {
        await page.locator('#popup select[name=reason]').selectOption('payment_overdue');
        await page.locator('#popup [name=until_mode][value=date]').check();
      }
    },
  })),
  {
    name: 'a refused popup',
    reach: async (page, partner) => {
      await ask(page, partner.take('climber'), 'suspend');
      await page.locator('#popup select[name=reason]').selectOption('other');
      await page.locator('#popup .danger[type=submit]').click();
      await page.locator('#popup [role=alert]').first().waitFor();
    },
  },
  {
    name: 'after an action',
    reach: (page, partner) => suspend(page, partner.take('climber')),
  },
  {
    name: 'one more suspension',
    reach: (page, partner) => ask(page, partner.take('unpaid'), 'suspend'),
  },
  {
    name: 'what to lift of several',
    reach: async (page, partner) => {
      const someone = partner.take('unpaid');
      await suspend(page, someone);
      await open(page, `/customers/${await idOf(page, someone)}?do=reactivate`);
      await page.locator('#popup:modal').waitFor();
    },
  },
  {
    name: 'calling off what is planned',
    reach: async (page, partner) => {
      const someone = partner.take('starter');
      await suspend(page, someone, '2031-03-04T09:30');
      await follow(page, someone, 'reactivate');
    },
  },
  {
    name: 'an undo',
    reach: async (page, partner) => {
      const someone = partner.take('climber');
      await suspend(page, someone);
      await follow(page, someone, 'undo');
    },
  },
  {
    name: 'the sheet of keys',
    reach: async (page) => {
      await open(page, '/customers/active');
      await page.keyboard.press('?');
      await page.locator('#shortcuts:modal').waitFor();
    },
  },
];

/** The palette, before anything is typed and with somebody chosen. */
export const called: State[] = [
  {
    name: 'the palette',
    reach: async (page) => {
      await open(page, '/customers/active');
      await page.keyboard.press('Control+k');
      await page.locator('#palette:modal [role=option]').first().waitFor();
    },
  },
  {
    name: 'the entries of the palette for a customer',
    reach: async (page, partner) => {
      const someone = partner.take('blocked');
      await open(page, '/customers/active');
      await page.keyboard.press('Control+k');
      await page.keyboard.type(someone.externalId);
      await page.locator('#palette [role=option]', { hasText: someone.name }).waitFor();
      await page.keyboard.press('Enter');
      await page.locator('#palette [role=option][aria-disabled=true]').first().waitFor();
    },
  },
];

/** What only a narrow window opens. */
export const sheets: State[] = [
  {
    name: 'the filters',
    reach: async (page) => {
      await open(page, '/customers/all?plan=pro');
      await page.locator('[popovertarget=filters]').first().click();
      await page.locator('#filters:popover-open').waitFor();
    },
  },
  {
    name: 'the drawer',
    reach: async (page) => {
      await open(page, '/customers/active');
      await page.locator('.drawer-open').click();
      await page.locator('#sidebar:popover-open').waitFor();
    },
  },
];
