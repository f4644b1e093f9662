/** The panel in every state that looks different, reached by addresses and places, so that no language is needed. */

import type { Page } from '@playwright/test';
import type { Customer } from './csv';
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
      const someone = partner.take(what === 'reactivate' ? 'unpaid' : 'climber');
      const id = await idOf(page, someone);
      await open(page, `${listOf(someone, 'all')}&do=${what}&customer=${id}`);
      await page.locator('#popup:modal').waitFor();
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
      const someone = partner.take('climber');
      const id = await idOf(page, someone);
      await open(page, `${listOf(someone, 'all')}&do=suspend&customer=${id}`);
      await page.locator('#popup:modal').waitFor();
      await page.locator('#popup select[name=reason]').selectOption('other');
      await page.locator('#popup .danger[type=submit]').click();
      await page.locator('#popup [role=alert]').first().waitFor();
    },
  },
  {
    name: 'after an action',
    reach: async (page, partner) => {
      const someone = partner.take('climber');
      const id = await idOf(page, someone);
      await open(page, `${listOf(someone)}&do=suspend&customer=${id}`);
      await page.locator('#popup:modal').waitFor();
      await page.locator('#popup select[name=reason]').selectOption('payment_overdue');
      await page.locator('#popup .danger[type=submit]').click();
      await page.locator('.notice').waitFor();
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
