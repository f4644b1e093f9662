/** A site with Express, guarded by the recipe as the documentation shows it. */

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './port';
import type { Product } from './product';
import { answering, end } from './programs';

/** How long it may take to answer, in milliseconds. */
const patience = 10_000;

/** Starts it, asking the panel at `panel` with `key`. */
export async function expressSite(panel: string, key: string): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'panel-express-'));
  const recipe = join(folder, 'gate.mjs');
  const text = readFileSync(join(__dirname, '../../docs/connect/express.js'), 'utf8');
  writeFileSync(recipe, text.replace('https://panel.example.com', panel).replace('pp_live_YOUR_KEY', key));
  const port = await freePort();
  const child = spawn('node', [join(__dirname, 'express-site.mjs'), recipe, String(port)], { stdio: 'ignore' });
  const origin = `http://127.0.0.1:${port}`;
  await answering(child, 'the site with Express', origin, patience);
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true });
  };
  return { origin, stop };
}
