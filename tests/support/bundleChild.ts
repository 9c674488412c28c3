/** A programme as one file, to be run in a process of its own. */
import { builtinModules } from 'node:module'
import { basename } from 'node:path'
import { build } from 'rolldown'

/** Resolves to the bundle's path. It stands beside the folder of the workers as the product's hosts do. */
export async function bundleChild(input: string): Promise<string> {
  const file = `node_modules/.cache/tests/${basename(input, '.ts')}.cjs`
  await build({
    input,
    platform: 'node',
    external: [...builtinModules, /^node:/],
    transform: { target: 'node16.17' },
    logLevel: 'warn',
    output: { file, format: 'cjs', codeSplitting: false },
  })
  return file
}
