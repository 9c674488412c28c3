/** What was typed behind `worker`, checked before anything is connected or run. */
import { cpus } from 'node:os'
import type { Result } from '#protocol/result'
import { queueKeys } from '../sources/hashTag'
import { readAddress } from '../sources/redisAddress'
import { optionTakes, UsageError } from '../usage'

/** Where the address may stand instead of on the command line, which every user of the machine can read. */
export const urlVariable = 'LOOPSCOPE_REDIS_URL'

const tasksAtOnce = 100
const defaultGrace = 10

export interface TypedWorker {
  readonly url: string | undefined
  readonly queue: string | undefined
  readonly concurrency: string | undefined
  readonly exec: string | undefined
  readonly timeout: string | undefined
  readonly grace: string | undefined
  readonly for: string | undefined
  readonly noFeed: boolean
}

export interface WorkerOptions {
  readonly url: string
  readonly queue: string
  /** At most so many tasks at once. */
  readonly concurrency: number
  /** For a shell, once for each task; null: a task is a number of seconds on the loop. */
  readonly exec: string | null
  /** Real seconds after which a command is ended; null: it may take its time. */
  readonly timeout: number | null
  /** Real seconds that running tasks have after the first signal. */
  readonly grace: number
  /** Real seconds after which the worker ends as by a signal; null: it goes on. */
  readonly seconds: number | null
  /** Whether it tells others of its tasks. */
  readonly feed: boolean
}

/** Throws UsageError. The URL is in no sentence. */
export function readWorkerOptions(typed: TypedWorker, env: Readonly<Record<string, string | undefined>>): WorkerOptions {
  const url = typed.url ?? env[urlVariable]
  if (url === undefined || url === '')
    throw new UsageError(`worker: say which server, with --url or in ${urlVariable}, for example redis://127.0.0.1:6379.`)
  checked('--url', readAddress(url))
  if (typed.queue === undefined || typed.queue === '')
    throw new UsageError('worker: say which list its tasks come from, for example --queue queue.')
  checked('--queue', queueKeys(typed.queue))
  if (typed.exec !== undefined && typed.exec.trim() === '') throw new UsageError('--exec: a command is wanted, none was given.')
  if (typed.exec === undefined && typed.timeout !== undefined) throw new UsageError('--timeout needs --exec: it ends commands.')
  return {
    url,
    queue: typed.queue,
    concurrency: wholeNumber(typed.concurrency) ?? (typed.exec === undefined ? tasksAtOnce : cpus().length),
    exec: typed.exec ?? null,
    timeout: seconds('timeout', typed.timeout, 0.1, 86_400),
    grace: seconds('grace', typed.grace, 0, 3600) ?? defaultGrace,
    seconds: seconds('for', typed.for, 0, 86_400),
    feed: !typed.noFeed,
  }
}

function checked<T>(option: string, result: Result<T, { readonly en: string }>): void {
  if (!result.ok) throw new UsageError(`${option}: ${result.problem.en}`)
}

function wholeNumber(typed: string | undefined): number | null {
  if (typed === undefined) return null
  const value = /^\d{1,5}$/.test(typed) ? Number(typed) : 0
  if (value < 1 || value > 10_000) throw new UsageError(`--concurrency: “${typed}” is not ${optionTakes.concurrency}.`)
  return value
}

function seconds(name: 'timeout' | 'grace' | 'for', typed: string | undefined, least: number, most: number): number | null {
  if (typed === undefined) return null
  const value = /^\d+(\.\d+)?$/.test(typed.trim()) ? Number(typed) : Number.NaN
  if (!(value >= least && value <= most)) throw new UsageError(`--${name}: “${typed}” is not ${optionTakes[name]}.`)
  return value
}
