/** An engine with a page of a few lines on a line in memory, which keeps everything that comes. */

import { decodeFrame } from '#protocol/frame'
import type { EngineCommand, EngineEvent, RunId, SourceStatus } from '#protocol/messages'
import type { Parameters } from '#protocol/parameters'
import { memoryPair } from '../../electron/channels/memory'
import { createEngine } from '../../electron/engine/createEngine'
import type { Engine, EngineOptions } from '../../electron/engine/engine'
import { forkProcess } from '../../electron/forkProcess'
import { memorySettings } from '../../electron/settings/keptSettings'
import { until } from './until'

export interface EnginePage {
  readonly engine: Engine
  readonly events: EngineEvent[]
  /** Every frame as it came. */
  readonly frames: Uint8Array[]
  send(command: EngineCommand): void
  /** Starts the Redis programme at speed 10; resolves with its id when it runs. */
  startQueue(parameters: Parameters): Promise<RunId>
  status(run: RunId): SourceStatus | undefined
  untilStatus(run: RunId, holds: (status: SourceStatus) => boolean, what: string, ms?: number): Promise<SourceStatus>
}

export function engineWithPage(options: Partial<EngineOptions> & Pick<EngineOptions, 'dataDir'>): EnginePage {
  const engine = createEngine({
    host: { kind: 'browser', runtime: 'test', version: '0' },
    workersDir: process.env['LOOPSCOPE_WORKERS'] ?? '',
    spawnProcess: forkProcess,
    open: null,
    askBeforeConsuming: false,
    settings: memorySettings(),
    ...options,
  })
  const [page, host] = memoryPair<EngineEvent | Uint8Array, unknown>()
  engine.attach(host)
  const events: EngineEvent[] = []
  const frames: Uint8Array[] = []
  const send = (command: EngineCommand) => page.send(command)
  page.onMessage((message) => {
    if (!(message instanceof Uint8Array)) {
      events.push(message)
      return
    }
    frames.push(message)
    const frame = decodeFrame(message)
    if (!frame.ok) throw new Error(frame.problem)
    send({ type: 'ack', sequence: frame.value.sequence })
  })
  const status = (run: RunId) =>
    events
      .filter((event): event is Extract<EngineEvent, { type: 'source' }> => event.type === 'source' && event.run === run)
      .at(-1)?.status
  send({ type: 'attach' })
  return {
    engine,
    events,
    frames,
    send,
    status,
    async startQueue(parameters) {
      const known = new Set(events.flatMap((event) => (event.type === 'run' ? [event.run.id] : [])))
      let id: RunId | undefined
      send({ type: 'start', scenarios: [{ scenario: 'redis-queue', parameters }], speed: 10 })
      await until(() => {
        const running = events.find((event) => event.type === 'run' && event.run.phase === 'running' && !known.has(event.run.id))
        id = running?.type === 'run' ? running.run.id : undefined
        return id !== undefined
      }, 'the run')
      return id!
    },
    async untilStatus(run, holds, what, ms) {
      await until(
        () => {
          const now = status(run)
          return now !== undefined && holds(now)
        },
        `${what}; the last event was ${JSON.stringify(events.at(-1))}`,
        ms,
      )
      return status(run)!
    },
  }
}
