/**
 * Entry of the consumer's worker, the only one that loads a Redis client: takes items from a source, submits a coroutine for each to the loop,
 * and tells the source when its task has ended. It never runs tasks itself, so a blocked loop cannot cost it its lease.
 */
import { rehearseLoop } from '../loop/rehearsal'
import '../threads/consumerThread'
import '../threads/threadQueue'
import './watcher'
import { untranslated } from '#protocol/catalogue'
import { openEnvelope } from '#protocol/envelope'
import type { SourceReport } from '#protocol/messages'
import type { Settlement } from '#protocol/vocabulary'
import { errorFrom } from '../loop/errorWords'
import type { EventLoop } from '../loop/eventLoop'
import type { FromConsumer, ToConsumer } from '../threads/consumerMessages'
import type { ConsumerOptions, SourceLine } from '../threads/consumerThread'
import { here } from '../threads/context'
import { registerFunctions } from '../threads/handles'
import { describeError, liveAsThread } from '../threads/nestedThread'
import { tellingOthers } from './feed'
import { sources } from './index'
import { Journeys } from './journeys'
import { parsePayload, shown } from './payload'
import { PushError, type QueueSource, type SourceSink, type TakenItem } from './source'

class Consumer implements SourceSink {
  #source: QueueSource
  /** Task on the loop → item of the source. */
  readonly #running = new Map<number, number>()
  readonly #journeys = new Journeys({
    now: () => here().writer.now(),
    claimed: (...mark) => here().claimed(...mark),
    settled: (...mark) => here().settled(...mark),
  })
  #stopping = false
  /** Items in the list, as last recorded. */
  #waiting = -1
  #replacements = 0
  #concurrency: number

  constructor(
    readonly line: SourceLine,
    readonly loop: EventLoop,
    readonly coroutine: string,
    readonly options: ConsumerOptions,
    readonly args: readonly unknown[],
  ) {
    this.#concurrency = options.concurrency
    this.#source = sources.redis({ ...options, ask: line.ask, ...tellingOthers(line) })
    loop.onResults((results) => {
      for (const { task, end, error } of results) {
        const item = this.#running.get(task)
        if (item === undefined) continue
        this.#running.delete(task)
        if (end === 'finished') this.#source.done(item)
        else this.#source.bury(item, error ? describeError(errorFrom(error)) : 'cancelled')
      }
    })
    line.port.on('message', (message: ToConsumer) => this.#obey(message))
  }

  /** Never resolves: the thread is a daemon and ends with its programme. */
  run(): Promise<never> {
    this.#source.start(this)
    return new Promise(() => undefined)
  }

  take(item: TakenItem): void {
    this.#journeys.arrive()
    const envelope = openEnvelope(item.text)
    const payload = envelope ? envelope.payload : item.text
    const seconds = parsePayload(payload)
    const name = shown(payload)
    const task = seconds.ok
      ? this.loop.submitNamed(this.coroutine, name, [seconds.value, name, ...this.args])
      : this.loop.declare(name || '(empty)', this.coroutine)
    this.#journeys.took(item.id, task, envelope)
    if (seconds.ok) this.#running.set(task, item.id)
    else this.#refuse(item, task, seconds.problem)
  }

  endOfBatch(): void {
    this.loop.wakeUp()
  }

  settled(ids: readonly number[], how: Settlement, millis: number): void {
    this.#journeys.settled(ids, how, millis)
  }

  lost(ids: readonly number[]): void {
    for (const id of ids) here().marker('note', 'lost: another consumer has it now', this.#journeys.taskOf(id))
    const [what, where] = ids.length === 1 ? ['1 task is', 'it'] : [`${ids.length} tasks are`, 'they']
    here().output(`${what} lost to other consumers, where ${where} may run again: this one was not heard of for too long.`)
    this.#journeys.forget(ids)
  }

  /** The bar of an item that cannot be run: ready and failed in the same moment. */
  #refuse(item: TakenItem, task: number, reason: string): void {
    here().end(task, this.loop.lane, 'failed', reason)
    here().output(reason)
    this.#source.bury(item.id, reason)
  }

  status(status: SourceReport): void {
    this.#tell({ type: 'status', status })
    const { queue, waiting } = status
    if (waiting === null || waiting === this.#waiting) return
    here().level(queue, waiting)
    this.#waiting = waiting
  }

  activity(state: 'running' | 'sleeping' | 'waiting', label: string): void {
    here().state(here().task, here().slot, state, label)
  }

  attemptFailed(reason: string): void {
    here().marker('retry', reason)
  }

  #obey(message: ToConsumer): void {
    switch (message.type) {
      case 'push':
        this.#source.push(message.payloads).then(
          () => {
            here().marker('push', message.payloads.join(' ').slice(0, 60))
            this.#tell({ type: 'pushed', id: message.id, problem: null })
          },
          (error: unknown) =>
            this.#tell({
              type: 'pushed',
              id: message.id,
              problem: error instanceof PushError ? error.sentence : untranslated(describeError(error)),
            }),
        )
        break
      case 'answer':
        this.#source.answer(message.choice)
        break
      case 'source':
        if (message.action === 'retry') this.#source.retry()
        else void this.#replace(() => sources.memory({ ...this.options, ask: false }))
        break
      case 'move':
        void this.#replace(() => sources.redis({ ...this.options, url: message.url, ask: false, ...tellingOthers(this.line) }))
        break
      case 'limit':
        this.#concurrency = message.concurrency
        this.#source.limit(message.concurrency)
        break
      case 'dead':
        void this.#source.deadLetters(message.request).then((answer) => this.#tell({ type: 'dead', id: message.id, answer }))
        break
      case 'stop':
        void this.#stop()
        break
    }
  }

  /** What the last source holds goes back to where it was taken. */
  async #replace(next: () => QueueSource): Promise<void> {
    this.#replacements += 1
    const asked = this.#replacements
    await this.#source.stop()
    // Asked twice, the last word counts: of two sources one would never be stopped.
    if (this.#stopping || asked !== this.#replacements) return
    // Items of the next source are numbered anew: a task of the last one that ends late must not acknowledge any of them.
    this.#running.clear()
    this.#journeys.forget()
    this.#source = next()
    this.#source.limit(this.#concurrency)
    this.#source.start(this)
  }

  async #stop(): Promise<void> {
    this.#stopping = true
    await this.#source.stop()
    this.#tell({ type: 'stopped' })
  }

  #tell(message: FromConsumer): void {
    this.line.port.postMessage(message)
  }
}

registerFunctions('consumer', {
  consume: (line: SourceLine, loop: EventLoop, coroutine: string, options: ConsumerOptions, ...args: unknown[]) =>
    new Consumer(line, loop, coroutine, options, args).run(),
})
liveAsThread({ rehearse: rehearseLoop, serves: true })
