import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: '.',
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**'],
    globalSetup: 'tests/support/buildWorkers.ts',
    env: { LOOPSCOPE_WORKERS: new URL('../node_modules/.cache/workers', import.meta.url).pathname },
    testTimeout: 20_000,
  },
})
