/**
 * Entry of the thread that takes the items of a worker whose tasks are commands. It loads the Redis client and runs nothing itself: whatever the
 * commands cost, the lease goes on.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { SourceReport } from '#protocol/messages'
import type { FromConsumer, ToConsumer } from '../threads/consumerMessages'
import type { SourceLine } from '../threads/consumerThread'
import type { CommandConsumerData, FromCommandConsumer, ToCommandConsumer } from './commandMessages'
import { payloadBytes } from './envelope'
import { tellingOthers } from './feed'
import { sources } from './index'
import type { QueueSource, SourceSink, TakenItem } from './source'

class CommandConsumer implements SourceSink {
  readonly #source: QueueSource
  /** Taken and without a number: the next claim numbers it. */
  readonly #unnumbered = new Map<number, TakenItem>()

  constructor({ line, settings }: CommandConsumerData) {
    this.#source = sources.redis({ ...settings, ask: line.ask, ...tellingOthers(line) })
    line.port.on('message', (message: ToConsumer) => this.#obey(message, line))
    parentPort!.on('message', ({ id, reason }: ToCommandConsumer) =>
      reason === null ? this.#source.done(id) : this.#source.bury(id, reason),
    )
    this.#tellLine = (message) => line.port.postMessage(message)
    this.#source.start(this)
  }

  readonly #tellLine: (message: FromConsumer) => void

  take(item: TakenItem): void {
    if (item.ord === 0) this.#unnumbered.set(item.id, item)
    else this.#hand(item, item.ord)
  }

  numbered(id: number, ord: number): void {
    const item = this.#unnumbered.get(id)
    this.#unnumbered.delete(id)
    if (item) this.#hand(item, ord)
  }

  /** What still waits for its number is never run here: its place is free. */
  lost(ids: readonly number[]): void {
    for (const id of ids) if (this.#unnumbered.delete(id)) this.#source.done(id)
  }

  settled(): void {
    // Its command has told of it.
  }

  status(status: SourceReport): void {
    this.#tellLine({ type: 'status', status })
  }

  activity(): void {
    // Nobody looks at this thread.
  }

  attemptFailed(): void {
    // The status says it, too.
  }

  #hand({ id, bytes, attempt }: TakenItem, ord: number): void {
    // A copy: the bytes are a part of what came from the socket, and the whole of that would be sent along.
    const payload = new Uint8Array(payloadBytes(bytes))
    const message: FromCommandConsumer = { id, ord, attempt, payload }
    parentPort!.postMessage(message, [payload.buffer])
  }

  #obey(message: ToConsumer, { port }: SourceLine): void {
    if (message.type === 'limit') this.#source.limit(message.concurrency)
    if (message.type !== 'stop') return
    void this.#source.stop().then(() => {
      this.#tellLine({ type: 'stopped' })
      port.close()
      parentPort!.close()
    })
  }
}

new CommandConsumer(workerData as CommandConsumerData)
