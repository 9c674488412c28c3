/** What a case of the fault matrix has at hand: a server of its own, proxies, consumers as processes, and at the end the account. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { SourceReport } from '#protocol/messages'
import { type Chance, chanceOf } from '../../electron/synthetic/random'
import { type RedisServer, startRedis } from '../support/redisServer'
import { startProxy, type TcpProxy } from '../support/tcpProxy'
import { until } from '../support/until'
import { type Account, accountOf, deadIn, keysOf } from './account'
import type { RunOptions } from './case'
import type { ConsumerArguments } from './faultConsumer'
import { Ledger } from './ledger'

export const bundle = 'node_modules/.cache/tests/faultConsumer.cjs'
const patience = 40_000

export interface BedOptions extends RunOptions {
  readonly seed: number
  readonly args?: readonly string[] | undefined
  /** Name of the list. */
  readonly queue?: string | undefined
}

/** A fault matrix that is not met: said with its figures. */
export class FaultError extends Error {}

export class ConsumerProcess {
  latest: SourceReport | null = null
  readonly phases = new Set<string>()
  readonly reasons = new Set<string>()
  readonly #child: ChildProcess
  readonly ended: Promise<void>
  #stderr = ''
  /** We ended it ourselves. */
  #killed = false

  constructor(
    args: ConsumerArguments,
    private readonly onBroken: (pid: number) => void,
  ) {
    this.#child = spawn(process.execPath, [bundle, JSON.stringify(args)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    this.#child.stderr?.on('data', (piece) => {
      this.#stderr += piece
    })
    this.#child.on('message', (status: SourceReport) => {
      this.latest = status
      this.phases.add(status.phase)
      if (status.reason) this.reasons.add(status.reason.en)
    })
    this.ended = new Promise((resolve) => this.#child.once('exit', () => resolve()))
    // A task that kills it breaks it as we do.
    this.#child.once('exit', (_code, signal) => signal === 'SIGKILL' && this.breaks())
  }

  get pid(): number {
    return this.#child.pid!
  }
  get over(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }
  /** An error that nobody caught, else null. A task of ours that kills its consumer does so with SIGKILL. */
  get crash(): string | null {
    const { exitCode, signalCode } = this.#child
    return this.#killed || signalCode === 'SIGKILL' || exitCode === null || exitCode === 0 ? null : this.#stderr
  }

  /** Something is done to it for which what it runs may run again elsewhere. */
  breaks(): void {
    this.onBroken(this.pid)
  }
  async kill9(): Promise<void> {
    this.breaks()
    this.#killed = true
    this.#child.kill('SIGCONT')
    this.#child.kill('SIGKILL')
    await this.ended
  }
  freeze(): void {
    this.breaks()
    this.#child.kill('SIGSTOP')
  }
  thaw(): void {
    this.#child.kill('SIGCONT')
  }
  /** In order. What it runs goes back and may run elsewhere. */
  async stop(): Promise<void> {
    this.breaks()
    this.#child.kill('SIGTERM')
    await this.ended
  }
  consuming(ms = 30_000): Promise<void> {
    return until(() => this.latest?.phase === 'consuming', `consumer ${this.pid} to consume`, ms)
  }
}

export class Bed {
  readonly ledger = new Ledger()
  readonly consumers: ConsumerProcess[] = []
  readonly pushed: string[] = []
  readonly broken = new Set<number>()
  /** Faults that were drawn by lot, for the sentence that says what went wrong. */
  readonly log: string[] = []
  readonly #proxies: TcpProxy[] = []

  readonly chance: Chance
  readonly queue: string

  private constructor(
    readonly server: RedisServer,
    private readonly options: BedOptions,
  ) {
    this.chance = chanceOf(options.seed)
    this.queue = options.queue ?? 'queue'
  }

  static async open(options: BedOptions): Promise<Bed> {
    return new Bed(await startRedis(...(options.args ?? [])), options)
  }

  async proxy(): Promise<TcpProxy> {
    const proxy = await startProxy(this.server.port)
    this.#proxies.push(proxy)
    return proxy
  }

