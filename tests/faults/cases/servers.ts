/** What befalls the server: it is killed, emptied, full, read-only, loading, or loses its clock. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pause } from '../../support/until'
import { keysOf } from '../account'
import type { Bed, ConsumerProcess } from '../bed'
import type { FaultCase } from '../case'

// Written before each answer, as a crash of the process leaves it.
const aof = ['--appendonly', 'yes', '--appendfsync', 'no']

const said = (consumer: ConsumerProcess, words: RegExp) => [...consumer.reasons].some((reason) => words.test(reason))

/** Connections that the server took so far. */
const connectionsOf = async ({ server }: Bed) =>
  Number(/total_connections_received:(\d+)/.exec(await server.client.info('stats'))?.[1])

async function killedWithAof(bed: Bed) {
  const consumers = [bed.consumer({ concurrency: 100 }), bed.consumer({ concurrency: 100 })]
  await Promise.all(consumers.map((consumer) => consumer.consuming()))
  await bed.push(3000, 0, 400)
  for (let crash = 0; crash < 5; crash++) {
    const before = bed.ledger.read().started
    await bed.until(() => bed.ledger.read().started > Math.min(2990, before + 100), 'work between the crashes')
    await bed.server.kill9()
    await pause(bed.chance.whole(300))
    await bed.server.start()
  }
  return bed.settle()
}

/** Away for longer than a lease: when it is back, whoever comes first must not take the others for dead. */
async function longAway(bed: Bed) {
  const consumers = Array.from({ length: 4 }, () => bed.consumer({ concurrency: 25 }))
  await Promise.all(consumers.map((consumer) => consumer.consuming()))
  await bed.push(200, 3000, 12_000)
  await bed.started(100)
  await pause(500)
  await bed.server.kill9()
  await pause(5000)
  await bed.server.start()
  const account = await bed.settle()
  if (account.extra > 0) throw new Error(`${account.extra} ran again for an outage`)
  return account
}

/** Nothing was saved: what runs is all that is known, and the consumer that knows it dies afterwards. */
async function cameBackEmpty(bed: Bed) {
  const consumer = bed.consumer()
  await consumer.consuming()
  await bed.push(50, 600_000)
  await bed.started(50)
  const booked = async () => {
    const [hash = ''] = (await bed.inTransit()).filter((key) => key.includes(':inflight:'))
    return (await bed.server.client.hlen(hash)) === 50
  }
  await bed.until(booked, 'all to be booked')
  await bed.server.kill9()
  await bed.server.start()
  await bed.until(booked, 'all to be written back')
  await consumer.kill9()
  await bed.consumer().consuming()
  await bed.until(async () => [...bed.ledger.read().runs.values()].every((pids) => pids.length === 2), 'all to run again')
  return bed.settle({ mayBeThere: 50 })
}

async function flushed(bed: Bed) {
  const consumer = bed.consumer()
  await consumer.consuming()
  await bed.push(30, 1500)
  await bed.started(30)
  await bed.server.client.flushall()
  await bed.until(() => /came back empty|was emptied/.test(consumer.latest?.warning?.en ?? ''), 'the warning')
  return bed.settle()
}

async function scriptsGone(bed: Bed) {
  await bed.consumer({ concurrency: 50 }).consuming()
  for (let i = 0; i < 10; i++) {
    await bed.server.client.script('FLUSH')
    await bed.push(100, 0, 50)
    await pause(100)
  }
  return bed.settle()
}

/** The server refuses for a while, on connections that stay; then it is put right. No storm of connections, nothing lost. */
const refuses = (
  name: string,
  words: RegExp,
  make: (bed: Bed) => Promise<unknown>,
  mend: (bed: Bed) => Promise<unknown>,
  args: readonly string[] = [],
): FaultCase => ({
  name,
  args,
  async run(bed) {
    const consumer = bed.consumer({ concurrency: 40 })
    await consumer.consuming()
    await bed.push(600, 100, 300)
    await bed.started(60)
    await make(bed)
    await bed.until(() => said(consumer, words), `the sentence, ${words}`)
    const before = await connectionsOf(bed)
    await pause(2000)
    const made = (await connectionsOf(bed)) - before
    if (made > 4) throw new Error(`${made} connections in 2 s: a storm`)
    await mend(bed)
    return bed.settle()
  },
})

const inTheWay = 'in-the-way'

async function cannotSave({ server: { client, folder } }: Bed): Promise<void> {
  mkdirSync(join(folder, inTheWay))
  await client.bgsave()
}

async function loading(bed: Bed) {
  const consumer = bed.consumer({ concurrency: 40 })
  await consumer.consuming()
  // While it loads it looks up every 2 MiB, and Redis 6.2 can be made slow only at what lies there as RDB: not compressed, and before the log.
  for (let i = 0; i < 40; i++) await bed.server.client.set(`ballast ${i}`, randomBytes(1 << 20))
  await bed.server.client.bgrewriteaof()
  await bed.until(
    async () =>
      /aof_rewrite_in_progress:0\s[\s\S]*aof_last_bgrewrite_status:ok/.test(await bed.server.client.info('persistence')),
    'the log to be rewritten',
  )
  await bed.push(200, 0, 3000)
  await bed.started(40)
  await bed.server.kill9()
  bed.server.launch('--key-load-delay', '60000')
  await bed.until(() => said(consumer, /still loading/), 'the sentence')
  await bed.until(async () => (await bed.server.client.ping()) === 'PONG', 'the server')
  await bed.until(async () => (await bed.server.client.del('ballast 0')) >= 0, 'all to be loaded', 30_000)
  const ballast = await bed.server.client.keys('ballast *')
  await bed.server.client.del(...ballast)
  return bed.settle()
}

