import { choose, expect, listOf, open, password, popup, ready, test } from '../support/panel';

test.use({ role: null });

test('signing in, and out', async ({ page, partner }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel('E-mail').fill(partner.mail.owner);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await ready(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Active Customers');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/customers/active');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('wrong credentials get one sentence, whichever part is wrong', async ({ page, partner }) => {
  const sentences: string[] = [];
  for (const mail of [partner.mail.owner, 'nobody@example.com']) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(mail);
    await page.getByLabel('Password').fill('not the password at all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    sentences.push(await page.getByRole('alert').innerText());
    await expect(page.getByLabel('E-mail')).toHaveValue(mail);
  }
  expect(sentences[0]).toBe(sentences[1]);
});

test('signed out with a popup open: signing in returns to it', async ({ page, partner }) => {
  const someone = partner.take('climber');
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(partner.mail.agent);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await ready(page);
  await open(page, listOf(someone));
  await choose(page, someone, 'Suspend Account');
  await page.context().clearCookies();
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel('E-mail').fill(partner.mail.agent);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await ready(page);
  await expect(popup(page)).toContainText(`Suspend ${someone.name}?`);
});