  /** Through the proxy where one is given. */
  consumer({ via, concurrency = 1000 }: { via?: TcpProxy; concurrency?: number } = {}): ConsumerProcess {
    const { queue } = this
    const { without = [] } = this.options
    const url = `redis://127.0.0.1:${via?.port ?? this.server.port}`
    const consumer = new ConsumerProcess({ url, queue, ledger: this.ledger.file, concurrency, without }, (pid) =>
      this.broken.add(pid),
    )
    this.consumers.push(consumer)
    return consumer
  }

  /** `count` items that run for `least` to `most` ms. */
  async push(count: number, least: number, most = least): Promise<void> {
    const first = this.pushed.length
    const uids = Array.from({ length: count }, (_, i) => `i${first + i}`)
    await this.pushItems(uids.map((uid) => `${uid}:${least + this.chance.whole(most - least + 1)}`))
  }

  /** What stands before the first colon is the item's name in the account. */
  async pushItems(items: readonly (string | Buffer)[]): Promise<void> {
    for (let i = 0; i < items.length; i += 500) await this.server.client.lpush(this.queue, ...items.slice(i, i + 500))
    this.pushed.push(...items.map((item) => item.toString('latin1').split(':', 1)[0]!.replace(/\s/g, '_')))
  }

  until(holds: (bed: Bed) => boolean | Promise<boolean>, what: string, ms?: number): Promise<void> {
    return until(() => holds(this), what, ms)
  }
  started = (count: number) => until(() => this.ledger.read().started >= count, `${count} starts`, patience)
  /** Keys that hold items which somebody has in hand. */
  inTransit = async () => (await this.server.client.keys('ls:*')).filter((key) => /:(inflight|stage|susp):/.test(key))

  /** Waits until all has ended and the server knows it, ends the consumers, and returns the account, in which nothing may be wrong. */
  async settle({ mayBeThere = 0 } = {}): Promise<Account> {
    const ms = this.options.settleMs ?? patience
    const keys = keysOf(this.queue)
    const open = async () => {
      const { finished } = this.ledger.read()
      const left = this.pushed.filter((uid) => !finished.has(uid))
      if (left.length === 0) return []
      const dead = new Set(await deadIn(this.server.client, keys))
      return left.filter((uid) => !dead.has(uid))
    }
    // Why it was waited for in vain is said by the account.
    const waited = async () => {
      await until(async () => (await open()).length <= mayBeThere, 'all to end', ms)
      if (mayBeThere === 0) await until(async () => (await this.inTransit()).length === 0, 'nothing in hand', ms)
      const living = this.consumers.filter(({ over }) => !over).length
      await until(async () => (await this.server.client.zcard(keys.consumers)) <= living, 'the dead to be signed off', ms)
    }
    const trouble = await waited().then(
      () => null,
      (error: Error) => error.message,
    )
    // What is stopped now is no reason for anything.
    const broken = new Set(this.broken)
    const crashes = this.consumers.flatMap(({ crash }) => crash ?? [])
    await Promise.all(this.consumers.filter(({ over }) => !over).map((consumer) => consumer.stop()))
    crashes.push(...this.consumers.flatMap(({ crash }) => crash ?? []))
    const account = await accountOf(this.server.client, this.queue, this.pushed, this.ledger, broken)
    const wrong = [
      trouble,
      account.lost.length > 0 && `${account.lost.length} lost`,
      account.there > mayBeThere && `${account.there} still there`,
      account.double > 0 && `${account.double} are there twice`,
      account.unexplained.length > 0 && `${account.unexplained.length} ran again for no reason`,
      account.leftOver.length > 0 && `left over: ${account.leftOver.join(' ')}`,
      crashes.length > 0 && `crashed: ${crashes[0]}`,
    ].filter(Boolean)
    if (wrong.length > 0)
      throw new FaultError(
        `${wrong.join('; ')} (${[`${account.finished} of ${account.pushed} finished`, ...this.log].join(', ')})`,
      )
    return account
  }

  async close(): Promise<void> {
    await Promise.all(this.consumers.filter(({ over }) => !over).map((consumer) => consumer.kill9()))
    await Promise.all(this.#proxies.map((proxy) => proxy.stop()))
    await this.server.stop()
    this.ledger.close()
  }
}
