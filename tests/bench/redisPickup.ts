import type { DocumentTask } from '#protocol/document'
import { type RedisServer, redisMissing } from '../support/redisServer'
import { pause, until } from '../support/until'
import { type Benchmark, type BenchResult, median, type Round, skip, summarise } from './bench'
import { fetchBull, fetchRedisPy } from './support/fetched'
import { begin, drained, node, queue, type Script } from './support/queue'
import { withRedis } from './support/redis'
import { type Bed, withRuns } from './support/runs'

interface Amount {
  readonly count: number
  readonly perSecond: number
  /** The last one is taken so long after it was pushed, at most. */
  readonly settleMillis: number
}
const pushes: Amount = { count: 600, perSecond: 200, settleMillis: 500 }
/** Fewer and slower, since it looks once a second: each finds it asleep at another moment. */
const tutorialPushes: Amount = { count: 12, perSecond: 0.8, settleMillis: 1500 }
/** Under load; BullMQ is asked for as much as it can do. */
const loads: readonly (Amount & { readonly bull: boolean })[] = [
  { count: 10_000, perSecond: 2000, settleMillis: 500, bull: true },
  { count: 100_000, perSecond: 20_000, settleMillis: 500, bull: false },
]
const unit = { unit: 'ms', better: 'lower' } as const
const heads = {
  consumer: { name: 'redis-pickup', ...unit },
  start: { name: 'redis-pickup:start', ...unit },
}
const headOf = ({ perSecond }: Amount) => ({ name: `redis-pickup:${perSecond}-a-second`, ...unit })

export const redisPickup: Benchmark = {
  name: heads.consumer.name,
  about:
    'from just before LPUSH to the consumer (goal: ≤ 1.5 × a bare socket’s BLPOP) and to the task’s start on the loop’s thread (≤ 2 ×), p50; both ≤ 0.5 × BullMQ.',
  async measure({ rounds = 5 }) {
    if (redisMissing) return [...Object.values(heads), ...loads.map(headOf)].map((head) => skip(head, redisMissing!))
    return withRedis((server) => withRuns((bed) => measureAll(server, bed, rounds)))
  },
}

interface Pickup {
  readonly consumer: number
  readonly start: number
}

async function measureAll(server: RedisServer, bed: Bed, rounds: number): Promise<BenchResult[]> {
  const bull = fetchBull()
  const redisPy = fetchRedisPy()
  const figures: { readonly ours: Pickup; readonly anchors: Readonly<Record<string, number>> }[] = []
  const loaded = loads.map((): Round[] => [])
  for (let i = 0; i < rounds; i++) {
    const blpop = await against(server, node('blpop.mjs', queue), node('push.mjs', queue), pushes)
    const ours = await measureOurs(server, bed, pushes)
    const bullmq =
      'path' in bull ? await against(server, node('bullWorker.mjs', bull.path), node('bullPush.mjs', bull.path), pushes) : null
    const tutorial =
      'path' in redisPy
        ? await against(
            server,
            { command: redisPy.path, file: 'tutorial.py', last: queue },
            node('push.mjs', queue),
            tutorialPushes,
          )
        : null
    for (const [at, load] of loads.entries()) {
      const floor = await against(server, node('blpop.mjs', queue), node('push.mjs', queue), load)
      const busy = await measureOurs(server, bed, load)
      const round: Record<string, number> = { blpop: floor }
      if (load.bull && 'path' in bull)
        round['bullmq'] = await against(server, node('bullWorker.mjs', bull.path), node('bullPush.mjs', bull.path), load)
      loaded[at]!.push({ ...round, ours: busy.consumer })
    }
    figures.push({ ours, anchors: { blpop, ...(bullmq !== null && { bullmq }), ...(tutorial !== null && { tutorial }) } })
  }
  const skipped = [bull, redisPy].flatMap((one) => ('missing' in one ? [one.missing] : [])).join('; ')
  return [
    ...(['consumer', 'start'] as const).map((part) =>
      summarise(
        { ...heads[part], skipped },
        figures.map(({ ours, anchors }): Round => ({ ...anchors, ours: ours[part] })),
      ),
    ),
    ...loads.map((load, at) => summarise({ ...headOf(load), skipped }, loaded[at]!)),
  ]
}

/** Median ms from the push to the stamp of a program that consumes. */
async function against(server: RedisServer, consumer: Script, pusher: Script, amount: Amount): Promise<number> {
  const program = await begin(consumer, server)
  const pushed = await push(server, pusher, amount)
  await drained(server)
  await pause(amount.settleMillis)
  return medianWait(pushed, await program.finish())
}

async function measureOurs(server: RedisServer, bed: Bed, amount: Amount): Promise<Pickup> {
  const run = bed.start('redis-queue', { url: server.url, queue })
  await until(() => run.source?.latest?.phase === 'consuming', 'our consumer to consume')
  const pushed = await push(server, node('push.mjs', queue), amount)
  await drained(server)
  await pause(amount.settleMillis)
  await run.stop()
  const { tasks } = await bed.finish(run)
  const taken = tasks.filter(({ lane }) => lane === 'loop')
  const zero = Number(bed.runs.epoch) + run.zero!
  const stamps = (seconds: (task: DocumentTask) => number | null) => taken.map((task) => zero + seconds(task)! * 1e9)
  return {
    consumer: medianWait(
      pushed,
      stamps((task) => task.readySeconds),
    ),
    start: medianWait(
      pushed,
      stamps((task) => task.startSeconds),
    ),
  }
}

/** Resolves with the moments just before each push. */
async function push(server: RedisServer, pusher: Script, { count, perSecond }: Amount): Promise<number[]> {
  const program = await begin(pusher, server)
  await pause(500)
  program.send(`${count} ${perSecond}`)
  return program.finish()
}

/** Ms. One consumer takes in the order of the pushes, so that the n-th stamp belongs to the n-th push. */
function medianWait(pushed: readonly number[], taken: readonly number[]): number {
  if (taken.length !== pushed.length) throw new Error(`${pushed.length} tasks were pushed and ${taken.length} taken`)
  return median(pushed.map((at, i) => (taken[i]! - at) / 1e6))
}
