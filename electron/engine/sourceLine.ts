/** The engine's line to the queue's consumer of one run: what the user decides goes there, how the queue is comes back. */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { LocalText } from '#protocol/catalogue'
import type { SourceReport } from '#protocol/messages'
import type { FromConsumer, ToConsumer } from '../threads/consumerMessages'

/** The consumer gives back what it took; a server that is away must not hold the stop. */
const goodbyeMillis = 600

export class SourceLine {
  /** For the programme. */
  readonly consumerEnd: MessagePort
  readonly #port: MessagePort
  readonly #pushes = new Map<number, (problem: LocalText | null) => void>()
  #nextPush = 1
  #stopped: () => void = () => undefined
  #latest: SourceReport | null = null
  /** When it came, as `performance.now` counts. */
  #latestAt = 0
  /** Whether the queue has answered at any time in this run. */
  everReached = false

  /** `onMissing`: marks that its thread knows to be lost. */
  constructor(
    onStatus: (status: SourceReport) => void,
    onMissing: (missing: Extract<FromConsumer, { type: 'missing' }>) => void,
  ) {
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
          onStatus(message.status)
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
        case 'stopped':
          this.#stopped()
          break
      }
    })
  }

  /** As if it were sent now: the time to the next attempt has gone on. */
  get latest(): SourceReport | null {
    const report = this.#latest
    if (report?.nextAttemptInSeconds == null) return report
    const left = report.nextAttemptInSeconds - (performance.now() - this.#latestAt) / 1000
    return { ...report, nextAttemptInSeconds: Math.max(0, left) }
  }

  send(message: Exclude<ToConsumer, { type: 'push' | 'stop' }>): void {
    this.#post(message)
  }

  /** Resolves to why nothing was pushed, or null. */
  push(payloads: readonly string[]): Promise<LocalText | null> {
    const id = this.#nextPush++
    return new Promise((resolve) => {
      this.#pushes.set(id, resolve)
      this.#post({ type: 'push', id, payloads })
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
  }

  #post(message: ToConsumer): void {
    this.#port.postMessage(message)
  }
}
