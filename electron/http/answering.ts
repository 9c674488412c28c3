/**
 * What the server does with the requests that have come: answers each after the delay, many at once or one after another. Each is a task on the
 * server's lane: *ready* while it waits for others, *suspended* while its delay runs (the thread is free), then *running* for the answer itself.
 */
import type { ThreadContext } from '../threads/context'
import type { Terms } from './terms'

interface Request {
  readonly task: number
  readonly answer: () => void
  /** Nanoseconds on the threads' clock; infinite while its delay does not run. */
  due: number
}

/** Node's timers count whole milliseconds and come up to one late: the last stretch is watched instead, between other events. */
const watchedMillis = 2

export class Answering {
  /** In the order in which they came, which is the order in which they are due: the delay is the same for all. */
  readonly #requests: Request[] = []
  #armed = false

  constructor(
    readonly context: ThreadContext,
    readonly terms: Terms,
  ) {}

  /** `answer` is called once, when it is due. Call what this returns when the client has gone; after the answer that means nothing. */
  take(name: string, answer: () => void): () => void {
    const { context } = this
    const task = context.newTask(context.slot, name, 'serve', 'ready')
    const request = { task, answer, due: Number.POSITIVE_INFINITY }
    this.#requests.push(request)
    if (!this.terms.oneAtATime || this.#requests.length === 1) this.#begin(request)
    this.#arm()
    return () => this.#drop(request)
  }

  #begin(request: Request): void {
    const { context } = this
    context.state(request.task, context.slot, 'running')
    request.due = context.writer.now() + (this.terms.delay * 1e9) / context.speed
    context.state(request.task, context.slot, 'suspended')
  }

  #drop(request: Request): void {
    const at = this.#requests.indexOf(request)
    if (at < 0) return
    this.#requests.splice(at, 1)
    this.context.end(request.task, this.context.slot, 'cancelled', 'its client has gone')
    this.#beginNext()
    this.#arm()
  }

  #beginNext(): void {
    const next = this.#requests[0]
    if (next?.due === Number.POSITIVE_INFINITY) this.#begin(next)
  }

  #turn(): void {
    this.#armed = false
    for (let first = this.#requests[0]; first; first = this.#requests[0]) {
      const late = this.context.writer.now() - first.due
      if (late < 0) break
      this.context.control.lateness.add(late)
      this.#requests.shift()
      this.context.state(first.task, this.context.slot, 'running')
      first.answer()
      this.context.end(first.task, this.context.slot, 'finished')
      this.#beginNext()
    }
    this.#arm()
  }

  /** An alarm for a request that has gone since does no harm: the turn looks again. */
  #arm(): void {
    const first = this.#requests[0]
    if (!first || this.#armed) return
    this.#armed = true
    const left = (first.due - this.context.writer.now()) / 1e6
    if (left > watchedMillis) setTimeout(() => this.#turn(), Math.floor(left - watchedMillis / 2))
    else setImmediate(() => this.#turn())
  }
}
