import { resolve } from 'node:path'
import { buildWorkers } from '../../electron/packaging/workers'
import { buildCli } from './buildCli'

/** Workers and command line as the product has them, and workers that know the tests' own programmes instead of the scenarios. */
export default async function build(): Promise<void> {
  await buildWorkers('node_modules/.cache/workers')
  await buildCli()
  await buildWorkers('node_modules/.cache/test-workers', [
    {
      name: 'loopscope:test-programmes',
      resolveId: (source) => (source.endsWith('/scenarios/index') ? resolve('tests/support/programmes/index.ts') : null),
    },
  ])
}
