/** Starts the panel that the tests look at, with the demo in it, and stops it when they are done. */

import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './support/port';
import { answering, end } from './support/programs';

/** The demo takes seconds to make; a slow machine may need several times as long. */
const patience = 180_000;

export default async function start(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.PANEL_ORIGIN) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'partner-panel-'));
  const address = `127.0.0.1:${await freePort()}`;
  process.env.PANEL_ORIGIN = `http://${address}`;
  process.env.PANEL_DATA = join(folder, 'data');
  const log = join(folder, 'server.log');
  const output = openSync(log, 'w');
  const server = spawn(
    process.env.PANEL_BIN ?? '',
    ['serve', '--demo', '--addr', address, '--data', process.env.PANEL_DATA],
    { stdio: ['ignore', output, output] },
  );
  closeSync(output);
  const stop = async () => {
    await end(server);
    const panics = readFileSync(log, 'utf8').split('\n').filter((line) => line.includes('panicked at'));
    rmSync(folder, { recursive: true, force: true });
    if (panics.length > 0) throw new Error(`the server panicked during the tests:\n${panics.join('\n')}`);
  };
  await answering(server, 'the panel', process.env.PANEL_ORIGIN, patience).catch(async (error: Error) => {
    const said = readFileSync(log, 'utf8').trim();
    await stop();
    throw new Error(`${error.message}\n${said}`);
  });
  return stop;
}
