import { request } from '@playwright/test';
import { customer } from '../support/csv';
import { command, expect, linkIn, listOf, makePartner, pageOf, test } from '../support/panel';
import { faults } from '../support/markup';

test('every page is valid markup, as the server sends it', async ({ page, partner, baseURL }) => {
  test.setTimeout(180_000);
  const [active, unpaid] = [partner.take('climber'), partner.take('unpaid')];
  const saved: Record<string, string> = {};
  const save = async (name: string, address: string) => {
    const answer = await page.request.get(address, { headers: { accept: 'text/html' } });
    saved[name] = await answer.text();
    return saved[name];
  };
  const idIn = (text: string) => text.match(/id="c-(cus_[0-9a-z]+)"/)?.[1] ?? '';
  const id = idIn(await save('active', listOf(active)));
  const suspended = idIn(await save('suspended', listOf(unpaid, 'suspended')));
  await save('all', '/customers/all');
  await save('nothing-found', '/customers/all?q=nobody-is-called-this');
  await save('menu', `/customers/active?q=${encodeURIComponent(active.name)}&menu=${id}`);
  for (const action of ['change', 'rollback', 'suspend']) await save(action, `/customers/active?do=${action}&customer=${id}`);
  await save('reactivate', `/customers/suspended?do=reactivate&customer=${suspended}`);
  await save('customer', pageOf(active));
  await save('suspended-customer', pageOf(unpaid));
  await save('activity', '/activity');
  await save('missing', '/customers/cus_00000000000000000000000000');
  for (const own of ['preferences', 'keys', 'connect']) await save(own, `/${own}`);
  await save('welcome', linkIn(command('user', 'link', '--partner', partner.name, partner.mail.viewer)));
  await save('welcome-over', '/welcome/over');
  await save('nowhere', '/nowhere');
  // What the customer reads in the product, as the gate answers it. A partner of its own: whose product asks is warned of who it does
  // not keep out, and other tests look at the lists of this one.
  const own = await makePartner(`Marked Up ${Date.now() % 100000}`, baseURL ?? '', 'customers');
  const out = customer('unpaid', 0);
  const key = command('key', 'create', '--partner', own.name, 'Sample product', '--scope', 'gate', '--customer', 'header:X-Account').trim();
  const kept = await fetch(`${baseURL}/gate`, { headers: { authorization: `Bearer ${key}`, 'x-account': out.externalId, accept: 'text/html' } });
  expect(kept.status).toBe(403);
  saved['kept-out'] = await kept.text();
  expect(saved['kept-out']).toContain('Your account is suspended');
  // With a key there is more to see.
  const owner = await request.newContext({ baseURL, storageState: own.sessions.owner });
  saved['keys-made'] = await (await owner.get('/keys')).text();
  expect(saved['keys-made']).toContain('Sample product');
  await owner.dispose();
  // Signed in, nobody sees it.
  saved['sign-in'] = await (await fetch(`${baseURL}/sign-in`)).text();
  expect(Object.values(saved).every((text) => text.startsWith('<!DOCTYPE html>'))).toBe(true);
  expect(await faults(saved)).toEqual([]);
});
