/** `cli worker` in processes of their own, and what is on the server around them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cliFile } from './buildCli'
import type { RedisServer } from './redisServer'
import { until } from './until'

export interface Worker {
  readonly child: ChildProcess
  out: string
  err: string
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
  /** Waits for it on stderr. */
  says(pattern: RegExp): Promise<void>
}

const workers: Worker[] = []

export function startWorker(args: readonly string[], env: Readonly<Record<string, string>> = {}): Worker {
  const child = spawn(process.execPath, [cliFile, 'worker', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const worker: Worker = {
    child,
    out: '',
    err: '',
    ended: once(child, 'close').then(([code]: (number | null)[]) => code ?? null),
    says: (pattern) => until(() => pattern.test(worker.err), `the worker to say ${pattern}; it said:\n${worker.err}`, 20_000),
  }
  child.stdout?.on('data', (data: Buffer) => {
    worker.out += data
  })
  child.stderr?.on('data', (data: Buffer) => {
    worker.err += data
  })
  workers.push(worker)
  return worker
}

/** For `afterEach`. */
export async function endWorkers(): Promise<void> {
  for (const { child } of workers) child.kill('SIGKILL')
  await Promise.all(workers.splice(0).map(({ ended }) => ended))
}

/** Items in the list and items to be taken again. */
export async function waitingIn({ client }: RedisServer, queue: string): Promise<number> {
  const counts = [client.llen(queue), client.zcard(`ls:{${queue}}:retry`), client.zcard(`ls:{${queue}}:suspects`)]
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}

/** Keys of consumers that hold an item. */
export const inHands = async ({ client }: RedisServer) =>
  (await client.keys('ls:*')).filter((key) => /:(inflight|stage|susp):/.test(key))

export interface DeadLetter {
  readonly reason: string
  readonly ord: number
  readonly payload: string
}

export async function deadLetters({ client }: RedisServer, queue: string): Promise<DeadLetter[]> {
  const letters = await client.lrange(`ls:{${queue}}:dead`, 0, -1)
  return letters.map((letter) => {
    const end = letter.indexOf('\n')
    const { reason, ord }: { reason: string; ord: number } = JSON.parse(letter.slice(0, end))
    return { reason, ord, payload: letter.slice(end + 1) }
  })
}
