import { randomBytes } from 'node:crypto';
import { defineConfig, devices } from '@playwright/test';

/*
 * Read by the runner first, then by every worker, which inherits the runner's environment: what is set here or in
 * server.ts is seen by all tests.
 *
 * PANEL_BIN            the program under test
 * PANEL_ORIGIN         where it answers; set beforehand, that running panel is tested and none is started
 * PANEL_DATA           the data folder that it serves
 * PANEL_DEMO_PASSWORD  the password of the demo's people
 * PARTNER_PANEL_CHROMIUM  another Chromium than Debian's
 * SHOTS_DIR            where screenshots go; set, only they are taken
 * PANEL_BENCH          names a bench; set, only that is done
 */
process.env.PANEL_BIN ??= `${__dirname}/../target/release/partner-panel`;
process.env.PANEL_DEMO_PASSWORD ??= randomBytes(12).toString('hex');

const shots = '**/shots.spec.ts';
const { SHOTS_DIR, PANEL_BENCH } = process.env;

export default defineConfig({
  testDir: 'tests',
  testMatch: PANEL_BENCH ? `**/${PANEL_BENCH}.bench.ts` : SHOTS_DIR ? shots : '**/*.spec.ts',
  // What a screen reader is told: see tests/spoken.spec.ts.
  snapshotPathTemplate: '{testDir}/spoken/{arg}{ext}',
  testIgnore: SHOTS_DIR ? [] : shots,
  globalSetup: './server.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env.PANEL_ORIGIN,
    // As the partners that the tests make: people who live elsewhere are a test of their own.
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    // Its pictures cost every test a third more time; what the page was like at each step is kept without them.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: process.env.PARTNER_PANEL_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
