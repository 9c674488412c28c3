import { type RedisServer, redisMissing } from '../support/redisServer'
import { type Benchmark, type BenchResult, skip, summarise } from './bench'
import { footprintMissing, footprintOf } from './support/processes'
import { drained, fill, node, queue } from './support/queue'
import { withRedis } from './support/redis'
import { withWorkers } from './support/workers'

const count = 1_000_000
const before = 'before'
const head = { name: 'redis-backlog', unit: 'MB', better: 'lower' } as const

export const redisBacklog: Benchmark = {
  name: head.name,
  about: `memory of one process of “cli worker” at the end of ${count} waiting tasks of 0 s, against the tenth of them: ≤ 1.2 ×.`,
  async measure({ rounds = 1 }) {
    const missing = redisMissing ?? footprintMissing
    if (missing) return [skip(head, missing)]
    return withRedis((server) => measureAll(server, rounds))
  },
}

async function measureAll(server: RedisServer, rounds: number): Promise<BenchResult[]> {
  const all: { tenth: number; ours: number }[] = []
  for (let i = 0; i < rounds; i++) {
    await server.client.flushall()
    await fill(server, count, node('fill.mjs', before))
    all.push(
      await withWorkers(server, 1, async (pids) => {
        await server.client.rename(before, queue)
        await drained(server, 0.9 * count)
        const tenth = footprintOf(pids).memory
        await drained(server, 0.05 * count)
        return { tenth, ours: footprintOf(pids).memory }
      }),
    )
  }
  return [summarise(head, all)]
}
