import { clean } from '../support/axe';
import { call, field, marked, palette, press, tabTo } from '../support/keyboard';
import { expect, listOf, message, more, open, pageOf, popup, row, test } from '../support/panel';

const FIND = '**/find_customers';

test('finds a customer of any list from any page, and suspends it in the same popup', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, '/activity');
  await call(page, someone.externalId);
  await expect(marked(page)).toContainText(someone.name);
  await press(page, 'Enter');
  await expect(palette(page).getByRole('option')).toHaveText(['Open page', 'Change Plan', 'Rollback Plan', 'Suspend Account']);
  await expect(palette(page).getByRole('status')).toHaveText(`Actions for ${someone.name}`);
  await page.keyboard.type('susp');
  await expect(palette(page).getByRole('option')).toHaveText(['Suspend Account']);
  await press(page, 'Enter');
  await expect(palette(page)).toBeHidden();
  await expect(page).toHaveURL(/\/activity\?do=suspend&customer=/);
  await expect(popup(page).getByLabel('Reason')).toBeFocused();
  await page.keyboard.type('Payment');
  await tabTo(page, popup(page).getByRole('button', { name: 'Yes, Suspend' }));
  await press(page, 'Enter');
  await expect(message(page)).toContainText(`${someone.name} is suspended: Payment overdue`);
  await expect(page.getByRole('listitem').filter({ hasText: someone.name }).first()).toContainText('suspended the account');
});

for (const [what, of] of [
  ['name', (it: { name: string }) => it.name.toUpperCase()],
  ['e-mail', (it: { email: string }) => it.email],
] as const) {
  test(`by ${what}; the popup opens over the list at hand, and Cancel leads back to it`, async ({ page, partner }) => {
    const someone = partner.take('climber');
    await open(page, listOf(someone));
    await tabTo(page, more(page, someone));
    await call(page, of(someone));
    await expect(marked(page)).toContainText(someone.email);
    await press(page, 'Enter', 'ArrowDown', 'Enter');
    await expect(popup(page)).toContainText(`Change ${someone.name}'s plan?`);
    await press(page, 'Escape');
    await expect(popup(page)).toBeHidden();
    await expect(more(page, someone)).toBeFocused();
    await expect(page).not.toHaveURL(/do=/);
  });
}

test('opens the page of a customer, and pages of the panel', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, '/customers/active');
  await call(page, someone.name);
  await expect(marked(page)).toContainText(someone.name);
  await press(page, 'Enter', 'Enter');
  await expect(page.getByRole('heading', { level: 1, name: someone.name })).toBeFocused();
  // Whose page it is stands first there.
  await press(page, 'Control+k');
  await expect(marked(page)).toContainText(someone.name);
  await page.keyboard.type('activ');
  await expect(palette(page).getByRole('group', { name: 'Go to' }).getByRole('option')).toHaveText([/Active Customers/, /Activity/]);
  await expect(palette(page).getByRole('listbox')).not.toHaveAttribute('aria-busy', 'true');
  await press(page, 'ArrowUp', 'Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeFocused();
  await press(page, 'Control+k');
  await page.keyboard.type('prefer');
  await expect(marked(page)).toContainText('Preferences');
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Preferences' })).toBeFocused();
});

test('arrows go around, Backspace and Escape go back, and the focus returns', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, listOf(someone));
  await tabTo(page, more(page, someone));
  await call(page, someone.name);
  await expect(marked(page)).toContainText(someone.name);
  await press(page, 'Enter');
  await expect(marked(page)).toHaveText('Open page');
  await press(page, 'ArrowUp');
  await expect(marked(page)).toHaveText('Suspend Account');
  const active = await field(page).getAttribute('aria-activedescendant');
  await expect(marked(page)).toHaveId(active ?? '');
  await press(page, 'ArrowDown');
  await expect(marked(page)).toHaveText('Open page');
  await press(page, 'Backspace');
  await expect(field(page)).toHaveValue(someone.name);
  await expect(marked(page)).toContainText(someone.name);
  await press(page, 'Enter');
  await expect(palette(page).getByRole('button', { name: 'Back to the search' })).toBeVisible();
  await press(page, 'Escape');
  await expect(field(page)).toHaveValue(someone.name);
  await press(page, 'Escape');
  await expect(palette(page)).toBeHidden();
  await expect(more(page, someone)).toBeFocused();
  await press(page, 'Control+k', 'Control+k');
  await expect(palette(page)).toBeHidden();
  await expect(more(page, someone)).toBeFocused();
});

