/** One programme thread as the engine holds it: warm, then preparing, then running one scenario, then gone. It is never used twice. */
import { join } from 'node:path'
import { type MessagePort, Worker } from 'node:worker_threads'
import type { Parameters } from '#protocol/parameters'
import type { SourceLine } from '../threads/consumerThread'
import { Control, createControl } from '../threads/controlBlock'
import { threadLimits } from '../threads/limits'
import type { FromProgramme, ProgrammeData, ToProgramme } from '../threads/programmeMessages'
import { RingStock } from './ringStock'

/** Threads that have not left this long after a stop are terminated. */
const graceMillis = 200
/** So long, beyond that, a programme may take that is ending its threads by itself: 64 of them on a busy machine. */
const longestEndMillis = 400
const longestLoadMillis = 1000
/** So long a programme may take to end after its first thread was killed with it, or to tell itself what one of them died of. */
const lossMillis = 3000

export interface Preparation {
  readonly scenario: string
  readonly parameters: Parameters
  readonly speed: number
  readonly threads: number
  readonly connections: number
  readonly processes: { readonly port: MessagePort; readonly count: number } | null
  readonly source: SourceLine | null
}

export class Programme {
  readonly control: Control
  /** Resolves to the number of parked threads. */
  readonly warm: Promise<number>
  /** Resolves when the thread has ended, with the error that ended it, if one did. */
  readonly exited: Promise<Error | null>
  markCostSeconds: number | null = null
  clockErrorSeconds: number | null = null
  readonly #worker: Worker
  #ending = false
  /** Resolves when all is loaded that the scenario needs, or the thread has ended. */
  #loaded: Promise<unknown>
  #prepared: () => void = () => undefined
  #error: Error | null = null
  /** From the stock. */
  #taken: SharedArrayBuffer[]
  /** Rings that nobody reads yet. */
  #rings: [ring: SharedArrayBuffer, slot: number][] = []
  #readRing: (ring: SharedArrayBuffer, slot: number) => void = (ring, slot) => this.#rings.push([ring, slot])

  constructor(
    workersDir: string,
    epoch: bigint,
    readonly warmThreads: number,
    readonly stock = new RingStock(),
  ) {
    const control = createControl()
    this.control = new Control(control)
    this.#taken = stock.take(1 + warmThreads)
    const [ring, ...rings] = this.#taken as [SharedArrayBuffer, ...SharedArrayBuffer[]]
    this.#rings.push([ring, 0])
    const data: ProgrammeData = { control, ring, rings, ringSlots: stock.slots, epoch, workersDir, warm: warmThreads }
    this.#worker = new Worker(join(workersDir, 'programme.cjs'), { workerData: data, resourceLimits: threadLimits })
    this.#worker.on('error', (thrown: Error) => {
      this.#error = thrown
    })
    this.exited = new Promise((resolve) => this.#worker.once('exit', () => resolve(this.#error)))
    this.warm = new Promise((resolve) => {
      this.#worker.on('message', (message: FromProgramme) => {
        if (message.type === 'thread') {
          this.#readRing(message.ring, message.slot)
          this.#watch(message.slot, message.life)
        } else if (message.type === 'warm') {
          this.markCostSeconds = message.markCostSeconds
          this.clockErrorSeconds = message.clockErrorSeconds
          resolve(message.threads)
        } else if (message.type === 'ending') this.#ending = true
        else if (message.type === 'ended') this.#send({ type: 'exit' })
        else this.#prepared()
      })
    })
    this.#loaded = Promise.race([this.warm, this.exited])
  }

  /** Gives `read` the ring of each thread, at once and as threads are made; they are not kept here. */
  readRings(read: (ring: SharedArrayBuffer, slot: number) => void): void {
    for (const [ring, slot] of this.#rings) read(ring, slot)
    this.#rings = []
    this.#readRing = read
  }

  /** For the next programmes; when this one has ended and all that its threads wrote was read. */
  giveBackRings(): void {
    this.stock.giveBack(this.#taken)
    this.#taken = []
  }

  /** Resolves when every thread is parked and main waits at the gate; rejects when the thread ends before. */
  prepare(preparation: Preparation): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      this.#prepared = resolve
    })
    const died = this.exited.then((error) => {
      throw error ?? new Error('the programme’s thread ended before it began')
    })
    const ports = [preparation.source, preparation.processes].flatMap((line) => (line ? [line.port] : []))
    const rings = this.stock.take(Math.max(0, preparation.threads - this.warmThreads))
    this.#taken.push(...rings)
    this.#send({ type: 'prepare', ...preparation, rings }, ports)
    this.#loaded = Promise.race([ready, this.exited])
    return Promise.race([ready, died])
  }

  begin(): void {
    this.control.openGate()
  }

  /** Ends every thread: those in a wait leave at once, the rest are terminated. Resolves when all are gone. */
  async stop(): Promise<void> {
    this.control.stopAll()
    this.#send({ type: 'stop' })
    // Node 16 (Electron 22) aborts the whole process when a worker is terminated while it loads.
    await within(longestLoadMillis, this.#loaded)
    if (await within(graceMillis, this.exited)) return
    if (this.#ending && (await within(longestEndMillis, this.exited))) return
    await this.#worker.terminate()
    await this.exited
  }

  /** A main that waits for a thread that died, of too little memory for one, would wait for ever: nothing reaches it there. */
  #watch(slot: number, life: MessagePort): void {
    life.unref()
    life.once('close', () => {
      if (this.control.isDone(slot) || this.control.stopped) return
      const timer = setTimeout(() => {
        // A programme that has ended and is slow to go is helped, not failed.
        if (!this.#ending)
          this.#error = new Error(
            `one of its threads died, perhaps for want of memory (${threadLimits.maxOldGenerationSizeMb} MB each), and nothing could go on`,
          )
        // Terminated while main does not hear that its thread is gone, Node 16 (Electron 22) aborts the whole process.
        void this.stop()
      }, lossMillis)
      void this.exited.then(() => clearTimeout(timer))
    })
  }

  #send(message: ToProgramme, transfer: MessagePort[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}

/** Whether `promise` was resolved in time. */
async function within(millis: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), millis)
  })
  const inTime = await Promise.race([promise.then(() => true), late])
  clearTimeout(timer)
  return inTime
}
