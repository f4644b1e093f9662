/** Starts the panel that the tests look at, with the demo in it, and stops it when they are done. */

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './support/port';

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
  // Without a listener a program that cannot be started would end the runner with a stack trace.
  let failure = '';
  server.on('error', (error) => (failure = error.message));
  const stop = async () => {
    await end(server);
    const panics = readFileSync(log, 'utf8').split('\n').filter((line) => line.includes('panicked at'));
    rmSync(folder, { recursive: true, force: true });
    if (panics.length > 0) throw new Error(`the server panicked during the tests:\n${panics.join('\n')}`);
  };
  for (const deadline = Date.now() + patience; !(await answers(process.env.PANEL_ORIGIN)); await sleep(100)) {
    if (failure || server.exitCode !== null || server.signalCode !== null || Date.now() > deadline) {
      const said = readFileSync(log, 'utf8').trim();
      await stop();
      throw new Error(`the panel did not start: ${failure}\n${said}`);
    }
  }
  return stop;
}

async function answers(origin: string): Promise<boolean> {
  try {
    await fetch(origin, { redirect: 'manual' });
    return true;
  } catch {
    return false;
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  // Open event streams may keep a server from ending by itself.
  const force = setTimeout(() => server.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(force);
}
