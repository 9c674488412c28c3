import { defineConfig } from 'playwright/test'
import type { HostOptions } from './support/app'

/** One spec for both hosts; what only a desktop app can do and the packed app have specs of their own. */
export default defineConfig<HostOptions>({
  testDir: './e2e',
  outputDir: '../node_modules/.cache/e2e',
  workers: 1,
  timeout: 90_000,
  // What is waited for comes late on a machine that is busy with other things; a wait that succeeds costs nothing.
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  projects: [
    { name: 'electron', testIgnore: ['packed.spec.ts', 'seededBugs.spec.ts'], use: { hostName: 'electron' } },
    {
      name: 'browser',
      testIgnore: ['packed.spec.ts', 'desktop.spec.ts', 'crashTwice.spec.ts', 'security.spec.ts', 'fuzz.spec.ts'],
      use: { hostName: 'browser' },
    },
    // LOOPSCOPE_PICTURES=1 npx playwright test -c tests/playwright.config.ts --project pictures: makes the README's pictures anew.
    ...(process.env['LOOPSCOPE_PICTURES']
      ? [{ name: 'pictures', testMatch: 'pictures.ts', use: { hostName: 'electron' as const } }]
      : []),
    { name: 'packed', testMatch: 'packed.spec.ts', use: { hostName: 'packed' } },
  ],
})
