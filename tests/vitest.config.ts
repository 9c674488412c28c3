import { defineConfig } from 'vitest/config'

// Long tests (soak, volume) are part of `npm run test:long` only.
const long = process.env['LOOPSCOPE_LONG'] ? [] : ['tests/**/*.long.test.{ts,tsx}']
const exclude = ['tests/e2e/**', ...long]

/** Folders whose tests compute, or wait for a server: two files at once disturb nothing. All others run threads of ours, one file after another. */
const beside = ['charts', 'exporters', 'importers', 'model', 'panels', 'protocol', 'sources', 'state', 'style'].map(
  (folder) => `tests/${folder}/**/*.test.{ts,tsx}`,
)

export default defineConfig({
  root: '.',
  test: {
    exclude,
    globalSetup: 'tests/support/buildWorkers.ts',
    env: { LOOPSCOPE_WORKERS: new URL('../node_modules/.cache/workers', import.meta.url).pathname },
    testTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'beside', include: beside, maxWorkers: 2, sequence: { groupOrder: 0 } } },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...exclude, ...beside],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
