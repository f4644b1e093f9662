/** The sample product, behind the gate of the panel under test. */

import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Partner, command } from './panel';
import { freePort } from './port';

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
  await started(child, origin);
  return { origin, stop: () => end(child) };
}

/** Waits until a program answers. */
export async function started(child: ChildProcess, origin: string): Promise<void> {
  for (let tries = 0; !(await answers(origin)); tries++) {
    if (child.exitCode !== null || tries > 200) throw new Error(`nobody answers at ${origin}`);
    await sleep(50);
  }
}

async function answers(origin: string): Promise<boolean> {
  return fetch(origin).then(
    () => true,
    () => false,
  );
}

/** Ends a program. */
export async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}
