/** A real Redis (or Valkey) of the test's own: on a free port, in a folder of its own, ended by its handle. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Redis } from 'ioredis'
import { until } from './until'

/** `LOOPSCOPE_REDIS_SERVER`: the path of the one to take, as `npm run faults` gives it. */
const binary =
  process.env['LOOPSCOPE_REDIS_SERVER'] ??
  ['redis-server', 'valkey-server']
    .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find((file) => existsSync(file))

/** Why no server can be started; null: there is one. */
export const redisMissing: string | null = binary
  ? null
  : 'neither redis-server nor valkey-server is on the PATH (Debian: redis-server)'

if (redisMissing && (process.env['LOOPSCOPE_REQUIRE'] ?? '').split(',').includes('redis')) {
  throw new Error(`LOOPSCOPE_REQUIRE asks for redis, but ${redisMissing}`)
}

export interface RedisServer {
  readonly port: number
  readonly url: string
  /** For the test's own commands; it reconnects by itself. */
  readonly client: Redis
  /** Ended in order and started anew with the same port and folder. */
  restart(): Promise<void>
  /** Ended at once, as by a crash. */
  kill9(): Promise<void>
  start(): Promise<void>
  /** Starts it with further options and does not wait until it answers. */
  launch(...more: string[]): void
  /** Variables of the environment for the next start. */
  env: Readonly<Record<string, string>>
  readonly folder: string
  stop(): Promise<void>
}

/** Resolves when it answers. `args` are further options of redis-server, such as `--appendonly yes`. */
export async function startRedis(...args: string[]): Promise<RedisServer> {
  if (!binary) throw new Error(redisMissing ?? '')
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-redis-'))
  let running: ChildProcess | null = null
  const password = args[args.indexOf('--requirepass') + 1]
  const client = new Redis({
    port,
    lazyConnect: true,
    retryStrategy: () => 20,
    maxRetriesPerRequest: null,
    ...(args.includes('--requirepass') && password && { password }),
  })
  client.on('error', () => 'Expected while the server is away; the commands wait for it.')

  const launch = (...more: string[]) => {
    const own = ['--port', String(port), '--save', '', '--bind', '127.0.0.1', '--dir', folder]
    running = spawn(binary, [...own, ...args, ...more], { stdio: 'ignore', env: { ...process.env, ...server.env } })
  }
  const start = async () => {
    launch()
    await until(async () => (await client.ping()) === 'PONG', 'redis-server to answer')
  }
  const end = async (signal: NodeJS.Signals) => {
    const child = running
    running = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await exited
  }
  const server: RedisServer = {
    env: {},
    port,
    url: `redis://127.0.0.1:${port}`,
    client,
    folder,
    start,
    launch,
    kill9: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM')
      await start()
    },
    stop: async () => {
      client.disconnect()
      await end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await start()
  return server
}

/** A port that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
