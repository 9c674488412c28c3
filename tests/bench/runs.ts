/** The engine without a page, and CPython beside it. */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { RunDocument } from '#protocol/document'
import type { Parameters } from '#protocol/parameters'
import { toDocument } from '../../electron/engine/document'
import { Runs } from '../../electron/engine/runs'

export async function withRuns<T>(
  work: (run: (scenario: string, parameters: Parameters) => Promise<RunDocument>) => Promise<T>,
): Promise<T> {
  const quiet = () => undefined
  const runs = new Runs({
    workersDir: resolve('out/workers'),
    askBeforeConsuming: false,
    onChange: quiet,
    onSource: quiet,
    onWarm: quiet,
  })
  try {
    return await work(async (scenario, parameters) => {
      const started = runs.start([{ scenario, parameters }], 1)
      if (!started.ok) throw new Error(started.problem)
      const run = started.value[0]!
      const timer = setInterval(() => run.drain(), 16)
      await run.over
      clearInterval(timer)
      return toDocument(run)
    })
  } finally {
    await runs.close()
  }
}

/** Runs a program with the machine's python3 and reads the one number that it prints; null where there is no python3. */
export function python(program: string): number | null {
  const run = spawnSync('python3', ['-c', program], { encoding: 'utf8', timeout: 120_000 })
  if (run.error || run.status !== 0) return null
  return Number(run.stdout.trim())
}
