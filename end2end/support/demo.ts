/** The people that the demo comes with. */

import { expect, request } from '@playwright/test';

export const owner = 'maria.keller@kontor.example';

/** Signs in as the demo's first owner; answers with the cookie that says so. */
export async function signedIn(origin: string): Promise<string> {
  const context = await request.newContext({
    baseURL: origin,
    extraHTTPHeaders: { origin },
    storageState: { cookies: [], origins: [] },
  });
  const form = { email: owner, password: process.env.PANEL_DEMO_PASSWORD ?? '' };
  expect((await context.post('/sign-in', { form })).ok()).toBe(true);
  const { cookies } = await context.storageState();
  await context.dispose();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}
