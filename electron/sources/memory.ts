/** A queue inside this process, for where there is no Redis. Not Redis, and nothing outside can push to it; it ends with the process. */
import type { DeadLetterAnswer } from '#protocol/deadLetters'
import { PushError, type QueueSource, type SourceSettings, type SourceSink } from './source'
import { StatusBoard } from './statusBoard'

/** Of 1,000 characters each at most, so they take 200 MB in the worst case; Redis has no such bound. */
export const maxWaiting = 100_000

export class Memory implements QueueSource {
  #sink: SourceSink | null = null
  #board: StatusBoard | null = null
  /** Oldest first. */
  #queue: string[] = []
  readonly #running = new Map<number, string>()
  #nextId = 1
  #planned = false
  #stopped = false
  #concurrency: number

  constructor(private readonly settings: SourceSettings) {
    this.#concurrency = settings.concurrency
  }

  start(sink: SourceSink): void {
    this.#sink = sink
    this.#board = new StatusBoard('memory', this.settings.queue, (status) => sink.status(status))
    this.#board.set({ phase: 'memory', waiting: this.#queue.length })
    this.#plan()
  }

  done(id: number): void {
    if (!this.#running.delete(id)) return
    this.#sink?.settled([id], 'acknowledged', 0)
    this.#count('finished')
  }

  /** There is nowhere to keep it: the item is gone with its reason counted and charted. */
  bury(id: number, _reason: string): void {
    if (this.#running.delete(id)) this.#count('failed')
  }

  limit(concurrency: number): void {
    this.#concurrency = concurrency
    this.#plan()
  }

  async push(payloads: readonly string[]): Promise<void> {
    if (this.#stopped)
      throw new PushError({ en: 'Nothing was pushed: the queue has been stopped.', zh: '什么也没有推入：队列已停止。' })
    if (this.#queue.length + payloads.length > maxWaiting)
      throw new PushError({
        en: `Nothing was pushed: at most ${maxWaiting.toLocaleString('en')} tasks wait in a queue in memory.`,
        zh: `什么也没有推入：内存队列中最多有 ${maxWaiting.toLocaleString('en')} 个任务等待。`,
      })
    this.#queue = this.#queue.concat(payloads)
    this.#plan()
  }

  async deadLetters(): Promise<DeadLetterAnswer> {
    return {
      kind: 'problem',
      problem: { en: 'A queue in memory keeps no dead letters.', zh: '内存队列不保留死信。' },
    }
  }

  /** Nothing to do: the queue is ours alone, so nothing is asked. */
  answer(_choice: 'watch' | 'consume'): void {
    this.#plan()
  }

  /** Nothing to do: there is nothing to reach. */
  retry(): void {
    this.#plan()
  }

  async stop(): Promise<void> {
    if (this.#stopped) return
    this.#stopped = true
    this.#queue = [...this.#running.values(), ...this.#queue]
    this.#running.clear()
    this.#board?.close({ phase: 'stopped', waiting: this.#queue.length, inFlight: 0 })
  }

  #count(what: 'finished' | 'failed'): void {
    if (this.#board) this.#board.set({ [what]: this.#board.current[what] + 1, inFlight: this.#running.size })
    this.#plan()
  }

  /** Takes in the next turn of the event loop, so that whoever pushed has gone on first, as with a server. */
  #plan(): void {
    if (this.#planned) return
    this.#planned = true
    setImmediate(() => {
      this.#planned = false
      this.#take()
    })
  }

  #take(): void {
    if (this.#stopped || !this.#sink) return
    const texts = this.#queue.splice(0, Math.max(0, this.#concurrency - this.#running.size))
    if (texts.length > 0) this.#sink.activity('running', 'takes tasks')
    for (const text of texts) {
      const id = this.#nextId++
      this.#running.set(id, text)
      this.#sink.take({ id, ord: id, text, bytes: Buffer.from(text), attempt: 1 })
    }
    if (texts.length > 0) this.#sink.endOfBatch?.()
    this.#board?.set({ waiting: this.#queue.length, inFlight: this.#running.size })
    this.#sink.activity('waiting', this.#running.size < this.#concurrency ? this.settings.queue : 'a free place')
  }
}
