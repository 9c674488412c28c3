import { type RedisServer, redisMissing } from '../support/redisServer'
import { type Benchmark, type BenchResult, type Round, skip, summarise } from './bench'
import { drained, fill, node, queue } from './support/queue'
import { withRedis } from './support/redis'
import { withWorkers } from './support/workers'

const count = 300_000
const before = 'before'
const heads = {
  rate: { name: 'redis-fleet', unit: 'tasks/s', better: 'higher' },
  server: { name: 'redis-fleet:server', unit: 'cores', better: 'lower' },
} as const

export const redisFleet: Benchmark = {
  name: heads.rate.name,
  about: `four processes of “cli worker” at one server and ${count} tasks of 0 s, against one and two; and how much of a core the server takes: at 1 it is the limit.`,
  async measure({ rounds = 3 }) {
    if (redisMissing) return Object.values(heads).map((head) => skip(head, redisMissing!))
    return withRedis((server) => measureAll(server, rounds))
  },
}

interface Drain {
  readonly rate: number
  readonly server: number
}

async function measureAll(server: RedisServer, rounds: number): Promise<BenchResult[]> {
  const all: Record<'one' | 'two' | 'four', Drain>[] = []
  for (let i = 0; i < rounds; i++)
    all.push({ one: await drain(server, 1), two: await drain(server, 2), four: await drain(server, 4) })
  return (['rate', 'server'] as const).map((figure) =>
    summarise(
      heads[figure],
      all.map(({ one, two, four }): Round => ({ one: one[figure], two: two[figure], ours: four[figure] })),
    ),
  )
}

/** The tasks appear all at once before workers that wait. */
async function drain(server: RedisServer, workers: number): Promise<Drain> {
  await server.client.flushall()
  await fill(server, count, node('fill.mjs', before))
  return withWorkers(server, workers, async () => {
    const cpu = await cpuSeconds(server)
    const begin = Number(process.hrtime.bigint())
    await server.client.rename(before, queue)
    const seconds = ((await drained(server)) - begin) / 1e9
    return { rate: count / seconds, server: ((await cpuSeconds(server)) - cpu) / seconds }
  })
}

/** Of the server’s one thread that runs commands, and of those that do the rest. */
async function cpuSeconds({ client }: RedisServer): Promise<number> {
  const told = await client.info('cpu')
  const of = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(told)?.[1])
  return of('used_cpu_user') + of('used_cpu_sys')
}
