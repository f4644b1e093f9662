/** People who read the panel in a language of their own: English, and the two pseudo-languages. */

import { test as base, command, linkIn, sessionOf, type Partner, type Session } from './panel';

/** `en-XA` is accented and longer; `ar-XB` runs from right to left. */
export type Language = 'en' | 'en-XA' | 'ar-XB';

const readers = new Map<string, Session>();

async function reader(partner: Partner, language: Language): Promise<Session> {
  const key = `${partner.name} ${language}`;
  const known = readers.get(key);
  if (known) return known;
  const mail = `${language.toLowerCase()}@${partner.name.toLowerCase().replaceAll(' ', '-')}.example`;
  command('user', 'add', '--partner', partner.name, mail, '--role', 'owner', '--name', 'Reader', '--language', language);
  const session = await sessionOf(process.env.PANEL_ORIGIN ?? '', linkIn(command('user', 'link', '--partner', partner.name, mail)));
  readers.set(key, session);
  return session;
}

export const test = base.extend<{ language: Language }>({
  language: ['en', { option: true }],
  storageState: async ({ language, partner }, use) => {
    await use(await reader(partner, language));
  },
});
