/** Taking, booking and acknowledging over one incarnation. Everything here ends when the incarnation does. */
import type { QueueKeys } from './hashTag'
import { layoutVersion } from './hashTag'
import { blockSeconds, type Incarnation } from './incarnation'
import type { InFlight } from './inFlight'
import { layoutTrouble, Trouble, troubleOf, type Where } from './redisErrors'
import * as scripts from './redisScripts'
import { runScript, type Script, type ScriptArg } from './redisScripts'
import type { Signal } from './signal'
import type { SourceSettings, SourceSink } from './source'
import type { StatusBoard } from './statusBoard'

/** Real ms. A consumer that was not heard of for so long is given up and its items go back to the queue. */
const leaseMs = 3000
const beatMs = 500
/** A retired stage may still be filled by a BLMOVE that the server believes alive: not longer than one block. */
const sweepAgeMs = blockSeconds * 1000 + 1000
/** Items and bytes of one claim: a claim holds up the whole server, and its items are in our memory at once. */
const batch = 256
const batchBytes = 8 << 20
const acksPerCall = 4000

/** What outlives the incarnations. */
export interface Context {
  readonly keys: QueueKeys
  readonly where: Where
  readonly settings: SourceSettings
  readonly sink: SourceSink
  readonly board: StatusBoard
  readonly inFlight: InFlight
  /** Rung when an item is done, an answer or `retry` came, an incarnation ended, or at stop. */
  readonly signal: Signal
  /** Counts `retry` calls. */
  retries: number
  /** Null until the first registration. */
  registered: Registered | null
}

/** Names by which the server may know us: the last one registered, and the epoch we saw then. */
export interface Registered {
  readonly sid: string
  readonly epoch: string
}

export class Consumption {
  /** What the server refuses at the moment, by the part that is refused. */
  readonly #refused = new Map<string, string>()
  #flushing = false
  #beats = 0
  #beating = false
  #timer: NodeJS.Timeout | null = null

  constructor(
    private readonly incarnation: Incarnation,
    private readonly context: Context,
  ) {}

