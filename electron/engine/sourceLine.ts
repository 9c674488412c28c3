/** The engine's line to the queue's consumer of one run: what the user decides goes there, how the queue is comes back. */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { LocalText } from '#protocol/catalogue'
import type { DeadLetterAnswer, DeadLetterRequest } from '#protocol/deadLetters'
import type { SourceLimits, SourceReport } from '#protocol/messages'
import type { FromConsumer, ToConsumer } from '../threads/consumerMessages'

/** The consumer gives back what it took; a server that is away must not hold the stop. */
const goodbyeMillis = 600

/** Requests for dead letters that are under way at once: a page of ours has one. */
const requestsAtOnce = 8

/** What a page is told of a queue, but for what concerns all queues. */
export type LimitedReport = SourceReport & SourceLimits

export class SourceLine {
  /** For the programme. */
  readonly consumerEnd: MessagePort
  readonly #port: MessagePort
  readonly #pushes = new Map<number, (problem: LocalText | null) => void>()
  readonly #requests = new Map<number, (answer: DeadLetterAnswer) => void>()
  #nextId = 1
  #stopped: () => void = () => undefined
  #latest: SourceReport | null = null
  /** When it came, as `performance.now` counts. */
  #latestAt = 0
  /** Whether the queue has answered at any time in this run. */
  everReached = false
  #limits: SourceLimits

  /** `onMissing`: marks that its thread knows to be lost. `concurrency`: what the consumer begins with. */
  constructor(
    private readonly onStatus: (status: LimitedReport) => void,
    onMissing: (missing: Extract<FromConsumer, { type: 'missing' }>) => void,
    concurrency: number,
  ) {
    this.#limits = { concurrency, paused: false }
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    this.consumerEnd = port2
    port1.on('message', (message: FromConsumer) => {
      switch (message.type) {
        case 'status':
          this.#latest = message.status
          this.#latestAt = performance.now()
          if (message.status.phase === 'consuming' || message.status.phase === 'watching' || message.status.phase === 'memory') {
            this.everReached = true
          }
          this.#tell()
          break
        case 'pushed': {
          const answer = this.#pushes.get(message.id)
          this.#pushes.delete(message.id)
          answer?.(message.problem)
          break
        }
        case 'missing':
          onMissing(message)
          break
        case 'dead': {
          const answer = this.#requests.get(message.id)
          this.#requests.delete(message.id)
          answer?.(message.answer)
          break
        }
        case 'stopped':
          this.#stopped()
          break
      }
    })
  }

  /** As if it were sent now: the time to the next attempt has gone on. */
  get latest(): LimitedReport | null {
    const report = this.#latest && { ...this.#latest, ...this.#limits }
    if (report?.nextAttemptInSeconds == null) return report
    const left = report.nextAttemptInSeconds - (performance.now() - this.#latestAt) / 1000
    return { ...report, nextAttemptInSeconds: Math.max(0, left) }
  }

  /** From now on; also where the queue is moved. */
  limit(limits: SourceLimits): void {
    this.#limits = limits
    this.#post({ type: 'limit', concurrency: limits.paused ? 0 : limits.concurrency })
    this.#tell()
  }

  send(message: Exclude<ToConsumer, { type: 'push' | 'limit' | 'dead' | 'stop' }>): void {
    this.#post(message)
  }

  /** Resolves to why nothing was pushed, or null. */
  push(payloads: readonly string[]): Promise<LocalText | null> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      this.#pushes.set(id, resolve)
      this.#post({ type: 'push', id, payloads })
    })
  }

  deadLetters(request: DeadLetterRequest): Promise<DeadLetterAnswer> {
    if (this.#requests.size >= requestsAtOnce) return Promise.resolve(problem(tooManyRequests))
    const id = this.#nextId++
    return new Promise((resolve) => {
      this.#requests.set(id, resolve)
      this.#post({ type: 'dead', id, request })
    })
  }

  /** Resolves when the consumer has given back what it held, or its time is over. */
  async stop(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.#stopped = resolve
      timer = setTimeout(resolve, goodbyeMillis)
      this.#post({ type: 'stop' })
    })
    clearTimeout(timer)
  }

  close(): void {
    this.#port.close()
    const ended = { en: 'The run has ended; nothing was pushed.', zh: '运行已经结束；什么也没有推入。' }
    for (const answer of this.#pushes.values()) answer(ended)
    this.#pushes.clear()
    for (const answer of this.#requests.values()) answer(problem(noQueue))
    this.#requests.clear()
  }

  #tell(): void {
    const { latest } = this
    if (latest) this.onStatus(latest)
  }

  #post(message: ToConsumer): void {
    this.#port.postMessage(message)
  }
}

const problem = (text: LocalText): DeadLetterAnswer => ({ kind: 'problem', problem: text })

const tooManyRequests = {
  en: 'Too much is being done with the dead letters of this queue at once: wait for one of the requests to end.',
  zh: '同时对这个队列的死信做的操作太多：请等其中一个结束。',
}

/** Why nothing can be asked of a queue. */
export const noQueue = {
  en: 'The programme with this queue is not running: run it first.',
  zh: '带这个队列的程序没有在运行：请先运行它。',
}
export const noQueueAnswer = problem(noQueue)
