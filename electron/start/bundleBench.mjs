/** The benchmarks as one file that Node runs. */
import { builtinModules } from 'node:module'
import { join } from 'node:path'

/** Resolves to the file. Call it when the dependencies are there. */
export async function bundleBench(root) {
  const { build } = await import('rolldown')
  const file = join(root, 'node_modules/.cache/bench/bench.cjs')
  await build({
    cwd: root,
    input: join(root, 'tests/bench/index.ts'),
    platform: 'node',
    external: [...builtinModules, /^node:/, 'electron', 'playwright', 'rolldown'],
    logLevel: 'warn',
    output: { file, format: 'cjs', codeSplitting: false, sourcemap: true },
  })
  return file
}
