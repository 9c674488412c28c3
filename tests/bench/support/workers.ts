/** `cli worker` as processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { RedisServer } from '../../support/redisServer'
import { until } from '../../support/until'
import { atExit } from './children'
import { queue } from './queue'

/** Runs `work` with so many, each registered; ends them. */
export async function withWorkers<T>(
  server: RedisServer,
  count: number,
  work: (pids: readonly number[]) => Promise<T>,
): Promise<T> {
  const children = Array.from({ length: count }, () => start(server))
  const forget = atExit(() => {
    for (const child of children) child.kill('SIGKILL')
  })
  try {
    const registered = () => server.client.zcard(`ls:{${queue}}:consumers`)
    await until(async () => (await registered()) === count, `${count} workers to register`, 60_000)
    return await work(children.map(({ pid }) => pid!))
  } finally {
    const gone = children.map((child) => child.exitCode ?? once(child, 'exit'))
    for (const child of children) child.kill('SIGTERM')
    await Promise.all(gone)
    forget()
  }
}

const start = ({ url }: RedisServer): ChildProcess =>
  spawn(process.execPath, ['out/main/cli.cjs', 'worker', '--queue', queue, '--concurrency', '10000', '--grace', '0'], {
    stdio: 'ignore',
    env: { ...process.env, LOOPSCOPE_REDIS_URL: url },
  })
