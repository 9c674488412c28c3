/** The words that a loop shares with all who hold it. */
const order = 0
const posted = 1
const home = 2
const lane = 3
const status = 4
const size = 5

const idle = 0
const runs = 1
const over = 2

export const createLoopWords = (): SharedArrayBuffer => {
  const shared = new SharedArrayBuffer(size * 4)
  new Int32Array(shared).fill(-1, home, lane + 1)
  return shared
}

export class LoopWords {
  readonly #words: Int32Array

  constructor(shared: SharedArrayBuffer) {
    this.#words = new Int32Array(shared)
  }

  /** The next number of a letter, taken before it is posted. */
  nextOrder = () => Atomics.add(this.#words, order, 1)
  /** The number of the next letter. */
  get order(): number {
    return Atomics.load(this.#words, order)
  }
  /** Letters posted. */
  get posted(): number {
    return Atomics.load(this.#words, posted)
  }
  countPosted(): void {
    Atomics.add(this.#words, posted, 1)
  }

  /** The slot of the thread that the loop lives on; -1: not known yet. */
  get home(): number {
    return Atomics.load(this.#words, home)
  }
  set home(slot: number) {
    Atomics.store(this.#words, home, slot)
  }

  /** Where its bars are drawn; -1: nowhere yet. */
  get lane(): number {
    return Atomics.load(this.#words, lane)
  }
  set lane(where: number) {
    Atomics.store(this.#words, lane, where)
  }

  get running(): boolean {
    return Atomics.load(this.#words, status) === runs
  }
  set running(now: boolean) {
    Atomics.store(this.#words, status, now ? runs : idle)
  }
  get closed(): boolean {
    return Atomics.load(this.#words, status) === over
  }
  close(): void {
    Atomics.store(this.#words, status, over)
  }
}
