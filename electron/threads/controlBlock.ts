/**
 * The words that all threads of one run share: the start gate, the stop word, counters, and for each thread the word it sleeps on. Every wait
 * of a thread (sleep, join, queue, park) is an Atomics.wait on its own word, so that one notify reaches it whatever it waits for.
 */

import { Lateness, latenessBytes } from './lateness'

/** Threads of one run: 64 of the programme's, its main, loops and consumer, and some to spare. */
export const maxThreads = 128

const gate = 0
const stop = 1
const nextTask = 2
const nextResource = 3
const nextSlot = 4
const nextLane = 5
const wake = 16
const waitsFor = wake + maxThreads
const done = waitsFor + maxThreads
const begun = done + maxThreads
const started = begun + maxThreads
const leaving = started + maxThreads
const serving = leaving + maxThreads
/** Even, so that what follows the words lies on whole eights of bytes. */
const size = serving + maxThreads

/** Thrown out of every wait of a thread whose run was stopped. Programmes do not catch it. */
export class Stopped extends Error {
  override name = 'Stopped'
}

export const createControl = () => {
  const shared = new SharedArrayBuffer(size * 4 + latenessBytes)
  const words = new Int32Array(shared)
  words[nextTask] = 1 // 0 is main
  words[nextResource] = 2 * maxThreads + 1 // below: "thread n is done", "thread n has begun"
  words[nextSlot] = 1
  words[nextLane] = maxThreads // below: a thread's own lane, its slot
  return shared
}

export class Control {
  readonly #words: Int32Array
  readonly lateness: Lateness

  constructor(readonly shared: SharedArrayBuffer) {
    this.#words = new Int32Array(shared, 0, size)
    this.lateness = new Lateness(shared, size * 4)
  }

  /** The next free task id; ids are unique in the run and dense. */
  newTask = () => Atomics.add(this.#words, nextTask, 1)
  newResource = () => Atomics.add(this.#words, nextResource, 1)
  newSlot(): number {
    const slot = Atomics.add(this.#words, nextSlot, 1)
    if (slot >= maxThreads) throw new Error(`a programme may have at most ${maxThreads} threads`)
    return slot
  }

  /** A lane beside those of the threads: for a loop that runs on a thread that has one. */
  newLane = () => Atomics.add(this.#words, nextLane, 1)

  openGate(): void {
    Atomics.store(this.#words, gate, 1)
    Atomics.notify(this.#words, gate)
  }
  /** Holds the calling thread until the gate opens: the common zero of runs that start together. */
  passGate(): void {
    while (Atomics.load(this.#words, gate) === 0) Atomics.wait(this.#words, gate, 0)
  }

  get stopped(): boolean {
    return Atomics.load(this.#words, stop) !== 0
  }
  /**
   * Sets the stop and wakes what waits. Parked threads are left asleep: they end with their programme, and Node 16 (Electron 22) aborts the whole
   * process when a worker is terminated while it unwinds.
   */
  stopAll(): void {
    Atomics.store(this.#words, stop, 1)
    this.openGate()
    for (let slot = 0; slot < maxThreads; slot++) {
      if (slot > 0 && !this.isStarted(slot)) continue
      if (Atomics.load(this.#words, waitsFor + slot) !== 0) Atomics.store(this.#words, leaving + slot, 1)
      this.wakeThread(slot)
    }
  }
  /** Whether every thread that the stop woke, or found loading, and every one that serves has come to rest. */
  get atRest(): boolean {
    const made = Math.min(Atomics.load(this.#words, nextSlot), maxThreads)
    for (let slot = 1; slot < made; slot++)
      if (!this.isDone(slot) && (this.#isLeaving(slot) || this.#isLoading(slot) || this.isServing(slot))) return false
    return true
  }
  #isLeaving = (slot: number) => Atomics.load(this.#words, leaving + slot) !== 0
  #isLoading = (slot: number) => !this.isStarted(slot) && Atomics.load(this.#words, waitsFor + slot) === 0

  isServing = (slot: number) => Atomics.load(this.#words, serving + slot) !== 0
  /** It lives on in Node's event loop, where a message reaches it and no wake-up does. */
  setServing(slot: number): void {
    Atomics.store(this.#words, serving + slot, 1)
  }

  isDone = (slot: number) => Atomics.load(this.#words, done + slot) !== 0
  setDone(slot: number): void {
    Atomics.store(this.#words, done + slot, 1)
    this.wake(doneOf(slot))
  }

  isStarted = (slot: number) => Atomics.load(this.#words, started + slot) !== 0
  /** Lets the parked thread go. */
  setStarted(slot: number): void {
    Atomics.store(this.#words, started + slot, 1)
    this.wakeThread(slot)
  }

  hasBegun = (slot: number) => Atomics.load(this.#words, begun + slot) !== 0
  /** Its first line is about to run. */
  setBegun(slot: number): void {
    Atomics.store(this.#words, begun + slot, 1)
    this.wake(begunOf(slot))
  }

  wakeThread(slot: number): void {
    Atomics.add(this.#words, wake + slot, 1)
    Atomics.notify(this.#words, wake + slot)
  }

  /** As `wake`, where only thread `slot` can wait for `resource`. */
  wakeOne(slot: number, resource: number): void {
    if (Atomics.load(this.#words, waitsFor + slot) === resource) this.wakeThread(slot)
  }

  /** Wakes every thread that waits for `resource`, a process of a pool too, which has taken no slot. Call it after the condition was changed. */
  wake(resource: number): void {
    for (let slot = 0; slot < maxThreads; slot++) {
      if (Atomics.load(this.#words, waitsFor + slot) === resource) this.wakeThread(slot)
    }
  }

  /**
   * Blocks the calling thread `slot` until `poll()` is true or `remaining()` (real ms) is used up; tells which. The thread says what it waits
   * for *before* it polls, and a waker changes the condition *before* it looks who waits: so no wake-up falls between.
   */
  wait(slot: number, resource: number, poll: () => boolean, remaining: () => number): boolean {
    try {
      for (;;) {
        const seen = Atomics.load(this.#words, wake + slot)
        Atomics.store(this.#words, waitsFor + slot, resource)
        if (this.stopped) throw new Stopped()
        if (poll()) return true
        const left = remaining()
        if (left <= 0) return false
        Atomics.wait(this.#words, wake + slot, seen, left)
      }
    } finally {
      Atomics.store(this.#words, waitsFor + slot, 0)
    }
  }
}

/** What a sleep waits for: nothing that could come. Not 0, which says that a thread does not wait at all. */
export const noResource = -2
/** The resource "thread `slot` is done". */
export const doneOf = (slot: number) => slot + 1
/** The resource "thread `slot` has begun". */
export const begunOf = (slot: number) => maxThreads + slot + 1
