/**
 * The panel as a person meets it. Every worker has a partner of its own, made with the program's own commands, and
 * every test takes customers that no other test touches, so tests run in any order and side by side.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, request, type BrowserContextOptions, type Locator, type Page } from '@playwright/test';
import { type Customer, type Kind, customer, customers, history, languageOf, phoneOf, planAt, plans, size, usageOf } from './csv';

export type Role = 'owner' | 'manager' | 'agent' | 'viewer';
export type Session = Exclude<BrowserContextOptions['storageState'], string | undefined>;

const roles: Role[] = ['owner', 'manager', 'agent', 'viewer'];
export const password = 'a long enough password';

function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests by cargo xtask test`);
  return value;
}

/** Runs a command of the program against the data of the server under test. */
export function command(...args: string[]): string {
  return execFileSync(environment('PANEL_BIN'), args, {
    env: { ...process.env, PARTNER_PANEL_DATA: environment('PANEL_DATA') },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Hands the program files that exist only while it reads them. */
function imported(as: 'import' | 'import-plans', partner: string, files: Record<string, string>, ...more: string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'panel-csv-'));
  const [first, ...others] = Object.entries(files).map(([title, text]) => {
    const path = join(folder, title);
    writeFileSync(path, text);
    return path;
  });
  command(as, '--partner', partner, first, ...more, ...others, '--apply');
  rmSync(folder, { recursive: true });
}

/** A partner made for one worker. */
export class Partner {
  private readonly taken = new Map<Kind, number>();

  constructor(
    readonly name: string,
    readonly sessions: Record<Role, Session>,
    readonly mail: Record<Role, string>,
  ) {}

  /** A customer that no other test of this worker has had. */
  take(kind: Kind): Customer {
    const n = this.taken.get(kind) ?? 0;
    if (n >= size[kind]) throw new Error(`no ${kind} customer is left: raise its number in csv.ts`);
    this.taken.set(kind, n + 1);
    return customer(kind, n);
  }

  /** The product reports how many seats a climbing customer uses. */
  reportSeats(someone: Customer, seats: number): void {
    imported('import', this.name, { 'customers.csv': usageOf(someone, seats) });
  }

  /** The product tells a climbing customer's telephone number. */
  setPhone(someone: Customer, phone: string): void {
    imported('import', this.name, { 'customers.csv': phoneOf(someone, phone) });
  }

  /** The product tells which language a climbing customer reads. */
  setLanguage(someone: Customer, language: string): void {
    imported('import', this.name, { 'customers.csv': languageOf(someone, language) });
  }

  /** The operator gives a plan a new price per month. */
  setPrice(code: string, price: string): void {
    imported('import-plans', this.name, { 'plans.csv': planAt(code, price) });
  }
}

/** Where a one-time link leads, from the output of the command that made it. */
export function linkIn(output: string): string {
  const found = output.match(/https?:\/\/\S+/);
  if (!found) throw new Error(`no link in: ${output}`);
  return new URL(found[0]).pathname;
}

export async function sessionOf(origin: string, link: string): Promise<Session> {
  // Within a test a new context starts with the test's own cookies, and signing in ends the session that they name.
  const context = await request.newContext({
    baseURL: origin,
    extraHTTPHeaders: { origin },
    storageState: { cookies: [], origins: [] },
  });
  const answer = await context.post(link, { form: { password, again: password } });
  expect(answer.status(), await answer.text()).toBe(200);
  const session = await context.storageState();
  await context.dispose();
  expect(session.cookies).toHaveLength(1);
  return session;
}

/** Makes a partner with four users; with customers unless told otherwise. */
export async function makePartner(name: string, origin: string, stock: 'customers' | 'nobody'): Promise<Partner> {
  command('partner', 'add', name, '--currency', 'EUR', '--language', 'en', '--time-zone', 'Europe/Berlin', '--brand', '#0a6cbd');
  imported('import-plans', name, { 'plans.csv': plans });
  if (stock === 'customers') {
    imported('import', name, { 'customers.csv': customers(), 'history.csv': history() }, '--history');
  }
  const sessions = {} as Record<Role, Session>;
  const mail = {} as Record<Role, string>;
  for (const role of roles) {
    mail[role] = `${role}@${name.toLowerCase().replaceAll(' ', '-')}.example`;
    command('user', 'add', '--partner', name, mail[role], '--role', role);
    sessions[role] = await sessionOf(origin, linkIn(command('user', 'link', '--partner', name, mail[role])));
  }
  return new Partner(name, sessions, mail);
}

/** Fails the test on anything that a person with the console open would frown at. */
export function watch(page: Page, seen: string[], borne: RegExp | null = null): void {
  page.on('console', (message) => {
    // A refusal is an answer, not a fault; Chromium reports its status all the same.
    const refusal = /status of (401|403|404|409|410|422|428|400)/.test(message.text());
    if (message.type() === 'error' && !refusal && !borne?.test(message.text())) {
      seen.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => seen.push(`page error: ${error.message}`));
}

async function reportPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}

/** The pages of browsers without scripts, which never answer to any. */
const still = new WeakSet<Page>();

interface Fixtures {
  /** Who is signed in; null for nobody. */
  role: Role | null;
  /** What the test itself makes the browser complain of. */
  borne: RegExp | null;
  /** A second browser of another person. */
  second: (role: Role) => Promise<Page>;
}

export const test = base.extend<Fixtures, { partner: Partner }>({
  role: ['owner', { option: true }],
  borne: [null, { option: true }],
  partner: [
    async ({}, use, worker) => {
      const origin = environment('PANEL_ORIGIN');
      const name = `Test Partner ${worker.workerIndex} ${Date.now() % 100000}`;
      await use(await makePartner(name, origin, 'customers'));
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  storageState: async ({ role, partner }, use) => {
    await use(role ? partner.sessions[role] : { cookies: [], origins: [] });
  },
  page: async ({ page, javaScriptEnabled, borne }, use) => {
    const seen: string[] = [];
    watch(page, seen, borne);
    if (javaScriptEnabled === false) still.add(page);
    else await reportPolicy(page);
    await use(page);
    expect(seen).toEqual([]);
  },
  second: async ({ browser, partner, javaScriptEnabled }, use) => {
    const seen: string[] = [];
    const opened: Page[] = [];
    await use(async (role) => {
      const context = await browser.newContext({ storageState: partner.sessions[role], javaScriptEnabled });
      const page = await context.newPage();
      watch(page, seen);
      if (javaScriptEnabled === false) still.add(page);
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
    expect(seen).toEqual([]);
  },
});

export { expect };

/** Opens an address and waits until the page answers to scripts. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await ready(page);
}

/** Keeps from a page what happens elsewhere, as a slow line does: its stream opens and nothing comes. */
export async function deaf(page: Page): Promise<void> {
  await page.route('**/live?*', () => {});
}

/** Says that a page will never answer to scripts. */
export async function asleep(page: Page): Promise<void> {
  still.add(page);
}

/** Waits until the page answers to scripts, if it has any. */
export async function ready(page: Page): Promise<void> {
  if (still.has(page)) return;
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
}

/** The list that holds this customer alone. */
export function listOf(someone: Customer, list: 'active' | 'suspended' | 'all' = 'active'): string {
  return `/customers/${list}?q=${encodeURIComponent(someone.name)}`;
}

/** The ⋮ of a customer. */
export function more(page: Page, someone: Customer): Locator {
  const name = { name: `Actions for ${someone.name}`, exact: true };
  return page.getByRole('row').getByRole('button', name).or(page.getByRole('row').getByRole('link', name));
}

/** The one popup. */
export function popup(page: Page): Locator {
  return page.getByRole('dialog').or(page.getByRole('alertdialog'));
}

/** An entry of the open ⋮: of the menu, or of the list that stands in for it without scripts. */
export function entryOf(page: Page, someone: Customer, entry: string): Locator {
  const list = page.getByRole('list', { name: `Actions for ${someone.name}`, exact: true });
  return page.getByRole('menuitem', { name: entry }).or(list.getByRole('listitem').filter({ hasText: entry }).locator('> *'));
}

/** Opens ⋮ and chooses an entry; answers with the popup. */
export async function choose(page: Page, someone: Customer, entry: string): Promise<Locator> {
  await more(page, someone).click();
  await entryOf(page, someone, entry).click();
  await expect(popup(page)).toBeVisible();
  return popup(page);
}

/** The address of a customer's page. */
export function pageOf(someone: Customer): string {
  return `/customers/by-external-id/${someone.externalId}`;
}

/** An entry of the timeline or of Activity, latest first. */
export function entries(page: Page, text: string | RegExp): Locator {
  return page.getByRole('main').locator('.timeline').getByRole('listitem').filter({ hasText: text });
}

/** The message that says what happened. */
export function message(page: Page): Locator {
  return page.getByRole('status').filter({ has: page.locator('.notice') });
}

/** A customer's row in a list. */
export function row(page: Page, someone: Customer): Locator {
  return page.getByRole('row').filter({ hasText: someone.name });
}

/** What waits to be shown. */
export function waiting(page: Page): Locator {
  return page.getByRole('button', { name: /Show$/ });
}
