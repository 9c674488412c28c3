/** A task is a number of seconds, awaited on an event loop in a thread of its own: the programme `redis-queue`, whose marks nobody reads. */

import type { SourceReport } from '#protocol/messages'
import { Programme } from '../engine/programme'
import { SourceLine } from '../engine/sourceLine'
import { workersFolder } from '../places'
import type { WorkerOptions } from './workerOptions'
import type { Workplace } from './workplace'

export class OnLoop implements Workplace {
  readonly line: SourceLine
  readonly broken: Promise<string>
  readonly #programme = new Programme(workersFolder, process.hrtime.bigint(), 1)

  constructor({ url, queue, concurrency, feed }: WorkerOptions, onStatus: (status: SourceReport) => void) {
    this.line = new SourceLine(onStatus, () => undefined, concurrency)
    const source = { port: this.line.consumerEnd, ask: false, feed, kind: 'worker' } as const
    const parameters = { url, queue, concurrency }
    const started = this.#programme.warm
      .then(() =>
        this.#programme.prepare({
          scenario: 'redis-queue',
          parameters,
          speed: 1,
          threads: 1,
          connections: 0,
          processes: null,
          source,
        }),
      )
      .then(() => this.#programme.begin())
    this.broken = Promise.race([
      this.#programme.exited.then((error) => error?.message ?? 'the thread of the tasks ended'),
      started.then(() => new Promise<never>(() => undefined)),
    ]).then(
      (reason) => `No task can be run here: ${reason}.`,
      (error: Error) => `No task can be run here: ${error.message}.`,
    )
  }

  abandon(): void {
    // Tasks end with their thread.
  }

  close(): Promise<void> {
    return this.#programme.stop()
  }
}
