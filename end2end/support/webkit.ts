/**
 * A real WebKit: Debian's, which Playwright cannot drive. It has a WebDriver of its own, spoken to over plain HTTP, and wants a
 * screen, so it gets one that nobody sees.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './port';
import { answering, end } from './programs';

/** The key under which WebDriver tells an element's name. */
const element = 'element-6066-11e4-a52e-4f735466cecf';
/** How long an element is waited for, in milliseconds. */
const patience = 10_000;

export class WebKit {
  private constructor(
    private readonly session: string,
    private readonly processes: ChildProcess[],
  ) {}

  /** Starts a browser that has never been anywhere. */
  static async start(): Promise<WebKit> {
    const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [display] = await once(screen.stdout, 'data');
    const port = await freePort();
    const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
      env: { ...process.env, DISPLAY: `:${String(display).trim()}`, WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
      stdio: 'ignore',
    });
    const processes = [driver, screen];
    try {
      const origin = `http://127.0.0.1:${port}`;
      await answering(driver, 'WebKitWebDriver', `${origin}/status`, patience);
      const { sessionId } = await say<{ sessionId: string }>(`${origin}/session`, 'POST', {
        capabilities: {},
      });
      return new WebKit(`${origin}/session/${sessionId}`, processes);
    } catch (error) {
      for (const one of processes) await end(one);
      throw error;
    }
  }

  async go(address: string): Promise<void> {
    await this.say('/url', { url: address });
  }

  /** Runs the body of a function in the page. */
  async run<T>(body: string): Promise<T> {
    return this.say('/execute/sync', { script: body, args: [] });
  }

  /** Waits for an element and clicks it. */
  async click(selector: string): Promise<void> {
    await this.waitFor(async () => this.say(`${await this.ask(selector)}/click`, {}));
  }

  /** Waits for a field and types into it. */
  async type(selector: string, text: string): Promise<void> {
    await this.waitFor(async () => this.say(`${await this.ask(selector)}/value`, { text }));
  }

  /** Waits for an element. */
  async seen(selector: string): Promise<void> {
    await this.waitFor(async () => this.ask(selector));
  }

  /** The text that is seen of an element now; read in one go, since the element may be another one a moment later. */
  async text(selector: string): Promise<string> {
    return this.run(`return document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`);
  }

  /** Closes the browser and everything around it. */
  async end(): Promise<void> {
    await say(this.session, 'DELETE').finally(async () => {
      for (const one of this.processes) await end(one);
    });
  }

  /** By style selector, or by XPath where it begins with a slash. */
  private async ask(selector: string): Promise<string> {
    const using = selector.startsWith('/') ? 'xpath' : 'css selector';
    const found = await this.say<Record<string, string>>('/element', { using, value: selector });
    return `/element/${found[element]}`;
  }

  /**
   * Tries again until it goes: a page may be on its way out, or live news may have put another element in the place of the one
   * that was found.
   */
  private async waitFor<T>(deed: () => Promise<T>): Promise<T> {
    for (const deadline = Date.now() + patience; ; await sleep(50)) {
      try {
        return await deed();
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  private async say<T>(path: string, body: object): Promise<T> {
    return say(`${this.session}${path}`, 'POST', body);
  }
}

async function say<T>(address: string, method: string, body?: object): Promise<T> {
  const answer = await fetch(address, { method, body: body && JSON.stringify(body) });
  const { value } = (await answer.json()) as { value: T };
  if (!answer.ok) throw new Error(`WebDriver refused ${method} ${address}: ${JSON.stringify({ asked: body, value })}`);
  return value;
}
