/**
 * Every way in which a server that answers can say no, through a running programme: a sentence with a remedy of its own, tried again slowly,
 * nothing touched; and the run goes on when it is put right. How the source keeps leases meanwhile: redisWords.test.ts.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Refusal } from '#protocol/messages'
import { describeRedis } from '../support/describeRedis'
import { type RedisServer, startRedis } from '../support/redisServer'
import { type Bench, bench } from '../support/runs'
import { startProxy, type TcpProxy } from '../support/tcpProxy'
import { pause, until } from '../support/until'

interface Fault {
  readonly args?: readonly string[]
  /** Makes the fault and returns the address to run with; without it the server's own. */
  readonly make?: (server: RedisServer) => Promise<string | undefined>
  readonly sentence: RegExp
  /** 'server' where it is left out. */
  readonly refusal?: Refusal
  readonly mend?: (server: RedisServer) => Promise<unknown>
}

const at = String.raw`127\.0\.0\.1:\d+`
const faults: Record<string, Fault> = {
  'the key has another type': {
    make: async ({ client }) => void (await client.pipeline().del('queue').set('queue', 'mine').exec()),
    sentence: new RegExp(`^The key “queue” at ${at} is not a list: .* left alone\\. Choose another name for the queue\\.$`),
    refusal: 'key',
    mend: ({ client }) => client.pipeline().del('queue').lpush('queue', '0').exec(),
  },
  'a key of our own has another type': {
    make: async ({ client }) => void (await client.lpush('ls:{queue}:consumers', 'mine')),
    sentence: new RegExp(
      `^The key “ls:{queue}:\\*” at ${at}, where Loopscope keeps its accounts, .* Choose another name for the queue;`,
    ),
    refusal: 'key',
    mend: ({ client }) => client.del('ls:{queue}:consumers'),
  },
  'NOAUTH: a password is wanted': {
    args: ['--requirepass', 'right'],
    sentence: new RegExp(`^Redis at ${at} wants a password\\. Put it into the URL`),
    refusal: 'user',
    mend: ({ client }) => client.config('SET', 'requirepass', ''),
  },
  'WRONGPASS: another password is wanted': {
    args: ['--requirepass', 'right'],
    make: async ({ port }) => `redis://:wrong@127.0.0.1:${port}`,
    sentence: new RegExp(`^Redis at ${at} does not accept this user and password\\. Correct them in the URL\\.$`),
    refusal: 'user',
    mend: ({ client }) => client.config('SET', 'requirepass', 'wrong'),
  },
  'READONLY: a replica': {
    make: async ({ client }) => void (await client.replicaof('127.0.0.1', 1)),
    sentence: new RegExp(`^Redis at ${at} is a read-only replica\\. Use the address of its primary\\.$`),
    mend: ({ client }) => client.replicaof('NO', 'ONE'),
  },
  'MISCONF: it cannot save': {
    args: ['--save', '3600 1', '--dbfilename', 'in-the-way'],
    make: async ({ client, folder }) => {
      mkdirSync(join(folder, 'in-the-way'))
      await client.bgsave()
      await until(async () => (await client.info('persistence')).includes('rdb_last_bgsave_status:err'), 'the failure')
      return undefined
    },
    sentence: new RegExp(`^Redis at ${at} cannot save to its disk and takes no writes\\. Look into its log\\.$`),
    mend: ({ client }) => client.config('SET', 'stop-writes-on-bgsave-error', 'no'),
  },
  'OOM: its memory is full': {
    make: async ({ client }) => void (await client.config('SET', 'maxmemory', '1')),
    sentence: new RegExp(`^The memory of Redis at ${at} is full, .* Free some, or raise its maxmemory\\.$`),
    mend: ({ client }) => client.config('SET', 'maxmemory', '0'),
  },
  'NOPERM: a user who may not': {
    make: async ({ client, port }) => {
      await client.call('ACL', 'SETUSER', 'limited', 'on', '>pw', '~queue', '+@all')
      return `redis://limited:pw@127.0.0.1:${port}`
    },
    sentence: new RegExp(`^The user of this URL may not .* on “queue” and “ls:\\*” at ${at}\\. Extend its ACL\\.$`),
    refusal: 'user',
    mend: ({ client }) => client.call('ACL', 'SETUSER', 'limited', '~*'),
  },
  'NOPERM: a user who may only read': {
    make: async ({ client, port }) => {
      await client.call('ACL', 'SETUSER', 'reader', 'on', '>pw', '~*', '+@read', '+info')
      return `redis://reader:pw@127.0.0.1:${port}`
    },
    sentence: /Extend its ACL\.$/,
    refusal: 'user',
    mend: ({ client }) => client.call('ACL', 'SETUSER', 'reader', '+@all'),
  },
  'without BLMOVE': {
    args: ['--rename-command', 'BLMOVE', ''],
    sentence: new RegExp(`^Redis at ${at} is too old or forbids BLMOVE\\. Loopscope needs Redis 6\\.2 or newer, or Valkey\\.$`),
  },
}

