/** A running Redis source with its recording sink, for one test. */
import { sources } from '../../electron/sources/index'
import type { RedisSettings } from '../../electron/sources/redisList'
import type { QueueSource } from '../../electron/sources/source'
import { type Recording, recordingSink } from './recordingSink'

export interface Run {
  readonly source: QueueSource
  readonly sink: Recording
}

const running: QueueSource[] = []

/** Starts without waiting. `ms` as for `recordingSink`. */
export function run(url: string, ms: number | null, settings: Partial<RedisSettings> = {}): Run {
  const source = sources.redis({ url, queue: 'queue', concurrency: 1000, ask: false, ...settings })
  const sink = recordingSink(() => source, ms)
  running.push(source)
  source.start(sink)
  return { source, sink }
}

/** Starts and waits until it consumes. */
export async function consume(url: string, ms: number | null, settings: Partial<RedisSettings> = {}): Promise<Run> {
  const started = run(url, ms, settings)
  await started.sink.until(({ phase }) => phase === 'consuming', 'the source to consume')
  return started
}

/** For `afterEach`. */
export const stopAll = () => Promise.all(running.splice(0).map((source) => source.stop()))
