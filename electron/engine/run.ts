/** One run: its phases, its threads, its history. */

import type { RunId, RunInfo, RunPhase } from '#protocol/messages'
import { type Parameters, publicParameters, withoutPassword } from '#protocol/parameters'
import { nanos, toNanosecond, toProgramme } from '#protocol/units'
import type { Scenario } from '../scenarios/scenario'
import type { LatenessFigures } from '../threads/lateness'
import { threadLimits } from '../threads/limits'
import { Assembler } from './assemble'
import type { EngineOptions } from './engine'
import { History } from './history'
import type { KeptRun } from './keptRun'
import { Processes } from './processes'
import type { Programme } from './programme'
import { Recorder } from './recorder'
import { type LimitedReport, SourceLine } from './sourceLine'

export interface RunRequest {
  readonly scenario: Scenario
  readonly parameters: Parameters
  readonly speed: number
}

/** Of a programme with a queue: as in RunsOptions. */
export interface QueueAsked {
  readonly ask: boolean
  readonly feed: boolean
}

export class Run implements KeptRun {
  readonly history = new History()
  readonly #assembler = new Assembler(this.history)
  readonly #recorder: Recorder
  readonly source: SourceLine | null
  readonly #processes: Processes | null
  #phase: RunPhase = 'preparing'
  #error: string | null = null
  #stoppedAt: number | null = null
  startedApartSeconds: number | null = null
  /** Resolves when the run is over, whatever its end. */
  readonly over: Promise<void>
  #settle: () => void = () => undefined

  constructor(
    readonly id: RunId,
    readonly request: RunRequest,
    readonly group: number | null,
    readonly programme: Programme,
    epoch: bigint,
    host: Pick<EngineOptions, 'workersDir' | 'spawnProcess'>,
    readonly onChange: () => void,
    onSource: (status: LimitedReport) => void,
  ) {
    this.#recorder = new Recorder(epoch, this.#assembler)
    programme.readRings((ring, slot) => this.#recorder.add(ring, slot))
    this.source = request.scenario.source
      ? new SourceLine(
          onSource,
          ({ lane, from, until, count }) => this.#recorder.miss(lane, from, until, count),
          Number(request.parameters['concurrency'] ?? 0),
        )
      : null
    this.#processes = request.scenario.processes
      ? new Processes({
          spawn: host.spawnProcess,
          workersDir: host.workersDir,
          epoch,
          speed: request.speed,
          onMarks: (marks) => this.#recorder.receive(marks),
          onRefusedMarks: (lane, count) => this.#recorder.refuse(lane, count),
          wakeMain: () => programme.control.wakeThread(0),
        })
      : null
    this.over = new Promise((resolve) => {
      this.#settle = resolve
    })
    void programme.exited.then((error) => this.#exit(error))
  }

  get phase(): RunPhase {
    return this.#phase
  }
  get isOver(): boolean {
    return this.#phase === 'finished' || this.#phase === 'stopped' || this.#phase === 'failed'
  }
  /** The threads' clock at main's first line; null before. */
  get zero(): number | null {
    return this.#assembler.zero
  }
  get mainEnd(): number | null {
    return this.#assembler.mainEnd
  }

  /** Parks the threads the programme needs; main then waits at its gate. */
  async prepare({ ask, feed }: QueueAsked): Promise<void> {
    const { scenario, parameters, speed } = this.request
    await this.programme.prepare({
      scenario: scenario.id,
      parameters,
      speed,
      threads: scenario.threads(parameters as never),
      processes: this.#processes && { port: this.#processes.programmeEnd, count: scenario.processes!(parameters as never) },
      connections: scenario.connections?.(parameters as never) ?? 0,
      source: this.source ? { port: this.source.consumerEnd, ask, feed, kind: 'app' } : null,
    })
  }

  begin(): void {
    if (this.#phase !== 'preparing') return
    this.#change('running')
    this.programme.begin()
  }

  /** Takes what the threads have recorded into the history. */
  drain(): void {
    this.#recorder.drain()
  }

  /** Nanoseconds since zero. */
  now = (): number => {
    if (this.zero === null) return 0
    return this.isOver ? this.#assembler.lastEnd : this.#recorder.now() - this.zero
  }

  /** Ends the run within a second; resolves when every thread is gone. Safe to call at any time and twice. */
  async stop(): Promise<void> {
    if (this.isOver) return
    if (this.#phase !== 'stopping') {
      const wasRunning = this.#phase === 'running'
      this.#change('stopping')
      if (wasRunning) await this.source?.stop()
      this.#stoppedAt = this.#recorder.now()
      // Before the server is gone: what they are waiting for would fail then.
      this.#processes?.close()
      await this.programme.stop()
    }
    await this.over
  }

  #exit(error: Error | null): void {
    const exit = this.#recorder.now()
    this.#processes?.close()
    this.#recorder.close()
    this.programme.giveBackRings()
    const { zero } = this.#assembler
    if (zero !== null) {
      this.#assembler.close(exit - zero, this.#stoppedAt === null ? null : this.#stoppedAt - zero)
      if (this.#stoppedAt !== null) this.history.addMarker('stop', this.#stoppedAt - zero, 0, null, '')
    }
    this.source?.close()
    this.#error = error ? this.#sentence(error) : null
    this.#change(error ? 'failed' : this.#phase === 'stopping' ? 'stopped' : 'finished')
    this.#settle()
  }

  #sentence(error: Error & { code?: string }): string {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
      return `${this.request.scenario.id} ran out of memory: its threads may use ${threadLimits.maxOldGenerationSizeMb} MB each.`
    return `${this.request.scenario.id} ended with an error: ${withoutPassword(error.message)}`
  }

  #change(phase: RunPhase): void {
    this.#phase = phase
    this.onChange()
  }

  info(): RunInfo {
    const { scenario, parameters, speed } = this.request
    const ideal = scenario.ideal(parameters as never)
    return {
      id: this.id,
      scenario: scenario.id,
      parameters: publicParameters(parameters),
      speed,
      phase: this.#phase,
      group: this.group,
      idealSeconds: ideal === null ? null : toNanosecond(ideal),
      idealFormula: scenario.formula(parameters as never),
      totalSeconds: this.isOver ? toProgramme(nanos(this.#assembler.lastEnd), speed) : null,
      error: this.#error,
      synthetic: null,
      measured: {
        clockErrorSeconds: [this.#processes?.clockErrorSeconds, this.source?.latest?.watch?.clockErrorSeconds].reduce<
          number | null
        >((worst, error) => larger(worst, error ?? null), this.programme.clockErrorSeconds),
        markCostSeconds: this.programme.markCostSeconds,
        lateness: inSeconds(this.programme.control.lateness.read()),
        droppedMarks: this.history.dropped,
        marks: this.history.marks,
        rows: this.history.spans.length + this.history.markers.length + this.history.outputs.length,
        startedApartSeconds: this.startedApartSeconds,
      },
    }
  }
}

/** Null is not measured. */
const larger = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b))

const inSeconds = (nanos: LatenessFigures | null) =>
  nanos && { count: nanos.count, medianSeconds: nanos.median / 1e9, largestSeconds: nanos.largest / 1e9 }
