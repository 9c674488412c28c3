/** Starts runs, alone or together with a common zero, and keeps them until they are forgotten. Host and page are not known here. */
import { cpus } from 'node:os'
import type { RunId, SourceReport, StartRequest } from '#protocol/messages'
import { checkParameter, type Parameters } from '#protocol/parameters'
import { failure, type Result, success } from '#protocol/result'
import { httpThreads } from '../http/messages'
import type { SpawnProcess } from '../processes/messages'
import { findScenario, scenarioFiles } from '../scenarios/index'
import { ProgrammePool } from './programmePool'
import { Run, type RunRequest } from './run'

export interface RunsOptions {
  readonly workersDir: string
  readonly spawnProcess: SpawnProcess
  readonly askBeforeConsuming: boolean
  readonly onChange: (run: Run) => void
  readonly onSource: (run: Run, status: SourceReport) => void
  readonly onWarm: (threads: number) => void
  /** See EngineOptions. */
  readonly ringSlots?: number | undefined
}

/** More threads than this at once would measure the machine's scheduler and not the programmes. */
export const threadLimit = () => 2 * cpus().length + 32

/** Runs under way at once. Each has threads of its own; a page that asks for more is broken. */
export const maxGoing = 16

/** Of one programme: main, its threads, those of its server, and its processes. */
const threadsOf = ({ scenario: { threads, connections, processes }, parameters }: RunRequest) =>
  1 + threads(parameters as never) + (connections ? httpThreads : 0) + (processes?.(parameters as never) ?? 0)

export class Runs {
  /** Runs of this engine share it: their marks are on one clock. */
  readonly epoch = process.hrtime.bigint()
  readonly #pool: ProgrammePool
  readonly #runs = new Map<RunId, Run>()
  #nextId = 1
  #nextGroup = 1
  #closed = false

  constructor(readonly options: RunsOptions) {
    this.#pool = new ProgrammePool(options.workersDir, this.epoch, options.onWarm, options.ringSlots)
  }

  get all(): Run[] {
    return [...this.#runs.values()]
  }
  get = (id: RunId): Run | undefined => this.#runs.get(id)

  /** Checks everything before anything starts; the problem is one sentence. */
  start(requests: readonly StartRequest[], speed: number): Result<Run[]> {
    if (this.#closed) return failure('The engine is closing: nothing more is started.')
    if (!(speed >= 1 && speed <= 100)) return failure(`speed: ${String(speed)} is not a number from 1 to 100.`)
    const going = this.all.filter((run) => !run.isOver).length
    if (going + requests.length > maxGoing)
      return failure(`At most ${maxGoing} programmes run at once, and ${going} do: stop some first.`)
    const checked: RunRequest[] = []
    for (const request of requests) {
      const one = checkRequest(request, speed)
      if (!one.ok) return one
      checked.push(one.value)
    }
    const group = checked.length > 1 ? this.#nextGroup++ : null
    const runs = checked.map((request) => this.#create(request, group))
    void this.#begin(runs)
    return success(runs)
  }

  forget(ids: readonly RunId[]): void {
    for (const id of ids) if (this.#runs.get(id)?.isOver) this.#runs.delete(id)
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([this.#pool.close(), ...this.all.map((run) => run.stop())])
  }

  #create(request: RunRequest, group: number | null): Run {
    const id = this.#nextId++ as RunId
    const run: Run = new Run(
      id,
      request,
      group,
      this.#pool.take(),
      this.epoch,
      this.options,
      () => this.options.onChange(run),
      (status) => this.options.onSource(run, status),
    )
    this.#runs.set(id, run)
    return run
  }

  /** Runs of a group pass their gates together; where they need too many threads, one after another. */
  async #begin(runs: readonly Run[]): Promise<void> {
    const threads = runs.reduce((sum, { request }) => sum + threadsOf(request), 0)
    const batches = threads > threadLimit() ? runs.map((run) => [run]) : [runs]
    // Threads that still load for a later batch would take the cores from the first.
    await Promise.all(runs.map(({ programme }) => Promise.race([programme.warm, programme.exited])))
    for (const batch of batches) {
      await Promise.all(batch.map((run) => prepared(run, this.options.askBeforeConsuming)))
      for (const run of batch) run.begin()
      if (batches.length > 1) await batch[0]!.over
    }
    await Promise.all(runs.map((run) => run.over))
    this.warm()
  }

  /** Loads the threads of the next run, where none is going on: loading seven of them beside a run delayed its first steps by up to 7 ms. */
  warm(): void {
    if (this.all.every((run) => run.isOver)) this.#pool.warm()
  }
}

/** A run whose threads die before it begins ends *failed* by itself; that is where its error is told. */
const prepared = (run: Run, ask: boolean): Promise<void> => run.prepare(ask).catch(() => run.over)

export function checkRequest({ scenario: id, parameters }: StartRequest, speed: number): Result<RunRequest> {
  const scenario = findScenario(id)
  if (!scenario)
    return failure(`There is no scenario “${id}”; there are ${scenarioFiles.map(({ scenario: s }) => s.id).join(', ')}.`)
  const known = scenario.parameters.map((info) => info.name)
  const unknown = Object.keys(parameters).find((name) => !known.includes(name))
  if (unknown !== undefined) return failure(`${id} has no parameter “${unknown}”; it has ${known.join(', ')}.`)
  const values: Record<string, Parameters[string]> = {}
  for (const info of scenario.parameters) {
    const value = checkParameter(info, parameters[info.name] ?? info.default)
    if (!value.ok) return failure(`${id}, ${value.problem.en}`)
    values[info.name] = value.value
  }
  return success({ scenario, parameters: values, speed })
}
