import { type Customer } from '../support/csv';
import { command, expect, listOf, password, test } from '../support/panel';
import { WebKit } from '../support/webkit';

const status = '[role=status] .notice';

/** Opens a list and waits until it answers to scripts. */
async function openIn(webkit: WebKit, address: string): Promise<void> {
  await webkit.go(address);
  await webkit.seen('html[data-hydrated]');
  // What a new document would not have.
  await webkit.run('window.sameDocument = true');
}

/** Opens ⋮ and chooses an entry; the popup is on top, in the same document. */
async function choose(webkit: WebKit, entry: string): Promise<void> {
  await webkit.click('tbody [data-menu]');
  await webkit.click(`//*[@id="row-menu"]//*[@role="menuitem"][contains(., "${entry}")]`);
  await webkit.seen('#popup:modal');
  expect(await webkit.run('return window.sameDocument')).toBe(true);
}

async function suspend(webkit: WebKit, someone: Customer): Promise<void> {
  await choose(webkit, 'Suspend Account');
  expect(await webkit.text('#popup-title')).toBe(`Suspend ${someone.name}?`);
  expect(await webkit.run('return document.activeElement.name')).toBe('reason');
  await webkit.click('#popup select[name=reason] option[value=payment_overdue]');
  await webkit.click('//*[@id="popup"]//button[contains(., "Yes, Suspend")]');
  await expect.poll(() => webkit.text(status)).toContain(`${someone.name} is suspended: Payment overdue`);
  await expect.poll(() => webkit.text('tbody')).toContain('Suspended');
}

test('WebKit signs in, suspends, undoes, reactivates and hears, without loading a page anew', async ({ partner, baseURL }) => {
  test.setTimeout(120_000);
  const someone = partner.take('climber');
  const webkit = await WebKit.start();
  try {
    await webkit.go(`${baseURL}/sign-in`);
    await webkit.type('[type=email]', partner.mail.manager);
    await webkit.type('[type=password]', password);
    await webkit.click('//button[contains(., "Sign in")]');
    await webkit.seen('.sidebar');

    await openIn(webkit, `${baseURL}${listOf(someone, 'all')}`);
    await suspend(webkit, someone);
    await webkit.click(`${status} button`);
    await expect.poll(() => webkit.text(status)).toContain(`${someone.name} is active again`);

    await suspend(webkit, someone);
    await choose(webkit, 'Reactivate Account');
    await webkit.click('//*[@id="popup"]//button[contains(., "Yes, Reactivate")]');
    await expect.poll(() => webkit.text(status)).toContain(`${someone.name} is active again`);
    await expect.poll(() => webkit.text('tbody')).not.toContain('Suspended');

    // And it hears what is done elsewhere.
    command('suspend', '--partner', partner.name, someone.externalId, '--message', 'Please write to us.');
    await expect.poll(() => webkit.text('tbody')).toContain('Suspended');
    expect(await webkit.run('return window.sameDocument')).toBe(true);
  } finally {
    await webkit.end();
  }
});
