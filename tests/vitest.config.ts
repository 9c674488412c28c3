import { defineConfig } from 'vitest/config'

// Long tests (soak, volume) are part of `npm run test:long` only.
const long = process.env['LOOPSCOPE_LONG'] ? [] : ['tests/**/*.long.test.{ts,tsx}']
const exclude = ['tests/e2e/**', ...long]

/** Tests that compute, count or wait for a server: a few files at once disturb nothing. All others run threads of ours and measure, one file after another. */
const folders =
  'channels,charts,exporters,faults,importers,model,panels,protocol,settings,sources,start,state,style,synthetic,worker'
const beside = [`tests/{${folders}}/**/*.test.{ts,tsx}`, 'tests/engine/cycles.test.ts', 'tests/cliExport.test.ts']

export default defineConfig({
  root: '.',
  test: {
    exclude,
    globalSetup: 'tests/support/buildWorkers.ts',
    env: { LOOPSCOPE_WORKERS: new URL('../node_modules/.cache/workers', import.meta.url).pathname },
    testTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'beside', include: beside, maxWorkers: 3, sequence: { groupOrder: 0 } } },
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
