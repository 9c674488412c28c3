/** A test's own programme as one file, to be run in a process of its own. */
import { builtinModules } from 'node:module'
import { build } from 'rolldown'

/** `name`: a file of tests/support without its ending. Resolves to the bundle's path. */
export async function bundleChild(name: string): Promise<string> {
  const file = `node_modules/.cache/tests/${name}.cjs`
  await build({
    input: `tests/support/${name}.ts`,
    platform: 'node',
    external: [...builtinModules, /^node:/],
    transform: { target: 'node16.17' },
    logLevel: 'warn',
    output: { file, format: 'cjs', codeSplitting: false },
  })
  return file
}
