/** The engine without a page. */
import { resolve } from 'node:path'
import type { RunDocument } from '#protocol/document'
import type { Parameters } from '#protocol/parameters'
import { toDocument } from '../../../electron/engine/document'
import type { Run } from '../../../electron/engine/run'
import { Runs } from '../../../electron/engine/runs'
import { forkProcess } from '../../../electron/forkProcess'

/** As often as the hosts do. */
export const drainMillis = 16

export interface Bed {
  readonly runs: Runs
  start(scenario: string, parameters: Parameters): Run
  /** Resolves when it is over and the next programme is warm, so that its loading does not take the cores from what is measured next. */
  finish(run: Run): Promise<RunDocument>
  run(scenario: string, parameters: Parameters): Promise<RunDocument>
}

/** `workers`: folder of the worker bundles. */
export async function withRuns<T>(
  work: (bed: Bed) => Promise<T>,
  { workers = 'out/workers', feed = true }: { workers?: string; feed?: boolean } = {},
): Promise<T> {
  const quiet = () => undefined
  let onWarm: () => void = quiet
  const warmed = () =>
    new Promise<void>((done) => {
      onWarm = done
    })
  const first = warmed()
  const runs = new Runs({
    workersDir: resolve(workers),
    spawnProcess: forkProcess,
    askBeforeConsuming: false,
    feed,
    onChange: quiet,
    onSource: quiet,
    onWarm: () => onWarm(),
  })
  const drain = setInterval(() => {
    for (const run of runs.all) if (!run.isOver) run.drain()
  }, drainMillis)
  let next = first
  const start = (scenario: string, parameters: Parameters) => {
    next = warmed()
    const started = runs.start([{ scenario, parameters }], 1)
    if (!started.ok) throw new Error(started.problem.en)
    return started.value[0]!
  }
  const finish = async (run: Run) => {
    await run.over
    await next
    const document = toDocument(run)
    runs.forget([run.id])
    return document
  }
  try {
    runs.warm()
    await first
    return await work({ runs, start, finish, run: (scenario, parameters) => finish(start(scenario, parameters)) })
  } finally {
    clearInterval(drain)
    await runs.close()
  }
}
