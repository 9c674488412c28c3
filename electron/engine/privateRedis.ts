/** What the pages are told of the app's own Redis, and how a run's queue is moved to it. */
import type { LocalText } from '#protocol/catalogue'
import type { PrivateServerState, SourceReport, SourceStatus } from '#protocol/messages'
import { PrivateServer } from '../sources/privateServer'
import type { KeptRun } from './keptRun'
import type { LimitedReport } from './sourceLine'

export class PrivateRedis {
  readonly #server: PrivateServer

  /** `onChange` is called when what `statusOf` says of every queue has changed. */
  constructor(
    dataDir: string,
    private readonly onChange: () => void,
  ) {
    this.#server = new PrivateServer(dataDir, onChange)
  }

  statusOf(report: LimitedReport): SourceStatus {
    return { ...report, privateServer: this.#stateFor(report) }
  }

  /** Starts it where it does not run yet. Returns why the run was not moved, or null. */
  async take(run: KeptRun | undefined): Promise<LocalText | null> {
    if (!run?.source || run.phase !== 'running')
      return { en: 'No programme with a queue is running.', zh: '没有带队列的程序在运行。' }
    const address = await this.#server.start()
    if (!address.ok) return address.problem
    if (run.phase === 'running') run.source.send({ type: 'move', url: `redis://${address.value}` })
    this.onChange()
    return null
  }

  close(): Promise<void> {
    return this.#server.close()
  }

  #stateFor({ address, phase }: SourceReport): PrivateServerState {
    if (this.#server.address === null) return this.#server.available ? 'available' : 'none'
    return address === this.#server.address && phase !== 'memory' ? 'inUse' : 'running'
  }
}
