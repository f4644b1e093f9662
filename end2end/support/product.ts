/** The sample product, behind the gate of the panel under test. */

import { spawn } from 'node:child_process';
import { type Partner, command } from './panel';
import { freePort } from './port';
import { answering, end } from './programs';

/** How long it may take to answer, in milliseconds. */
const patience = 10_000;

/** A started product. */
export interface Product {
  origin: string;
  stop(): Promise<void>;
}

/** Starts it with a key of the partner; what is below /billing stays open. */
export async function product(partner: Partner): Promise<Product> {
  const key = command('key', 'create', '--partner', partner.name, 'Sample product', '--scope', 'gate', '--open', '/billing').trim();
  const address = `127.0.0.1:${await freePort()}`;
  const program = (process.env.PANEL_BIN ?? '').replace(/partner-panel$/, 'sample-product');
  const child = spawn(program, ['--panel', process.env.PANEL_ORIGIN ?? '', '--addr', address], {
    env: { ...process.env, PARTNER_PANEL_KEY: key },
    stdio: 'ignore',
  });
  const origin = `http://${address}`;
  await answering(child, 'the sample product', origin, patience);
  return { origin, stop: () => end(child) };
}
