/** The status as the page sees it: sent at each change, at most ten times a second, the last one always. */
import type { SourceReport } from '#protocol/messages'

/** Real ms between two sendings. */
const gap = 100

type Fields = Omit<SourceReport, 'nextAttemptInSeconds'>

export class StatusBoard {
  #status: Fields
  /** When the next attempt will be made, as `performance.now` counts; null: none is planned. */
  #nextAttempt: number | null = null
  #sentAt = 0
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(
    address: string,
    queue: string,
    private readonly send: (status: SourceReport) => void,
  ) {
    const counts = { waiting: null, inFlight: 0, finished: 0, failed: 0, recovered: 0, deadLetters: null }
    this.#status = { phase: 'connecting', address, queue, ...counts, reason: null, refusal: null, warning: null, attempt: 0 }
  }

  get current(): Readonly<Fields> {
    return this.#status
  }

  /** `nextAttemptInSeconds` counts from now; leaving it out keeps what was planned. */
  set(change: Partial<SourceReport>): void {
    if (this.#closed) return
    const { nextAttemptInSeconds, ...fields } = change.phase && change.phase !== 'refused' ? { ...change, refusal: null } : change
    if (nextAttemptInSeconds !== undefined)
      this.#nextAttempt = nextAttemptInSeconds === null ? null : performance.now() + nextAttemptInSeconds * 1000
    else if (Object.entries(fields).every(([name, value]) => this.#status[name as keyof Fields] === value)) return
    this.#status = { ...this.#status, ...fields }
    if (this.#timer) return
    const wait = this.#sentAt + gap - performance.now()
    if (wait <= 0 || wait > gap) this.flush()
    else this.#timer = setTimeout(() => this.flush(), wait)
  }

  /** The last change: it is sent now and nothing after it. */
  close(change: Partial<SourceReport>): void {
    this.set(change)
    this.flush()
    this.#closed = true
  }

  /** Sends now, and nothing after it until the next change. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#sentAt = performance.now()
    const left = this.#nextAttempt === null ? null : Math.max(0, (this.#nextAttempt - performance.now()) / 1000)
    this.send({ ...this.#status, nextAttemptInSeconds: left })
  }
}
