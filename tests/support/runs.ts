/** Runs programmes as the command line does: the engine's own Runs, no page. */
import type { RunDocument } from '#protocol/document'
import type { Parameters } from '#protocol/parameters'
import { toDocument } from '../../electron/engine/document'
import type { Run } from '../../electron/engine/run'
import { Runs } from '../../electron/engine/runs'
import { forkProcess } from '../../electron/forkProcess'
import type { SpawnProcess } from '../../electron/processes/messages'
import { until } from './until'

export interface Bench {
  readonly runs: Runs
  start(scenario: string, parameters?: Parameters, speed?: number): Run
  /** To its end. */
  run(scenario: string, parameters?: Parameters, speed?: number): Promise<RunDocument>
  close(): Promise<void>
}

/** `workers`: `workers` for the product's scenarios, `test-workers` for the tests' programmes. */
export function bench(workers: 'workers' | 'test-workers' = 'workers', spawnProcess: SpawnProcess = forkProcess): Bench {
  const runs = new Runs({
    workersDir: new URL(`../../node_modules/.cache/${workers}`, import.meta.url).pathname,
    spawnProcess,
    askBeforeConsuming: false,
    onChange: () => undefined,
    onSource: () => undefined,
    onWarm: () => undefined,
  })
  const start = (scenario: string, parameters: Parameters = {}, speed = 1) => {
    const started = runs.start([{ scenario, parameters }], speed)
    if (!started.ok) throw new Error(started.problem.en)
    return started.value[0]!
  }
  return {
    runs,
    start,
    async run(scenario, parameters, speed) {
      const run = start(scenario, parameters, speed)
      await run.over
      return toDocument(run)
    },
    close: () => runs.close(),
  }
}

/** Lines of the run's output. */
export const lines = (document: RunDocument) => document.output.map((line) => line.text)

/** The task of that name; throws where there is none or more than one. */
export function taskNamed(document: RunDocument, name: string) {
  const found = document.tasks.filter((task) => task.name === name)
  if (found.length !== 1)
    throw new Error(`${found.length} tasks are named ${name}: ${document.tasks.map((t) => t.name).join(', ')}`)
  return found[0]!
}

/** `running 0.000–0.010 …`: what a task did, in order. */
export const statesOf = (document: RunDocument, name: string) =>
  document.spans.filter((span) => span.task === name).map((span) => span.state)

export const sleepMillis = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

/** Resolves when main is on its first line. */
export const begun = (run: Run) => seen(run, () => run.zero !== null, 'main to begin')
/** Resolves when so many lines were printed. */
export const printed = (run: Run, count: number) => seen(run, () => run.history.outputs.length >= count, `${count} lines`)

/** A run without a page is read when somebody asks. */
const seen = (run: Run, holds: () => boolean, what: string) =>
  until(() => {
    run.drain()
    return holds()
  }, what)
