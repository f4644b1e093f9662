/** Programs that run beside the tests. */

import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a program may take to end by itself, in milliseconds. */
const grace = 5_000;

/**
 * Waits until a program that was spawned just now answers at an address, for so many milliseconds. One that does not is ended
 * before that is said.
 */
export async function answering(program: ChildProcess, name: string, address: string, patience: number): Promise<void> {
  // Without a listener a program that cannot be started would end the runner with a stack trace.
  let failure = '';
  program.on('error', (error) => (failure = error.message));
  for (const deadline = Date.now() + patience; !(await answers(address)); await sleep(50)) {
    if (failure || hasEnded(program) || Date.now() > deadline) {
      await end(program);
      throw new Error(`${name} did not start: ${failure}`);
    }
  }
}

/** Ends a program, by force if need be: open event streams may keep a server from ending by itself. */
export async function end(program: ChildProcess): Promise<void> {
  if (program.pid === undefined || hasEnded(program)) return;
  const ended = new Promise((resolve) => program.once('exit', resolve));
  program.kill('SIGTERM');
  const force = setTimeout(() => program.kill('SIGKILL'), grace);
  await ended;
  clearTimeout(force);
}

function hasEnded(program: ChildProcess): boolean {
  return program.exitCode !== null || program.signalCode !== null;
}

async function answers(address: string): Promise<boolean> {
  return fetch(address, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );
}
