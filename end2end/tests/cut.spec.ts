import { setTimeout as sleep } from 'node:timers/promises';
import { command, entries, expect, listOf, open, row, test } from '../support/panel';
import { lineTo } from '../support/line';

/** The stream is cut this often, for so long. */
const every = 2_000;
const lasting = 60_000;
const changes = 12;

test.use({ borne: /ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION|ERR_EMPTY_RESPONSE/ });

test('a stream that is cut every two seconds for a minute loses nothing and doubles nothing', async ({ page, partner, context, baseURL }) => {
  test.setTimeout(3 * lasting);
  const someone = partner.take('climber');
  const line = await lineTo(baseURL ?? '', { cutEvery: every });
  const log = await context.newPage();
  await open(page, `${line.origin}${listOf(someone, 'all')}`);
  await open(log, `${line.origin}/activity`);
  for (let n = 0; n < changes; n += 1) {
    const begun = Date.now();
    if (n % 2 === 0) command('suspend', '--partner', partner.name, someone.externalId, '--message', `The ${n}th`);
    else command('reactivate', '--partner', partner.name, someone.externalId);
    await expect(row(page, someone)).toContainText(n % 2 === 0 ? 'Suspended' : 'Active');
    await sleep(Math.max(0, lasting / changes - (Date.now() - begun)));
  }
  expect(line.cuts()).toBeGreaterThan(lasting / every / 3);
  // Each begins where the one before was cut, and never earlier.
  const asked = line.asked();
  expect(asked).toEqual([...asked].sort((one, other) => one - other));
  expect(Math.max(...asked) - Math.min(...asked)).toBeGreaterThanOrEqual(changes - 2);
  await expect(row(page, someone)).toHaveCount(1);
  const show = log.getByRole('button', { name: /Show$/ });
  await expect(show).toHaveText(new RegExp(`^${changes} new entries`));
  await show.click();
  await expect(entries(log, someone.name)).toHaveCount(changes);
  await log.close();
  await line.end();
});

test('a stream that cannot be told what it missed has the page ask for it', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await page.route('**/live?*', (route) => {
    const address = new URL(route.request().url());
    const [epoch, seq] = (address.searchParams.get('after') ?? '').split('-');
    // As after a backup was put in: the numbers are of another log.
    address.searchParams.set('after', `${epoch.replace(/^./, (first) => (first === '0' ? '1' : '0'))}-${seq}`);
    command('suspend', '--partner', partner.name, someone.externalId, '--message', 'Before it listened');
    return route.continue({ url: address.href });
  });
  await open(page, listOf(someone, 'all'));
  await expect(row(page, someone)).toContainText('Suspended');
});
