/** A run that is made up: a thread of its own makes its rows, this end keeps them as if they had been recorded. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { RunId, RunInfo, RunPhase } from '#protocol/messages'
import type { Parameters } from '#protocol/parameters'
import { nanos, toProgramme } from '#protocol/units'
import { synthetic, syntheticOptions } from '../synthetic/info'
import type { SyntheticMessage } from '../synthetic/messages'
import { History, maxSpans } from './history'
import type { KeptRun } from './keptRun'

/** Pieces that the thread may make before the first of them has been kept. */
const piecesAhead = 8

export class SyntheticRun implements KeptRun {
  readonly history = new History()
  readonly group = null
  readonly source = null
  readonly mainEnd = null
  readonly zero = 0
  startedApartSeconds = null
  readonly over: Promise<void>
  readonly #worker: Worker
  #phase: RunPhase = 'running'
  #error: string | null = null
  #now = 0
  #settle: () => void = () => undefined

  constructor(
    readonly id: RunId,
    readonly parameters: Parameters,
    workersDir: string,
    readonly onChange: () => void,
  ) {
    this.over = new Promise((resolve) => {
      this.#settle = resolve
    })
    this.#worker = new Worker(join(workersDir, 'synthetic.cjs'), { workerData: syntheticOptions(parameters) })
    this.#worker.on('message', (message: SyntheticMessage) => this.#keep(message))
    this.#worker.on('error', (error) => this.#end('failed', `${synthetic.id} ended with an error: ${error.message}`))
    for (let i = 0; i < piecesAhead; i++) this.#worker.postMessage('more')
  }

  get phase(): RunPhase {
    return this.#phase
  }
  get isOver(): boolean {
    return this.#phase !== 'running'
  }

  drain(): void {
    // What the thread has made comes by message.
  }

  now = (): number => this.#now

  async stop(): Promise<void> {
    if (!this.isOver) {
      if (this.history.lanes.length > 0) this.history.addMarker('stop', this.#now, 0, null, '')
      this.#end('stopped')
    }
    await this.over
  }

  #keep({ piece, whole }: SyntheticMessage): void {
    if (this.isOver) return
    this.history.append(piece)
    this.#now = piece.now
    const isFull = this.history.spans.length >= maxSpans
    if (whole && (isFull || !syntheticOptions(this.parameters).live)) this.#end('finished')
    else this.#worker.postMessage('more')
  }

  #end(phase: RunPhase, error: string | null = null): void {
    if (this.isOver) return
    this.history.endAll(this.#now)
    this.#phase = phase
    this.#error = error
    this.onChange()
    void this.#worker.terminate().then(this.#settle)
  }

  info(): RunInfo {
    const { spans, seed } = syntheticOptions(this.parameters)
    const { history } = this
    return {
      id: this.id,
      scenario: synthetic.id,
      parameters: this.parameters,
      speed: 1,
      phase: this.#phase,
      group: null,
      idealSeconds: null,
      idealFormula: null,
      totalSeconds: this.isOver ? toProgramme(nanos(this.#now), 1) : null,
      error: this.#error,
      synthetic: { seed, spans },
      measured: {
        clockErrorSeconds: null,
        markCostSeconds: null,
        lateness: null,
        droppedMarks: 0,
        marks: 0,
        rows: history.spans.length + history.markers.length + history.outputs.length,
        startedApartSeconds: null,
      },
    }
  }
}
