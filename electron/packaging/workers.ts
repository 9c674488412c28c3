/** Builds one self-contained file per worker: a worker that shared chunks with the hosts would load ioredis into every thread. */
import { readFile, writeFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build, type Plugin } from 'rolldown'

/** Node of the oldest supported runtime, Electron 22. */
export const target = 'node16.17'

/** Entry of each worker; the name is the file's name in the output folder. */
export const workerEntries = {
  programme: 'electron/threads/programmeWorker.ts',
  nested: 'electron/threads/nestedWorker.ts',
  consumer: 'electron/sources/consumer.ts',
  commandConsumer: 'electron/sources/commandConsumer.ts',
  http: 'electron/http/httpWorker.ts',
  child: 'electron/processes/child.ts',
  childThread: 'electron/processes/childThread.ts',
  synthetic: 'electron/synthetic/worker.ts',
} as const

/** Writes `<name>.cjs` for every worker and `sources.json`, the texts of the scenarios as they stand in the bundle's source map. */
export async function buildWorkers(outDir: string, plugins: Plugin[] = []): Promise<void> {
  await Promise.all(
    Object.entries(workerEntries).map(([name, input]) =>
      build({
        input,
        plugins,
        platform: 'node',
        external: [...builtinModules, /^node:/],
        transform: { target },
        logLevel: 'warn',
        output: { file: join(outDir, `${name}.cjs`), format: 'cjs', codeSplitting: false, sourcemap: true },
      }),
    ),
  )
  await writeFile(join(outDir, 'sources.json'), JSON.stringify(await scenarioTexts(join(outDir, 'programme.cjs.map'))))
}

/** File name without folder → text, for every scenario that the programme worker's source map holds: the very text that runs. */
async function scenarioTexts(mapFile: string): Promise<Record<string, string>> {
  const map: { sources: string[]; sourcesContent: string[] } = JSON.parse(await readFile(mapFile, 'utf8'))
  const texts: Record<string, string> = {}
  for (const [index, source] of map.sources.entries()) {
    const name = /scenarios\/([^/]+)\.ts$/.exec(source)?.[1]
    if (name) texts[name] = map.sourcesContent[index] ?? ''
  }
  return texts
}