  /** Registers the name, learns what the server holds for us, and starts what it holds and nobody runs. Rejects with trouble. */
  async register(): Promise<void> {
    const { keys, inFlight, where, registered: before } = this.context
    const { sid } = this.incarnation
    const old = before?.sid ?? ''
    const names = [keys.version, keys.epoch, keys.consumers, keys.retired, keys.queue, keys.seq]
    const own = [keys.stage(sid), keys.inflight(sid), keys.stage(old || sid), keys.inflight(old || sid)]
    const fresh = Math.random().toString(36).slice(2)
    const reply = await this.#run(
      scripts.renew,
      [...names, ...own],
      [layoutVersion, sid, leaseMs, fresh, old, inFlight.staged ?? ''],
    )
    const [adopted, epoch = '', ...ids] = (reply as (number | Buffer)[]).map((part) => part.toString())
    if (adopted === '-2') throw layoutTrouble(epoch, where)
    const emptied = before !== null && before.epoch !== epoch
    this.context.registered = { sid, epoch }
    const orphans = inFlight.reconcile({ adopted: adopted === '1', emptied, ids: ids.map(Number) })
    await this.#takeOrphans(orphans)
    await this.#writeRunning()
    this.incarnation.live = true
    this.flushEnds()
    this.#timer = setInterval(() => this.#beat(), beatMs)
  }

  /** Takes items until the incarnation is over. `onFirst` is called when the server answered to the first claim. */
  async pump(onFirst: () => void): Promise<void> {
    const { keys, settings, inFlight, signal, sink } = this.context
    const { blocking, sid } = this.incarnation
    let first = true
    // Whether the queue may hold more: then a claim takes up to a batch at once. If not, BLMOVE waits for the next item.
    let left = true
    while (this.incarnation.active) {
      const room = Math.max(0, settings.concurrency - inFlight.running)
      try {
        if (first || inFlight.staged !== null || (left && room > 0)) {
          left = (await this.#claim(Math.min(batch, room))) > 0
          if (first && this.incarnation.active) onFirst()
          first = false
        } else if (room > 0) {
          sink.activity('waiting', `BLMOVE ${keys.queue}`)
          const bytes = await blocking.blmoveBuffer(keys.queue, keys.stage(sid), 'RIGHT', 'LEFT', blockSeconds)
          if (bytes && this.incarnation.active) this.#start(inFlight.reserve(1), bytes, 'stage')
        } else {
          left = true
          sink.activity('waiting', 'a free place')
          await signal.wait()
        }
        this.#refuse('take', null)
      } catch (error) {
        if (this.incarnation.active) await this.#refusedTake(this.#trouble(error))
      }
    }
  }

  /** Sends the ends of items once per turn of the event loop. */
  flushEnds(): void {
    if (this.#flushing || !this.incarnation.live || !this.incarnation.active) return
    this.#flushing = true
    setImmediate(() => {
      this.#flushing = false
      if (!this.incarnation.active) return
      const { acks, burials } = this.context.inFlight.takeEnds()
      for (let i = 0; i < acks.length; i += acksPerCall) this.#acknowledge(acks.slice(i, i + acksPerCall))
      for (const burial of burials) this.#send([burial.id], this.#bury(burial))
    })
  }

  /**
   * Gives back what is not done and signs off. Everything is sent at once; the server takes it in this order: no more BLMOVE of ours, book the
   * staged item, the ends, the rest back. Rejects with trouble.
   */
  async farewell(): Promise<void> {
    const { keys, inFlight, board } = this.context
    const { control, sid, blockingId } = this.incarnation
    this.incarnation.leave()
    if (this.#timer) clearInterval(this.#timer)
    const kill =
      blockingId === null
        ? null
        : control.client('KILL', 'ID', blockingId).catch(() => 'The sweep of the stage does the same later.')
    const staged = inFlight.staged
    const booking = staged === null ? null : this.#runClaim(control, staged, 0).then(() => undefined)
    if (staged !== null) inFlight.booked(staged)
    const { acks, burials } = inFlight.takeEnds()
    const ends = [
      ...burials.map((burial) => this.#bury(burial)),
      ...(acks.length > 0 ? [control.hdel(keys.inflight(sid), ...acks.map(String))] : []),
    ]
    const back = this.#run(
      scripts.reap,
      [keys.queue, keys.consumers, keys.retired, keys.stage(sid), keys.inflight(sid)],
      ['force', sid],
    )
    const [, , , , waiting] = await Promise.all([kill, booking, Promise.all(ends), back, control.llen(keys.queue)])
    board.set({ waiting })
  }

  /** Called when the incarnation is over. */
  close(): void {
    if (this.#timer) clearInterval(this.#timer)
  }

  #start(id: number, bytes: Buffer, place: 'stage' | 'hash'): void {
    const { inFlight, board, sink } = this.context
    inFlight.add(id, bytes, place)
    sink.activity('running', 'takes tasks')
    sink.take({ id, text: bytes.toString() })
    board.set({ inFlight: inFlight.running })
  }

  /** Books the staged item and takes up to `want` more. Returns how many are left in the queue. */
  async #claim(want: number): Promise<number> {
    const { inFlight, board } = this.context
    const staged = inFlight.staged
    const base = inFlight.reserve(want)
    const [left, ...payloads] = await this.#runClaim(this.incarnation.blocking, staged, want, base)
    if (!this.incarnation.active) return 0
    if (staged !== null) inFlight.booked(staged)
    payloads.forEach((bytes, index) => {
      this.#start(base + index, bytes as Buffer, 'hash')
    })
    this.flushEnds()
    board.set({ waiting: Number(left) })
    return Number(left)
  }

  async #runClaim(client: Incarnation['control'], staged: number | null, want: number, base = 0): Promise<unknown[]> {
    const { keys } = this.context
    const { sid } = this.incarnation
    const names = [keys.queue, keys.stage(sid), keys.inflight(sid), keys.consumers, keys.seq]
    const [state, ...rest] = (await runScript(client, scripts.claim, names, [
      sid,
      staged ?? '',
      base,
      want,
      batchBytes,
    ])) as unknown[]
    if (state === -1) throw this.#fenced()
    return rest
  }

  async #takeOrphans(ids: readonly number[]): Promise<void> {
    const { keys } = this.context
    for (let i = 0; i < ids.length; i += 500) {
      const part = ids.slice(i, i + 500)
      const values = await this.incarnation.control.hmgetBuffer(keys.inflight(this.incarnation.sid), ...part.map(String))
      values.forEach((value, index) => {
        if (value && this.incarnation.active) this.#start(part[index]!, payloadOf(value), 'hash')
      })
    }
  }

  /** A server that came back empty gets what is running here. In parts: a script's arguments are few. */
  async #writeRunning(): Promise<void> {
    const { keys, inFlight } = this.context
    const { sid } = this.incarnation
    const items = inFlight.unwritten()
    for (let i = 0; i < items.length; i += 200) {
      const part = items.slice(i, i + 200)
      const names = [keys.inflight(sid), keys.consumers, keys.seq]
      const done = await this.#run(scripts.assertRunning, names, [sid, ...part.flatMap(({ id, bytes }) => [id, bytes])])
      if (done !== 1) throw this.#fenced()
      inFlight.written(part.map(({ id }) => id))
    }
  }

  #acknowledge(ids: number[]): void {
    const { keys } = this.context
    this.#send(ids, this.incarnation.control.hdel(keys.inflight(this.incarnation.sid), ...ids.map(String)))
  }

  /** The ends of these items are known to the server when `sending` resolves; until then they are kept. */
  #send(ids: number[], sending: Promise<unknown>): void {
    const { inFlight } = this.context
    sending.then(
      () => {
        inFlight.confirm(ids)
        this.#refuse('acknowledge', null)
      },
      (error: unknown) => {
        // Over: the next incarnation compares and sends them again. Refused: the next beat does.
        const trouble = this.#trouble(error)
        if (this.incarnation.over) return
        inFlight.again(ids)
        this.#refuse('acknowledge', trouble)
      },
    )
  }

  #bury({ id, reason }: { id: number; reason: string }): Promise<unknown> {
    const { keys } = this.context
    const { sid } = this.incarnation
    const line = JSON.stringify({ reason, id, consumer: sid }).slice(0, -1)
    return this.#run(scripts.bury, [keys.inflight(sid), keys.dead], [id, line])
  }

  /** Prolongs the lease, and takes care of what dead consumers left. */
  async #beat(): Promise<void> {
    const { keys, inFlight, board } = this.context
    if (this.#beating || !this.incarnation.active) return
    this.#beating = true
    try {
      this.flushEnds()
      const names = [keys.consumers, keys.queue, keys.retired]
      const reply = (await this.#run(scripts.beat, names, [this.incarnation.sid, leaseMs, sweepAgeMs])) as number[]
      const [state, length = 0, expired = 0, retired = 0] = reply
      if (state === -1) throw this.#fenced()
      board.set({ waiting: length < 0 ? null : length })
      if (expired > 0 || retired > 0) await this.reapAndSweep()
      this.#beats += 1
      if (this.#beats % 10 === 0) inFlight.age()
      this.#refuse('lease', null)
    } catch (error) {
      this.#refuse('lease', this.#trouble(error))
    } finally {
      this.#beating = false
    }
  }

  /** Puts back what consumers whose lease is over hold, and what came late into retired stages. Rejects with what ioredis rejects with. */
  async reapAndSweep(): Promise<void> {
    const { keys, board } = this.context
    const [expired, retired] = ((await this.#run(scripts.due, [keys.consumers, keys.retired], [sweepAgeMs])) as Buffer[][]).map(
      (sids) => sids.map(String),
    )
    let count = 0
    if (expired?.length) {
      const names = expired.flatMap((sid) => [keys.stage(sid), keys.inflight(sid)])
      count += Number(await this.#run(scripts.reap, [keys.queue, keys.consumers, keys.retired, ...names], ['', ...expired]))
    }
    if (retired?.length) {
      count += Number(
        await this.#run(scripts.sweep, [keys.queue, keys.retired, ...retired.map(keys.stage)], [sweepAgeMs, ...retired]),
      )
    }
    if (count > 0) board.set({ recovered: board.current.recovered + count })
  }

  /** Nothing can be taken, but the connection is good: leases and acknowledgements go on, and after a while, or at `retry`, it is tried again. */
  async #refusedTake(trouble: Trouble): Promise<void> {
    const { board, signal, sink } = this.context
    if (!this.incarnation.active) return
    this.#refuse('take', trouble)
    board.set({ nextAttemptInSeconds: trouble.retrySeconds })
    sink.activity('sleeping', `retry in ${trouble.retrySeconds} s`)
    const until = performance.now() + trouble.retrySeconds * 1000
    const retries = this.context.retries
    while (this.incarnation.active && this.context.retries === retries && performance.now() < until)
      await signal.wait(until - performance.now())
  }

  #refuse(part: string, trouble: Trouble | null): void {
    if (!this.incarnation.active || (trouble === null && !this.#refused.delete(part))) return
    if (trouble) this.#refused.set(part, trouble.sentence)
    const [reason = null] = this.#refused.values()
    if (reason) this.context.board.set({ phase: 'refused', reason })
    else this.context.board.set({ phase: 'consuming', reason: null, nextAttemptInSeconds: null })
  }

  /** Error → trouble. What is not the server's refusal ends the incarnation. */
  #trouble(error: unknown): Trouble {
    const trouble = troubleOf(error, this.context.where)
    if (trouble.kind !== 'refused' && !this.incarnation.leaving) this.incarnation.end(trouble)
    return trouble
  }

  #fenced = () => new Trouble('fenced', `This consumer was not heard of for ${leaseMs / 1000} s: its items were given to others.`)

  #run = (script: Script, keys: readonly string[], args: readonly ScriptArg[]) =>
    runScript(this.incarnation.control, script, keys, args)
}

/** `<ord> <deaths> <origin> <payload>` → payload, the very bytes. */
function payloadOf(value: Buffer): Buffer {
  let at = 0
  for (let spaces = 0; spaces < 3; spaces++) at = value.indexOf(0x20, at) + 1
  return value.subarray(at)
}
