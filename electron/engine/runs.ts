/** Starts runs, alone or together with a common zero, and keeps them until they are forgotten. Host and page are not known here. */
import { cpus } from 'node:os'
import type { LocalText, ScenarioInfo } from '#protocol/catalogue'
import type { RunId, SourceLimits, StartRequest } from '#protocol/messages'
import { checkParameter, type Parameters } from '#protocol/parameters'
import { failure, type Result, success } from '#protocol/result'
import { httpThreads } from '../http/messages'
import type { SpawnProcess } from '../processes/messages'
import { findScenario, scenarioFiles } from '../scenarios/index'
import { synthetic } from '../synthetic/info'
import type { KeptRun } from './keptRun'
import { ProgrammePool } from './programmePool'
import { type QueueAsked, Run, type RunRequest } from './run'
import { type LimitedReport, noQueue } from './sourceLine'
import { SyntheticRun } from './syntheticRun'

export interface RunsOptions {
  readonly workersDir: string
  readonly spawnProcess: SpawnProcess
  readonly askBeforeConsuming: boolean
  /** Whether a queue's run tells others of its tasks; yes, but where the cost of that is measured. */
  readonly feed?: boolean | undefined
  readonly onChange: (run: KeptRun) => void
  readonly onSource: (run: Run, status: LimitedReport) => void
  readonly onWarm: (threads: number) => void
  /** See EngineOptions. */
  readonly ringSlots?: number | undefined
}

/** More threads than this at once would measure the machine's scheduler and not the programmes. */
export const threadLimit = () => 2 * cpus().length + 32

type Known = Pick<ScenarioInfo, 'id' | 'parameters'>

/** Runs under way at once. Each has threads of its own; a page that asks for more is broken. */
export const maxGoing = 16

const closing = { en: 'The engine is closing: nothing more is started.', zh: '引擎正在关闭：不再启动新的运行。' }

/** Of one programme: main, its threads, those of its server, and its processes. */
const threadsOf = ({ scenario: { threads, connections, processes }, parameters }: RunRequest) =>
  1 + threads(parameters as never) + (connections ? httpThreads : 0) + (processes?.(parameters as never) ?? 0)

export class Runs {
  /** Runs of this engine share it: their marks are on one clock. */
  readonly epoch = process.hrtime.bigint()
  readonly #pool: ProgrammePool
  readonly #runs = new Map<RunId, KeptRun>()
  #nextId = 1
  #nextGroup = 1
  #closed = false

  constructor(readonly options: RunsOptions) {
    this.#pool = new ProgrammePool(options.workersDir, this.epoch, options.onWarm, options.ringSlots)
  }

