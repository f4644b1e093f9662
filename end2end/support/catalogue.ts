/** Texts that are not of the text catalogue: in a language without plain letters they are those in plain letters. */

import type { Page } from '@playwright/test';
import { customer, plans, size, type Kind } from './csv';
import { said } from './layout';
import type { Partner } from './panel';

/** What a page in such a language says in plain letters, but for names and the like. */
export async function plain(page: Page, partner: Partner): Promise<string[]> {
  const data = somebodys(partner);
  return (await said(page)).filter((text) => /[a-z]/i.test(without(text, data)));
}

/** What a page may say in plain letters: names, addresses, plans and limits, zones, programs. */
function somebodys(partner: Partner): string[] {
  const kinds = Object.keys(size) as Kind[];
  const people = kinds.flatMap((kind) =>
    Array.from({ length: size[kind] }, (_, n) => customer(kind, n)).flatMap(({ name, email, externalId }) => [name, email, externalId]),
  );
  const [head, ...lines] = plans.split('\n').map((line) => line.split(','));
  const limits = head.filter((name) => name.startsWith('limit.')).map((name) => name.slice('limit.'.length));
  const named = lines.flatMap(([, name, displayed]) => [name, displayed]);
  const mails = Object.values(partner.mail);
  // A person is named after the address.
  const users = mails.map((mail) => mail[0].toUpperCase() + mail.slice(1, mail.indexOf('@')));
  // What a product is put behind is called so everywhere.
  const programs = ['nginx', 'Caddy', 'Traefik', 'axum', 'Express'];
  // Other tests of this worker make keys, and Activity tells of them.
  const keys = ['Gate asleep', 'Gate to replace', 'Gate of the shop', 'Sample product'];
  const all = [partner.name, ...programs, ...keys, 'Reader', ...mails, ...users, ...people, ...limits, ...named];
  return all.sort((one, other) => other.length - one.length);
}

function without(text: string, data: string[]): string {
  const bare = text
    .replace(/\b(cus|usr|pp_live)_[0-9A-Za-z]+\b/g, '')
    .replace(/\b\d+:\d+ [AP]M\b/g, '')
    .replace('nobody of this name', '')
    .replace(/\b(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[\w/+-]+|\bUTC\b/g, '');
  return data.reduce((rest, part) => rest.replaceAll(part, ''), bare).replace(/\b[A-Z]{1,2}\b/, (initials) => (bare.length <= 2 ? '' : initials));
}
