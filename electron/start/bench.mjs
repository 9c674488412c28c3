/** `npm run -s bench -- …`: sets up, bundles the benchmarks and runs them with the arguments. */
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { endEverythingOnSignal, runNode } from './run.mjs'
import { root, setUp } from './setup.mjs'

endEverythingOnSignal()
await setUp()
// Only now is it there for certain.
const { build } = await import('rolldown')
const file = join(root, 'node_modules/.cache/bench/bench.cjs')
await build({
  cwd: root,
  input: join(root, 'tests/bench/index.ts'),
  platform: 'node',
  external: [...builtinModules, /^node:/, 'electron'],
  logLevel: 'warn',
  output: { file, format: 'cjs', codeSplitting: false, sourcemap: true },
})
const { code } = await runNode(['--enable-source-maps', file, ...process.argv.slice(2)], { cwd: root })
process.exitCode = code
