import { type RedisServer, redisMissing } from '../support/redisServer'
import { pause } from '../support/until'
import { type Benchmark, type BenchResult, type Round, skip, summarise } from './bench'
import { fetchBull, fetchRedisPy } from './support/fetched'
import { begin, drained, fill, leftIn, node, queue, type Script } from './support/queue'
import { withRedis } from './support/redis'
import { type Bed, withRuns } from './support/runs'

const count = 100_000
/** Of the others, which take longer. */
const fewer = 20_000
/** What was taken last has started by then. */
const settleMillis = 1000
/** What a person may set at most; and what the programme takes by itself, as BullMQ’s worker does here. */
const [most, usual] = [10_000, 100]
const heads = {
  ours: { name: 'redis-throughput', unit: 'tasks/s', better: 'higher' },
  usual: { name: `redis-throughput:at-${usual}`, unit: 'tasks/s', better: 'higher' },
} as const

export const redisThroughput: Benchmark = {
  name: heads.ours.name,
  about: `${count} tasks of 0 s that were there before, from the first start to the last acknowledgement, each charted: ≥ 20 × the tutorial’s program, ≥ 10 × BullMQ; with the feed ≥ 0.85 × without.`,
  async measure({ rounds = 5 }) {
    if (redisMissing) return Object.values(heads).map((head) => skip(head, redisMissing!))
    return withRedis((server) =>
      withRuns((bed) => withRuns((silent) => measureAll(server, bed, silent, rounds), { feed: false })),
    )
  },
}

async function measureAll(server: RedisServer, bed: Bed, silent: Bed, rounds: number): Promise<BenchResult[]> {
  const bull = fetchBull()
  const redisPy = fetchRedisPy()
  const ours: Round[] = []
  const atUsual: Round[] = []
  for (let i = 0; i < rounds; i++) {
    const anchors: Record<string, number> = {}
    if ('path' in redisPy)
      anchors['tutorial'] = await against(server, { command: redisPy.path, file: 'tutorial.py', last: queue })
    if ('path' in bull)
      anchors['bullmq'] = await against(server, node('bullWorker.mjs', bull.path), node('bullFill.mjs', bull.path))
    atUsual.push({ ...anchors, ours: await charted(server, bed, usual) })
    // In turn first and second: what comes later finds a warmer machine.
    const [first, second] = i % 2 === 0 ? [bed, silent] : [silent, bed]
    const rates = new Map([[first, await charted(server, first, most)]])
    rates.set(second, await charted(server, second, most))
    ours.push({ ...anchors, 'without-feed': rates.get(silent)!, ours: rates.get(bed)! })
  }
  const skipped = [bull, redisPy].flatMap((one) => ('missing' in one ? [one.missing] : [])).join('; ')
  return [summarise({ ...heads.ours, skipped }, ours), summarise({ ...heads.usual, skipped }, atUsual)]
}

const rate = (tasks: number, from: number, until: number) => tasks / ((until - from) / 1e9)

/** Tasks a second of a program that stamps each start. */
async function against(server: RedisServer, consumer: Script, filler?: Script): Promise<number> {
  await server.client.flushall()
  await fill(server, fewer, filler)
  const program = await begin(consumer, server)
  const end = await drained(server)
  await pause(settleMillis)
  const stamps = await program.finish()
  if (stamps.length !== fewer) throw new Error(`${consumer.file} started ${stamps.length} of ${fewer} tasks`)
  // What takes a task before it runs has nothing left a moment before it starts the last.
  return rate(fewer, stamps[0]!, Math.max(end, stamps.at(-1)!))
}

/** Tasks a second of a run of ours, all of which must be in its history. */
async function charted(server: RedisServer, bed: Bed, concurrency: number): Promise<number> {
  await server.client.flushall()
  await fill(server, count)
  const run = bed.start('redis-queue', { url: server.url, queue, concurrency })
  const end = await drained(server)
  await run.stop()
  const zero = Number(bed.runs.epoch) + run.zero!
  const { tasks, droppedMarks } = await bed.finish(run)
  const own = tasks.filter(({ lane }) => lane === 'loop')
  const finished = own.filter((task) => task.end === 'finished').length
  const left = await leftIn(server)
  if (own.length !== count || finished !== count || left !== 0)
    throw new Error(
      `of ${count} tasks ${own.length} are charted, ${finished} as finished, ${left} are left; ${droppedMarks} marks were lost`,
    )
  const first = own.reduce((least, { startSeconds }) => Math.min(least, startSeconds ?? Infinity), Infinity)
  return rate(count, zero + first * 1e9, end)
}
