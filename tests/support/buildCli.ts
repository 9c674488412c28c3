import { builtinModules } from 'node:module'
import { build } from 'rolldown'

/** The command line beside the workers of the tests, where it looks for them. */
export const cliFile = 'node_modules/.cache/main/cli.mjs'

export async function buildCli(): Promise<void> {
  await build({
    input: 'electron/cli.ts',
    platform: 'node',
    external: [...builtinModules, /^node:/, 'ws'],
    logLevel: 'warn',
    output: { file: cliFile, format: 'esm', codeSplitting: false },
  })
}
