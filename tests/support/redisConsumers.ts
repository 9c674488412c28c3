/** Consumers in processes of their own, to be killed, and the ledger that says what they did. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'rolldown'

const bundle = 'node_modules/.cache/tests/redisChild.cjs'

/** Call once before the first `spawnConsumer`. */
export async function buildConsumer(): Promise<void> {
  const external = [...builtinModules, /^node:/]
  const output = { file: bundle, format: 'cjs', codeSplitting: false } as const
  await build({
    input: 'tests/support/redisChild.ts',
    platform: 'node',
    external,
    transform: { target: 'node16.17' },
    logLevel: 'warn',
    output,
  })
}

export interface Ledger {
  readonly file: string
  started(): string[]
  finished(): string[]
}

export function newLedger(): Ledger {
  const file = join(mkdtempSync(join(tmpdir(), 'loopscope-ledger-')), 'ledger')
  const lines = (kind: string) => {
    try {
      const all = readFileSync(file, 'utf8').split('\n')
      return all.filter((line) => line.startsWith(kind)).map((line) => line.slice(2))
    } catch (error) {
      // Nobody has written yet.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
      throw error
    }
  }
  return { file, started: () => lines('S'), finished: () => lines('F') }
}

export function spawnConsumer(url: string, ledger: Ledger): ChildProcess {
  return spawn(process.execPath, [bundle, url, 'queue', ledger.file], { stdio: ['ignore', 'inherit', 'inherit'] })
}
