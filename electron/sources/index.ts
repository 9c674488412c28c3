/** Every queue source, by the name that a scenario gives: one line each. Only the consumer's worker loads this, because it brings ioredis. */
import { Memory } from './memory'
import { RedisList, type RedisSettings } from './redisList'
import type { QueueSource, SourceSettings } from './source'

export const sources = {
  redis: (settings: RedisSettings) => new RedisList(settings),
  memory: (settings: SourceSettings) => new Memory(settings),
} satisfies Record<string, (settings: SourceSettings) => QueueSource>

export type SourceName = keyof typeof sources