test('with a pointer: its button, an offer, back, and beside it', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, '/customers/active');
  await page.getByRole('button', { name: 'Commands' }).click();
  await field(page).fill(someone.email);
  await palette(page).getByRole('option', { name: someone.name }).click();
  await palette(page).getByRole('option', { name: 'Rollback Plan' }).hover();
  await expect(marked(page)).toHaveText('Rollback Plan');
  await palette(page).getByRole('button', { name: 'Back to the search' }).click();
  await expect(field(page)).toHaveValue(someone.email);
  await expect(field(page)).toBeFocused();
  await page.mouse.click(5, 5);
  await expect(palette(page)).toBeHidden();
});

test('it opens without asking the server', async ({ page }) => {
  await open(page, '/customers/active');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await press(page, 'Control+k');
  await expect(palette(page).getByRole('option')).toHaveText([/Active/, /Suspended/, /All/, /Activity/, /API keys/, /Preferences/, /Keyboard shortcuts/]);
  expect(asked.filter((url) => url.includes('/_/'))).toEqual([]);
});

test('what is not possible stays, with its reason, and does nothing', async ({ page, partner }) => {
  const someone = partner.take('blocked');
  await open(page, '/customers/active');
  await call(page, someone.externalId);
  await expect(marked(page)).toContainText('Suspended');
  await press(page, 'Enter');
  await page.keyboard.type('change');
  await expect(marked(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(marked(page)).toHaveAccessibleDescription(/Terms broken/);
  await press(page, 'Enter');
  await expect(palette(page)).toBeVisible();
});

test('an answer to an earlier search is dropped, and Enter waits for the one to the latest', async ({ page, partner }) => {
  const [early, late] = [partner.take('climber'), partner.take('climber')];
  await open(page, '/customers/active');
  const held = new Map<string, () => void>();
  await page.route(FIND, async (route) => {
    const typed = route.request().postDataBuffer()?.toString('latin1') ?? '';
    const answer = await route.fetch();
    await new Promise<void>((free) => held.set(typed.includes(late.name) ? 'late' : 'early', free));
    await route.fulfill({ response: answer });
  });
  await call(page, '');
  await field(page).fill(early.name);
  await expect.poll(() => held.has('early')).toBe(true);
  await expect(palette(page).getByRole('status')).toHaveText('Searching…');
  await field(page).fill(late.name);
  await press(page, 'Enter');
  await expect.poll(() => held.has('late')).toBe(true);
  held.get('late')?.();
  await expect(palette(page).getByRole('status')).toHaveText(`Actions for ${late.name}`);
  const answered = page.waitForResponse(FIND);
  held.get('early')?.();
  await answered;
  await expect(palette(page).getByRole('button', { name: late.name })).toBeVisible();
  await press(page, 'Escape');
  await expect(palette(page).getByRole('option')).toHaveText([new RegExp(late.name)]);
});

test('nobody found, and nobody asked: both in words', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await open(page, '/customers/active');
  await call(page, 'nobody of this name');
  await expect(palette(page).getByRole('status')).toContainText('No customer matches “nobody of this name”');
  await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
  await page.route(FIND, (route) => route.fulfill({ status: 410, body: '' }));
  await field(page).fill(someone.name);
  await expect(palette(page).getByRole('status')).toContainText('There is a new version of the panel');
  await expect(marked(page)).toHaveText('Try again');
  await page.unroute(FIND);
  await press(page, 'Enter');
  await expect(marked(page)).toContainText(someone.name);
});

test('a viewer finds, and reads why nothing can be done', async ({ second, partner }) => {
  const someone = partner.take('climber');
  const page = await second('viewer');
  await open(page, pageOf(someone));
  await press(page, 'Control+k', 'Enter', 'ArrowUp');
  await expect(marked(page)).toHaveText(/^Suspend Account/);
  await expect(marked(page)).toHaveAttribute('aria-disabled', 'true');
  await press(page, 'Home', 'ArrowDown', 'Enter');
  await expect(page.getByRole('heading', { level: 1, name: someone.name })).toBeVisible();
  await expect(row(page, someone)).toHaveCount(0);
});

for (const width of [1280, 320]) {
  test(`axe finds nothing in the palette at ${width} px`, async ({ page, partner }) => {
    test.slow();
    const someone = partner.take('blocked');
    await page.setViewportSize({ width, height: 800 });
    await open(page, pageOf(someone));
    await press(page, 'Control+k');
    await expect(palette(page)).toBeVisible();
    await clean(page, 'empty');
    await page.keyboard.type('a');
    await expect(palette(page).getByRole('status')).toContainText('first 8');
    await clean(page, 'found');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await field(page).fill(someone.email);
    await expect(palette(page).getByRole('option')).toHaveText([new RegExp(someone.name)]);
    await press(page, 'Enter');
    await expect(palette(page).getByRole('option', { disabled: true })).not.toHaveCount(0);
    await clean(page, 'actions');
    await press(page, 'Escape');
    await field(page).fill('nobody of this name');
    await expect(palette(page).getByRole('status')).toContainText('No customer matches');
    await clean(page, 'nobody');
  });
}
