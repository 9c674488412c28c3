/** The built app once more, two of whose programmes take memory without end: no real one can be made to. */
import { cpSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildWorkers } from '../../electron/packaging/workers'

const hoardingInstead: Readonly<Record<string, string>> = {
  './daemonThreads': 'hoarding.ts',
  './httpProcesses': 'hoardingProcesses.ts',
}

/** Resolves to its folder, which Electron takes for an app. */
export async function buildHoardingApp(): Promise<string> {
  const folder = resolve('node_modules/.cache/hoarding')
  mkdirSync(folder, { recursive: true })
  for (const part of ['package.json', 'out']) cpSync(part, join(folder, part), { recursive: true })
  await buildWorkers(join(folder, 'out/workers'), [
    {
      name: 'loopscope:hoarding',
      resolveId(source, importer) {
        const hoarding = importer?.endsWith('scenarios/index.ts') && hoardingInstead[source]
        return hoarding ? resolve('tests/support/programmes', hoarding) : null
      },
    },
  ])
  return folder
}
