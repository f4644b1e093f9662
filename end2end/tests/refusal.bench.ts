/** From the click that suspends a customer to the first visit that the product refuses, through a real browser and back. */

import { setTimeout as sleep } from 'node:timers/promises';
import { choose, expect, listOf, message, open, test } from '../support/panel';
import { product } from '../support/product';

const rounds = 100;
/** Milliseconds between two visits of somebody who is at work in the product. */
const apart = 2;

function at(share: number, sorted: number[]): string {
  return sorted[Math.ceil(sorted.length * share) - 1].toFixed(0);
}

test('from the click to the first refusal', async ({ page, partner }) => {
  test.setTimeout(1_200_000);
  const someone = partner.take('climber');
  const sample = await product(partner);
  const visit = async (): Promise<number> => {
    const answer = await fetch(`${sample.origin}/desk`, { headers: { cookie: `sample-customer=${someone.externalId}` } });
    await answer.arrayBuffer();
    return answer.status;
  };
  const until = async (status: number): Promise<number> => {
    for (const deadline = Date.now() + 30_000; (await visit()) !== status; await sleep(apart)) {
      if (Date.now() > deadline) throw new Error(`the product never answered ${status}`);
    }
    return Date.now();
  };
  await page.addInitScript(() => {
    document.addEventListener('click', () => document.documentElement.setAttribute('data-clicked', String(Date.now())), true);
  });
  const [out, back]: [number[], number[]] = [[], []];
  const press = async (name: string, seen: Promise<number>, took: number[]): Promise<void> => {
    await page.getByRole('button', { name }).first().click();
    const clicked = Number(await page.locator('html').getAttribute('data-clicked'));
    took.push((await seen) - clicked);
  };
  await open(page, listOf(someone, 'all'));
  for (let round = 0; round < rounds; round += 1) {
    await until(200);
    const dialog = await choose(page, someone, 'Suspend Account');
    await dialog.getByLabel('Reason').selectOption({ label: 'Payment overdue' });
    await press('Yes, Suspend', until(403), out);
    await expect(message(page)).toContainText(`${someone.name} is suspended`);
    await press('Undo', until(200), back);
    await expect(message(page)).toContainText('is active again');
  }
  await sample.stop();
  const row = (name: string, took: number[], aim: string) => {
    const sorted = took.sort((a, b) => a - b);
    return `| ${name} | ${at(0.5, sorted)} ms | ${at(0.99, sorted)} ms | ${sorted[sorted.length - 1]} ms | ${aim} |`;
  };
  const met = Number(at(0.99, [...out].sort((a, b) => a - b))) < 200;
  console.log(
    [
      '| | p50 | p99 | longest | aim |',
      row('Yes, Suspend, to the first refusal', out, `p99 under 200 ms: ${met ? 'met' : 'missed'}`),
      row('Undo, to the first visit let in', back, ''),
    ].join('\n'),
  );
});