describeRedis('redis', () => {
  let server: RedisServer | null = null
  let proxy: TcpProxy | null = null
  let programmes: Bench | null = null
  afterEach(async () => {
    await programmes?.close()
    await proxy?.stop()
    await server?.stop()
    programmes = proxy = server = null
  })

  const start = (url: string) => {
    programmes = bench()
    const run = programmes.start('redis-queue', { url }, 10)
    return { run, status: () => run.source!.latest! }
  }
  const stat = async (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(await server!.client.info('stats'))?.[1])
  const dump = async () => {
    const keys = (await server!.client.keys('*')).sort()
    return Promise.all(keys.map(async (key) => [key, await server!.client.dumpBuffer(key)]))
  }
  const refused = async (status: () => { phase: string } | undefined) =>
    until(() => status()?.phase === 'refused', 'the refusal', 5000)

  test.each(Object.entries(faults))('%s', async (_name, { args = [], make, sentence, refusal = 'server', mend }) => {
    server = await startRedis(...args)
    await server.client.lpush('queue', '0')
    const url = (await make?.(server)) ?? server.url
    const before = await dump()
    const { run, status } = start(url)
    await refused(status)
    expect(status().reason?.en).toMatch(sentence)
    expect(status().refusal).toBe(refusal)
    expect(status().nextAttemptInSeconds).toBeGreaterThan(3)
    const [connections, commands] = [await stat('total_connections_received'), await stat('total_commands_processed')]
    await pause(1200)
    expect((await stat('total_connections_received')) - connections).toBe(0)
    // Some of them are this test's own, and the beats of a lease.
    expect((await stat('total_commands_processed')) - commands).toBeLessThan(40)
    expect(await dump()).toEqual(before)
    if (!mend) return
    await mend(server)
    run.source!.send({ type: 'source', action: 'retry' })
    await until(() => status().phase === 'consuming' && status().finished === 1, 'the item, when it is put right', 5000)
    expect(status().refusal).toBeNull()
  })

  test('LOADING: it is asked again every second, and it goes on when all is loaded', async () => {
    server = await startRedis()
    const pipeline = server.client.pipeline()
    for (let i = 0; i < 3000; i++) pipeline.set(`key ${i}`, 'x'.repeat(100))
    await pipeline.lpush('queue', '0').exec()
    await server.client.save()
    await server.kill9()
    server.launch('--key-load-delay', '1000', '--loading-process-events-interval-bytes', '1024')
    const { status } = start(server.url)
    await refused(status)
    expect(status().reason?.en).toMatch(
      new RegExp(`^Redis at ${at} is still loading its data from disk\\. It is asked again in a second\\.$`),
    )
    expect(status().nextAttemptInSeconds).toBeLessThanOrEqual(1)
    await until(() => status().phase === 'consuming' && status().finished === 1, 'the item')
    expect(await stat('total_connections_received')).toBeLessThan(20)
  })

  test('a server that says it is of version 6.0 is too old, and nothing of it is touched', async () => {
    server = await startRedis()
    await server.client.lpush('queue', '0')
    const before = await dump()
    proxy = await startProxy(server.port)
    proxy.rewriteReply = (piece) =>
      Buffer.from(piece.toString('latin1').replace(/redis_version:\d+\.\d/, 'redis_version:6.0'), 'latin1')
    const { status } = start(`redis://127.0.0.1:${proxy.port}`)
    await refused(status)
    expect(status().reason?.en).toMatch(
      new RegExp(
        `^Redis at ${at} is too old \\(6\\.0\\) or forbids BLMOVE\\. Loopscope needs Redis 6\\.2 or newer, or Valkey\\.$`,
      ),
    )
    const made = proxy.connections
    await pause(1200)
    expect(proxy.connections).toBe(made)
    expect(await dump()).toEqual(before)
  })

  test.each([
    ['allkeys-lru', /drops keys, and with them tasks \(maxmemory-policy allkeys-lru\)\. Set it to noeviction\.$/],
    ['allkeys-random', /allkeys-random/],
    ['volatile-lru', null],
    ['noeviction', null],
  ])('maxmemory-policy %s: a warning where tasks could be dropped, and it works', async (policy, warning) => {
    server = await startRedis('--maxmemory-policy', policy)
    await server.client.lpush('queue', '0')
    const { status } = start(server.url)
    await until(() => status()?.phase === 'consuming' && status().finished === 1, 'the item', 5000)
    if (warning) expect(status().warning?.en).toMatch(warning)
    else expect(status().warning).toBeNull()
  })

  test('where INFO is forbidden there is no warning, and it works', async () => {
    server = await startRedis('--maxmemory-policy', 'allkeys-lru')
    await server.client.call('ACL', 'SETUSER', 'blind', 'on', '>pw', '~*', '+@all', '-info')
    await server.client.lpush('queue', '0')
    const { status } = start(`redis://blind:pw@127.0.0.1:${server.port}`)
    await until(() => status()?.phase === 'consuming' && status().finished === 1, 'the item', 5000)
    expect(status().warning).toBeNull()
  })
})