/** `redis-server` that stands still answers nobody: longer than a lease, and all at once. */
async function serverFrozen(bed: Bed) {
  const consumers = [bed.consumer({ concurrency: 50 }), bed.consumer({ concurrency: 50 })]
  await Promise.all(consumers.map((consumer) => consumer.consuming()))
  await bed.push(400, 0, 1500)
  await bed.started(100)
  for (const consumer of consumers) consumer.breaks()
  const pid = Number(/process_id:(\d+)/.exec(await bed.server.client.info('server'))?.[1])
  process.kill(pid, 'SIGSTOP')
  await pause(5000)
  process.kill(pid, 'SIGCONT')
  return bed.settle()
}

/**
 * The server's clock jumps by so many ms while two consumers work and a third has just died. Its TIME is only ever compared with the times that it
 * stored before, so these are moved the other way instead: to the scripts it is the same, and it needs no library in the server.
 */
const clockJump = (name: string, ms: number): FaultCase => ({
  name,
  async run(bed) {
    const { client } = bed.server
    const consumers = Array.from({ length: 3 }, () => bed.consumer({ concurrency: 40 }))
    await Promise.all(consumers.map((consumer) => consumer.consuming()))
    await bed.push(600, 100, 900)
    await bed.started(100)
    // All leases end at once when it jumps ahead.
    for (const consumer of consumers) consumer.breaks()
    await consumers[0]!.kill9()
    const { consumers: leases, retired } = keysOf(bed.queue)
    const move = `for _, key in ipairs(KEYS) do
      for _, name in ipairs(redis.call('ZRANGE', key, 0, -1)) do redis.call('ZINCRBY', key, ARGV[1], name) end
    end`
    await client.eval(move, 2, leases, retired, -ms)
    return bed.settle()
  },
})

/** Nobody can be told goodbye; the lease does the rest. */
async function stoppedWithoutServer(bed: Bed) {
  const consumer = bed.consumer()
  await consumer.consuming()
  await bed.push(20, 600_000)
  await bed.started(20)
  await bed.until(async () => (await bed.server.client.llen(bed.queue)) === 0, 'all to be claimed')
  await bed.until(async () => {
    const [hash = ''] = (await bed.inTransit()).filter((key) => key.includes(':inflight:'))
    return (await bed.server.client.hlen(hash)) === 20
  }, 'all to be booked')
  await bed.server.kill9()
  const told = performance.now()
  await consumer.stop()
  const took = performance.now() - told
  // Without a deadline it would wait for the server; the rest is what a busy machine takes to end a process.
  if (took > 10_000) throw new Error(`stop took ${took} ms`)
  await bed.server.start()
  await bed.consumer().consuming()
  await bed.until(async () => [...bed.ledger.read().runs.values()].every((pids) => pids.length === 2), 'all to run again')
  return bed.settle({ mayBeThere: 20 })
}

const setAside = 'set-aside'

export const servers: readonly FaultCase[] = [
  { name: 'Redis killed 5 times, AOF', args: aof, run: killedWithAof },
  { name: 'Redis away for 5 s, AOF, 4 consumers', args: aof, run: longAway },
  { name: 'Redis comes back empty, then the consumer dies', run: cameBackEmpty },
  { name: 'FLUSHALL under a consumer', short: true, run: flushed },
  { name: 'SCRIPT FLUSH, 10 times', run: scriptsGone },
  { name: 'Redis stands still for 5 s', run: serverFrozen },
  { name: 'LOADING after a crash', args: aof, run: loading },
  { name: 'told to stop while Redis is away', args: aof, run: stoppedWithoutServer },
  clockJump('server clock jumps an hour ahead', 3_600_000),
  clockJump('server clock jumps an hour back', -3_600_000),
  refuses(
    'OOM',
    /memory of Redis .* is full/,
    ({ server }) => server.client.config('SET', 'maxmemory', '1'),
    ({ server }) => server.client.config('SET', 'maxmemory', '0'),
  ),
  refuses(
    'MISCONF: the disk is full',
    /cannot save to its disk/,
    cannotSave,
    async ({ server: { client, folder } }) => {
      rmSync(join(folder, inTheWay), { recursive: true })
      await client.config('SET', 'stop-writes-on-bgsave-error', 'no')
    },
    ['--save', '3600', '1', '--dbfilename', inTheWay],
  ),
  refuses(
    'READONLY: failover',
    /read-only replica/,
    ({ server }) => server.client.replicaof('127.0.0.1', 1),
    ({ server }) => server.client.replicaof('NO', 'ONE'),
  ),
  refuses(
    'the key becomes of another type',
    /is not a list/,
    ({ server: { client }, queue }) => client.multi().rename(queue, setAside).set(queue, 'mine').exec(),
    ({ server: { client }, queue }) => client.multi().del(queue).rename(setAside, queue).exec(),
  ),
  refuses(
    'a key of ours becomes of another type',
    /keeps its accounts/,
    ({ server: { client }, queue }) =>
      client.multi().rename(keysOf(queue).consumers, setAside).set(keysOf(queue).consumers, 'mine').exec(),
    ({ server: { client }, queue }) =>
      client.multi().del(keysOf(queue).consumers).rename(setAside, keysOf(queue).consumers).exec(),
  ),
  refuses(
    'NOPERM: rights are taken away',
    /may not do what is needed/,
    ({ server }) => server.client.call('ACL', 'SETUSER', 'default', '-blmove', '-evalsha'),
    ({ server }) => server.client.call('ACL', 'SETUSER', 'default', '+@all'),
  ),
]
