/** Where the rows of a list stand, and whether what they say has its place in them. */

import type { Page } from '@playwright/test';
import type { Customer } from './csv';
import { drawn } from './layout';
import { expect, row } from './panel';

/** Where each row of the list ends on the page. */
export async function ends(page: Page): Promise<number[]> {
  await drawn(page);
  return page.getByRole('row').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().bottom + scrollY));
}

/** A list that holds this customer among some of the same kind. */
export function among(someone: Customer, list: 'active' | 'suspended' | 'all'): string {
  const [kind, first] = someone.name.split(' ');
  return `/customers/${list}?q=${kind}+${first}`;
}

/** What of a row's cells lies outside of it, or is cut. */
export async function spilt(page: Page, someone: Customer): Promise<string[]> {
  return row(page, someone).evaluate((row) => {
    const edge = row.getBoundingClientRect();
    const links = [...row.querySelectorAll<HTMLElement>('a, .status, time, .plan')];
    const shown = links.filter((element) => element.checkVisibility({ visibilityProperty: true }));
    const out = shown.filter((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const cell = (element.closest('[role=cell], [role=rowheader]') ?? row).getBoundingClientRect();
      return top < edge.top - 1 || bottom > edge.bottom + 1 || left < cell.left - 1 || right > cell.right + 1;
    });
    return out.map((element) => `${element.className} ${element.textContent}`);
  });
}

/** What a customer is told: long enough to have no room in a line. */
export const message = 'Please pay invoice 4711 of October, then write to billing@kontor.example and we will let you in again within the hour.';

/** Expects the rows where they stood before, once this one shows that something was done. */
export async function stands(page: Page, someone: Customer, before: number[], deed: () => Promise<void>): Promise<void> {
  const was = await row(page, someone).innerText();
  await deed();
  await expect.poll(() => row(page, someone).innerText()).not.toBe(was);
  expect(await ends(page)).toEqual(before);
  expect(await spilt(page, someone)).toEqual([]);
}
