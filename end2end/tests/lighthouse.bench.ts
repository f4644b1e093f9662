import { test } from '@playwright/test';
import { copyOf } from '../support/copy';
import { signedIn } from '../support/demo';
import { type Report, lighthouse } from '../support/lighthouse';
import { lineTo } from '../support/line';

const rounds = 5;
const list = '/customers/active';

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function row(name: string, reports: Report[]): string {
  const number = (audit: string, digits: number) => median(reports.map(({ numbers }) => numbers[audit])).toFixed(digits);
  const score = (category: keyof Report['scores']) => String(median(reports.map(({ scores }) => scores[category] ?? 0)));
  const cells = [
    name,
    score('performance'),
    score('accessibility'),
    score('best-practices'),
    number('first-contentful-paint', 0),
    number('largest-contentful-paint', 0),
    number('speed-index', 0),
    number('total-blocking-time', 0),
    number('cumulative-layout-shift', 3),
    (median(reports.map(({ numbers }) => numbers['total-byte-weight'])) / 1000).toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

test('the list, beside a static copy of it', async ({ baseURL }) => {
  test.setTimeout(600_000);
  const cookie = await signedIn(baseURL ?? '');
  // Both come over a line of the same making, one from the panel and one from memory.
  const line = await lineTo(baseURL ?? '', { cookie });
  const copy = await copyOf(line.origin);
  const [panel, still]: [Report[], Report[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    panel.push(await lighthouse(`${line.origin}${list}`, ['performance', 'accessibility', 'best-practices']));
    still.push(await lighthouse(`${copy.origin}${list}`, ['performance', 'accessibility', 'best-practices']));
  }
  await copy.end();
  await line.end();
  const head = '| | performance | accessibility | best practices | FCP ms | LCP ms | speed index ms | TBT ms | CLS | kB |';
  const findings = new Set(panel.flatMap((report) => report.findings));
  console.log([head, row('panel', panel), row('static copy', still), ...findings].join('\n'));
});
