import { expect, listOf, open, test } from '../support/panel';

const odd: [string, number][] = [
  ['/nowhere', 404],
  ['/customers/not-an-id', 404],
  ['/customers/active?sort=colour', 400],
  ['/customers/active?size=1000000', 400],
  ['/customers/active?after=garbage', 400],
  ['/customers/active?do=explode', 400],
  ['/activity?day=yesterday-ish', 400],
];

for (const [address, status] of odd) {
  test(`${address} answers ${status} with a page`, async ({ page }) => {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(status);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
    await expect(page.locator('body')).not.toContainText(/panicked|backtrace|sqlx/i);
  });
}

test('an oversized form is refused with a page', async ({ page, partner }) => {
  await open(page, listOf(partner.take('climber')));
  const answer = await page.request.post('/customers/active', {
    headers: { origin: new URL(page.url()).origin },
    form: { do: 'suspend', note: 'x'.repeat(200_000) },
  });
  expect(answer.status()).toBe(413);
  expect(answer.headers()['content-type']).toContain('text/html');
});

test('a form from another site is refused', async ({ page, partner }) => {
  await open(page, listOf(partner.take('climber')));
  const answer = await page.request.post('/customers/active', {
    headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    form: { do: 'suspend' },
  });
  expect(answer.status()).toBe(403);
});
