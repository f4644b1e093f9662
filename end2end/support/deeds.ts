/** What people do with a customer from a list: for tests that begin where that is done. */

import type { Page } from '@playwright/test';
import type { Customer } from './csv';
import { choose, expect, listOf, message, open } from './panel';

/** Suspends a customer from the list at hand; told what the reason suggests, or something else. */
export async function suspend(page: Page, someone: Customer, reason: string, entry = 'Suspend Account', told?: string): Promise<void> {
  const dialog = await choose(page, someone, entry);
  await dialog.getByLabel('Reason').selectOption({ label: reason });
  if (told) await dialog.getByLabel('Message for the customer').fill(told);
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText(`${someone.name} is suspended: ${reason}`);
}

/** Reactivates a customer from the list at hand. */
export async function reactivate(page: Page, someone: Customer): Promise<void> {
  const dialog = await choose(page, someone, 'Reactivate Account');
  await dialog.getByRole('button', { name: 'Yes, Reactivate' }).click();
  await expect(message(page)).toContainText('is active again');
}

/** Suspends an active customer for an overdue payment, then for broken terms, from All Customers. */
export async function suspendTwice(page: Page, someone: Customer): Promise<void> {
  await open(page, listOf(someone, 'all'));
  await suspend(page, someone, 'Payment overdue');
  await suspend(page, someone, 'Terms broken', 'Add Suspension');
}

/** Plans a suspension for an overdue payment from Active Customers, for a day far ahead. */
export async function planSuspension(page: Page, someone: Customer): Promise<void> {
  await open(page, listOf(someone));
  const dialog = await choose(page, someone, 'Suspend Account');
  await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
  const from = dialog.getByRole('group', { name: 'From' });
  await expect(from.getByLabel(/^Date and time/)).toBeHidden();
  await from.getByRole('radio', { name: 'A date and time' }).check();
  await from.getByLabel('Date and time (Europe/Berlin)').fill('2031-03-04T09:30');
  await dialog.getByRole('button', { name: 'Yes, Suspend' }).click();
  await expect(message(page)).toContainText(`${someone.name} will be suspended from 4 March 2031, 09:30: Payment overdue.`);
}

/** Changes a customer's plan from the list at hand. */
export async function change(page: Page, someone: Customer, to: string): Promise<void> {
  const dialog = await choose(page, someone, 'Change Plan');
  await dialog.getByRole('radio', { name: new RegExp(`^${to}`) }).check();
  await dialog.getByRole('button', { name: 'Yes, Change Plan' }).click();
  await expect(message(page)).toContainText(new RegExp(`moved from \\w+ to ${to}`));
}
