import { expect, listOf, pageOf, test } from '../support/panel';
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
  await save('nowhere', '/nowhere');
  // Signed in, nobody sees it.
  saved['sign-in'] = await (await fetch(`${baseURL}/sign-in`)).text();
  expect(Object.values(saved).every((text) => text.startsWith('<!DOCTYPE html>'))).toBe(true);
  expect(await faults(saved)).toEqual([]);
});
