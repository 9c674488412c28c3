import { defineConfig } from 'vitest/config'

// Long tests (soak, volume) are part of `npm run test:long` only.
const long = process.env['LOOPSCOPE_LONG'] ? [] : ['tests/**/*.long.test.{ts,tsx}']

export default defineConfig({
  root: '.',
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', ...long],
    globalSetup: 'tests/support/buildWorkers.ts',
    env: { LOOPSCOPE_WORKERS: new URL('../node_modules/.cache/workers', import.meta.url).pathname },
    testTimeout: 20_000,
  },
})