  get all(): KeptRun[] {
    return [...this.#runs.values()]
  }
  get = (id: RunId): KeptRun | undefined => this.#runs.get(id)

  /** Checks everything before anything starts; the problem is one sentence. */
  start(requests: readonly StartRequest[], speed: number): Result<Run[], LocalText> {
    if (this.#closed) return failure(closing)
    const wrongSpeed = checkSpeed(speed)
    if (wrongSpeed) return failure(wrongSpeed)
    const going = this.all.filter((run) => !run.isOver).length
    if (going + requests.length > maxGoing)
      return failure({
        en: `At most ${maxGoing} programmes run at once, and ${going} do: stop some first.`,
        zh: `最多同时运行 ${maxGoing} 个程序，现在已有 ${going} 个：请先停止一些。`,
      })
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

  /** Programmes, or a run that is made up. */
  startAny(requests: readonly StartRequest[], speed: number): Result<readonly KeptRun[], LocalText> {
    return requests.some(({ scenario }) => scenario === synthetic.id)
      ? this.#startSynthetic(requests)
      : this.start(requests, speed)
  }

  /** One at a time, and beside no measured run: each may take a quarter of a gigabyte, and while it is made a processor. */
  #startSynthetic([request, ...others]: readonly StartRequest[]): Result<readonly KeptRun[], LocalText> {
    if (this.#closed) return failure(closing)
    if (others.length > 0) return failure({ en: 'A synthetic run is started alone.', zh: '合成运行只能单独启动。' })
    if (this.all.some((run) => !(run instanceof SyntheticRun) && !run.isOver))
      return failure({
        en: 'A programme is running, and a synthetic run would take the processor from it: stop it first.',
        zh: '有程序正在运行，合成运行会占用它的处理器：请先停止它。',
      })
    if (this.all.some((run) => run instanceof SyntheticRun && !run.isOver))
      return failure({
        en: 'One synthetic run is being made already: stop it first.',
        zh: '已有一个合成运行正在生成：请先停止它。',
      })
    const parameters = checkParameters(synthetic, request!.parameters)
    if (!parameters.ok) return parameters
    const id = this.#nextId++ as RunId
    const run: SyntheticRun = new SyntheticRun(id, parameters.value, this.options.workersDir, () => this.options.onChange(run))
    this.#runs.set(id, run)
    return success([run])
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
      const { askBeforeConsuming: ask, feed = true } = this.options
      await Promise.all(batch.map((run) => prepared(run, { ask, feed })))
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
const prepared = (run: Run, source: QueueAsked): Promise<void> => run.prepare(source).catch(() => run.over)

/** Of a run whose queue is being consumed. Returns why it was not changed, or null. */
export function limit(run: KeptRun | undefined, { concurrency, paused }: SourceLimits): LocalText | null {
  if (!(run instanceof Run) || !run.source || run.phase !== 'running') return noQueue
  const { id, parameters } = run.request.scenario
  const info = parameters.find(({ name }) => name === 'concurrency')
  const checked = info ? checkParameter(info, concurrency) : failure(noParameter(run.request.scenario, 'concurrency'))
  if (!checked.ok) return inScenario(id, checked.problem)
  run.source.limit({ concurrency, paused })
  return null
}

/** Why it is none, or null. */
export const checkSpeed = (speed: number): LocalText | null =>
  speed >= 1 && speed <= 100
    ? null
    : { en: `speed: ${String(speed)} is not a number from 1 to 100.`, zh: `速度：${String(speed)} 不是 1 到 100 的数。` }

export function noScenario(id: string): LocalText {
  const ids = scenarioFiles.map(({ scenario }) => scenario.id)
  return { en: `There is no scenario “${id}”; there are ${ids.join(', ')}.`, zh: `没有“${id}”这个场景；现有 ${ids.join('、')}。` }
}

export function noParameter({ id, parameters }: Known, name: string): LocalText {
  const known = parameters.map((info) => info.name)
  return {
    en: `${id} has no parameter “${name}”; it has ${known.join(', ')}.`,
    zh: `${id} 没有“${name}”这个参数；现有 ${known.join('、')}。`,
  }
}

/** What is wrong with a value, and in which scenario. */
export const inScenario = (id: string, { en, zh }: LocalText): LocalText => ({ en: `${id}, ${en}`, zh: `${id}，${zh}` })

export function checkRequest({ scenario: id, parameters }: StartRequest, speed: number): Result<RunRequest, LocalText> {
  const scenario = findScenario(id)
  if (!scenario) return failure(noScenario(id))
  const values = checkParameters(scenario, parameters)
  return values.ok ? success({ scenario, parameters: values.value, speed }) : values
}

/** All of them, each given or at its default. */
function checkParameters(scenario: Known, parameters: Parameters): Result<Parameters, LocalText> {
  const unknown = Object.keys(parameters).find((name) => !scenario.parameters.some((info) => info.name === name))
  if (unknown !== undefined) return failure(noParameter(scenario, unknown))
  const values: Record<string, Parameters[string]> = {}
  for (const info of scenario.parameters) {
    const value = checkParameter(info, parameters[info.name] ?? info.default)
    if (!value.ok) return failure(inScenario(scenario.id, value.problem))
    values[info.name] = value.value
  }
  return success(values)
}
