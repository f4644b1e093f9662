/** What Lighthouse says of a page on a phone with a slow line, in a browser that has never been there. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const program = `${__dirname}/../node_modules/lighthouse/cli/index.js`;
const browser = '--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking';

export type Category = 'performance' | 'accessibility' | 'best-practices';

export interface Report {
  /** Of a hundred. */
  scores: Partial<Record<Category, number>>;
  /** The numbers of audits, by their names: milliseconds, bytes, or shares. */
  numbers: Record<string, number>;
  /** What keeps a score from a hundred. */
  findings: string[];
}

interface Result {
  runtimeError?: { message: string };
  categories: Partial<Record<Category, { score: number; auditRefs: { id: string; weight: number }[] }>>;
  audits: Record<string, { title: string; score: number | null; numericValue?: number }>;
}

/** Looks at a page. */
export async function lighthouse(address: string, categories: Category[]): Promise<Report> {
  const look = () => promisify(execFile)(
    process.execPath,
    [
      program,
      address,
      '--quiet',
      '--output=json',
      '--no-enable-error-reporting',
      `--only-categories=${categories.join(',')}`,
      `--chrome-flags=${browser}`,
    ],
    {
      env: {
        ...process.env,
        CHROME_PATH: process.env.PARTNER_PANEL_CHROMIUM ?? '/usr/bin/chromium',
        // As most people of the demo's partner.
        TZ: 'Europe/Berlin',
      },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  // Chromium sometimes loses the start of its own trace; Lighthouse then says itself that it is to be run again.
  const { stdout } = await look().catch((error: Error) => {
    if (error.message.includes('NO_NAVSTART')) return look();
    throw error;
  });
  const result = JSON.parse(stdout) as Result;
  if (result.runtimeError) throw new Error(`Lighthouse could not look at ${address}: ${result.runtimeError.message}`);
  const report: Report = { scores: {}, numbers: {}, findings: [] };
  for (const [id, { numericValue }] of Object.entries(result.audits)) {
    if (numericValue !== undefined) report.numbers[id] = numericValue;
  }
  for (const [name, { score, auditRefs }] of Object.entries(result.categories)) {
    report.scores[name as Category] = Math.round(score * 100);
    for (const { id, weight } of auditRefs) {
      const { title, score } = result.audits[id];
      if (weight > 0 && score !== null && score < 1) report.findings.push(`${name}: ${title} (${id}: ${score})`);
    }
  }
  return report;
}
