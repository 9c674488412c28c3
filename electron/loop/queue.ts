/** `asyncio.Queue`: first in, first out, between the coroutines of one loop. */
import { here } from '../threads/context'
import { registerFunctions } from '../threads/handles'
import { QueueEmpty, QueueFull, ValueError } from './errors'
import { type Coroutine, Future } from './future'
import { Event } from './locks'
import { repr } from './repr'
import { getRunningLoop } from './running'

export interface QueueOptions {
  /** Its length is charted under this name. */
  readonly name?: string
}

let unnamed = 0

export class Queue<T> {
  readonly name: string
  readonly #items: T[] = []
  /** Those who wait for an item, and for room: the first to come is the first to be served. */
  readonly #getters: Future<void>[] = []
  readonly #putters: Future<void>[] = []
  #unfinished = 0
  readonly #finished = new Event(true)

  /** At most `maxsize` items; 0: any number. */
  constructor(
    readonly maxsize = 0,
    { name = ++unnamed === 1 ? 'queue' : `queue-${unnamed}` }: QueueOptions = {},
  ) {
    this.name = name
  }

  /** Items waiting now. */
  qsize(): number {
    return this.#items.length
  }
  empty(): boolean {
    return this.#items.length === 0
  }
  full(): boolean {
    return this.maxsize > 0 && this.#items.length >= this.maxsize
  }

  /** Appends `item`; waits for room where the queue is full. */
  *put(item: T): Coroutine<void> {
    while (this.full()) yield* this.#turnIn(this.#putters, () => this.full())
    this.putNowait(item)
  }

  /** Throws QueueFull where there is no room. */
  putNowait(item: T): void {
    if (this.full()) throw new QueueFull()
    this.#items.push(item)
    this.#unfinished++
    this.#finished.clear()
    this.#tellLength()
    wakeNext(this.#getters)
  }

  /** Takes the oldest item; waits for one where the queue is empty. */
  *get(): Coroutine<T> {
    while (this.empty()) yield* this.#turnIn(this.#getters, () => this.empty())
    return this.getNowait()
  }

  /** Throws QueueEmpty where there is no item. */
  getNowait(): T {
    if (this.empty()) throw new QueueEmpty()
    const item = this.#items.shift() as T
    this.#tellLength()
    wakeNext(this.#putters)
    return item
  }

  /** What was got is dealt with. Throws ValueError where it is said more often than items were put. */
  taskDone(): void {
    if (this.#unfinished <= 0) throw new ValueError('task_done() called too many times')
    this.#unfinished--
    if (this.#unfinished === 0) this.#finished.set()
  }

  /** Waits until every item that was put was got and said to be done. */
  *join(): Coroutine<void> {
    if (this.#unfinished > 0) yield* this.#finished.wait()
  }

  toString(): string {
    const parts = [`maxsize=${this.maxsize}`]
    if (!this.empty()) parts.push(`_queue=${repr(this.#items)}`)
    if (this.#getters.length > 0) parts.push(`_getters[${this.#getters.length}]`)
    if (this.#putters.length > 0) parts.push(`_putters[${this.#putters.length}]`)
    if (this.#unfinished > 0) parts.push(`tasks=${this.#unfinished}`)
    return `<Queue ${parts.join(' ')}>`
  }

  /** Waits in the line until woken. Who was woken and cannot go on wakes the next. */
  *#turnIn(line: Future<void>[], blocked: () => boolean): Coroutine<void> {
    const place = new Future<void>(getRunningLoop().core)
    line.push(place)
    try {
      yield* place
    } catch (error) {
      place.cancel()
      const at = line.indexOf(place)
      if (at >= 0) line.splice(at, 1)
      if (!blocked() && !place.cancelled()) wakeNext(line)
      throw error
    }
  }

  #tellLength(): void {
    here().level(this.name, this.#items.length)
  }
}

function wakeNext(line: Future<void>[]): void {
  for (let place = line.shift(); place; place = line.shift()) {
    if (place.done()) continue
    place.setResult()
    return
  }
}

const { get, put, join } = Queue.prototype
registerFunctions('asyncio/queue', { get, put, join })
