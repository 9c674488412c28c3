/** The parked workers of a programme: each is loaded and sits in Atomics.wait until a Thread takes it, so that a start costs no cold worker. */

import { cpus } from 'node:os'
import { join } from 'node:path'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { ThreadContext, ThreadShares } from './context'
import { threadLimits } from './limits'
import { createRing } from './markRing'
import { createStartBuffer, StartBuffer } from './startBuffer'

/** By the bundle that the worker loads. */
export type SeatKind = 'nested' | 'consumer' | 'http'

/** One worker, parked or taken. */
export interface Seat {
  readonly slot: number
  readonly worker: Worker
  /** Where its one start message goes. */
  readonly start: StartBuffer
}

/** What a parked worker waits for. */
export interface StartMessage {
  /** Name of the function to run. */
  readonly target: string
  readonly values: readonly unknown[]
  /** Task id of the thread itself; -1: the thread is a stage for others (a loop) and no task of its own. */
  readonly task: number
  readonly speed: number
}

export interface SeatData extends ThreadShares {
  readonly startPort: MessagePort
  /** Never used: the engine sees by its closing that this thread is gone. */
  readonly lifePort: MessagePort
  readonly startBuffer: SharedArrayBuffer
}

/** More at a time would load no sooner, and a stop waits for those that do. */
const loadingAtOnce = Math.max(4, cpus().length)

export class ThreadPool {
  readonly #parked: Record<SeatKind, Seat[]> = { nested: [], consumer: [], http: [] }
  readonly #seats: Seat[] = []

  /** `rings`: for the next threads; where none is left, one of `ringSlots` is made. `announce` tells the engine of each new thread: its ring, and the port that closes when it is gone. */
  constructor(
    readonly context: ThreadContext,
    readonly rings: SharedArrayBuffer[],
    readonly ringSlots: number,
    readonly announce: (slot: number, ring: SharedArrayBuffer, life: MessagePort) => void,
  ) {}

  /** Makes workers until `count` of that kind are parked. Resolves when they have loaded; after a stop, when those that were loading have. */
  async warm(kind: SeatKind, count: number): Promise<void> {
    const parked = this.#parked[kind]
    const loadInTurn = async () => {
      while (parked.length < count && !this.context.control.stopped) {
        const seat = this.#make(kind)
        parked.push(seat)
        await loading.get(seat.worker)
      }
    }
    await Promise.all(Array.from({ length: loadingAtOnce }, loadInTurn))
  }

  get parked(): number {
    return Object.values(this.#parked).flat().length
  }

  /** The first parked thread, which takes part in comparing clocks; null where none is parked. */
  get firstParked(): number | null {
    return this.#parked.nested[0]?.slot ?? null
  }

  /** A parked worker, or a cold one where none is left. */
  take(kind: SeatKind): Seat {
    return this.#parked[kind].shift() ?? this.#make(kind)
  }

  /** Tells the threads that serve, which no wake-up reaches, to come to rest. */
  rest(): void {
    for (const { slot, worker } of this.#seats) if (this.context.control.isServing(slot)) worker.postMessage('rest')
  }

  /**
   * Ends every thread, whatever it does. They would end with their programme, too, but Node (from 20.19 on) keeps some kilobytes for ever of each
   * thread whose maker did not live to see its end.
   */
  async end(): Promise<void> {
    await Promise.all(this.#seats.map(({ worker }) => worker.terminate()))
  }

  #make(kind: SeatKind): Seat {
    const slot = this.context.control.newSlot()
    const ring = this.rings.pop() ?? createRing(this.ringSlots)
    const life = new MessageChannel()
    this.announce(slot, ring, life.port1)
    const { port1, port2 } = new MessageChannel()
    const startBuffer = createStartBuffer()
    const data: SeatData = { ...this.context.shares, slot, ring, startPort: port2, lifePort: life.port2, startBuffer }
    const worker = new Worker(join(this.context.shares.workersDir, `${kind}.cjs`), {
      workerData: data,
      transferList: [port2, life.port2],
      resourceLimits: threadLimits,
    })
    // Parked threads, like daemon threads, do not keep a programme alive; start() of a non-daemon thread takes this back.
    worker.unref()
    loading.set(worker, new Promise((resolve) => worker.once('message', () => resolve())))
    const seat = { slot, worker, start: new StartBuffer(startBuffer, port1) }
    this.#seats.push(seat)
    return seat
  }
}

const loading = new WeakMap<Worker, Promise<void>>()
let pool: ThreadPool | undefined

/** Set once by the programme's worker. */
export function setPool(made: ThreadPool): void {
  pool = made
}

export function currentPool(): ThreadPool {
  if (!pool) throw new Error('threads are started by the programme’s main thread')
  return pool
}
