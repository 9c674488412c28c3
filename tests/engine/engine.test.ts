import { afterEach, describe, expect, it, vi } from 'vitest'
import { decodeFrame, type Frame } from '#protocol/frame'
import type { EngineCommand, EngineEvent, RunId, RunInfo } from '#protocol/messages'
import { memoryPair } from '../../electron/channels/memory'
import { createEngine } from '../../electron/engine/createEngine'
import type { Engine } from '../../electron/engine/engine'
import { Runs } from '../../electron/engine/runs'
import { forkProcess } from '../../electron/forkProcess'
import { memorySettings } from '../../electron/settings/keptSettings'
import { sleepMillis } from '../support/runs'

let engine: Engine
afterEach(() => engine.close())

/** A page of three lines: keeps what comes, acknowledges while it is told to. */
class Page {
  readonly events: EngineEvent[] = []
  readonly frames: Frame[] = []
  acknowledges = true
  readonly #end

  constructor() {
    const [page, host] = memoryPair<EngineEvent | Uint8Array, unknown>()
    this.#end = page
    engine.attach(host)
    page.onMessage((message) => {
      if (!(message instanceof Uint8Array)) {
        this.events.push(message)
        return
      }
      const frame = decodeFrame(message)
      if (!frame.ok) throw new Error(frame.problem)
      this.frames.push(frame.value)
      if (this.acknowledges) this.send({ type: 'ack', sequence: frame.value.sequence })
    })
  }
  send = (command: EngineCommand | unknown) => this.#end.send(command)

  async until<T>(look: () => T | undefined | false): Promise<T> {
    for (let i = 0; i < 500; i++) {
      const found = look()
      if (found) return found
      await sleepMillis(10)
    }
    throw new Error(`did not come: ${JSON.stringify(this.events.slice(-3))}`)
  }
  of<K extends EngineEvent['type']>(type: K) {
    return this.events.filter((event): event is Extract<EngineEvent, { type: K }> => event.type === type)
  }
  run = (id?: RunId): RunInfo | undefined =>
    this.of('run')
      .map((event) => event.run)
      .filter((run) => id === undefined || run.id === id)
      .at(-1)
  over = () => this.until(() => ['finished', 'failed', 'stopped'].includes(this.run()?.phase ?? '') && this.run())
  spans = (run: number) =>
    this.frames.filter((frame) => frame.run === run).reduce((sum, frame) => sum + frame.slices.spans.count, 0)
}

const newEngine = () => {
  engine = createEngine({
    host: { kind: 'browser', runtime: 'test', version: '0' },
    workersDir: new URL('../../node_modules/.cache/workers', import.meta.url).pathname,
    spawnProcess: forkProcess,
    dataDir: 'node_modules/.cache/tests/data',
    open: null,
    askBeforeConsuming: true,
    settings: memorySettings(),
  })
  return new Page()
}
const start = (scenario: string, speed = 100, parameters = {}): EngineCommand => ({
  type: 'start',
  scenarios: [{ scenario, parameters }],
  speed,
})

describe('the engine', () => {
  it('welcomes a page, runs what it asks for, and sends the whole history', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    const welcome = await page.until(() => page.of('welcome')[0])
    expect(welcome.catalogue.map((info) => info.id)).toContain('redis-queue')
    page.send(start('join'))
    const run = await page.over()
    expect(run).toMatchObject({ phase: 'finished', idealSeconds: 20, scenario: 'join' })
    const ends = await page.until(() => {
      const count = page.frames.reduce((sum, frame) => sum + frame.slices.ends.count, 0)
      return count === 6 && count
    })
    expect(ends).toBe(6)
  })

  it('says how late the timers are also while a run goes on', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    page.send(start('join', 1, { threads: 1, sleeps: [0.1, 20] }))
    const heard = await page.until(() => page.of('run').find(({ run }) => run.measured.lateness !== null))
    expect(heard.run).toMatchObject({ phase: 'running', measured: { lateness: { count: 1 } } })
  })

  it('brings a page that comes later, or was reloaded, to the same picture', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    page.send(start('threads'))
    const run = await page.over()
    await page.until(() => page.frames.some((frame) => frame.slices.ends.count > 0))
    const late = new Page()
    late.send({ type: 'attach' })
    await late.until(() => late.spans(run.id) === page.spans(run.id))
    expect(late.of('welcome')[0]!.runs.map((known) => known.id)).toEqual([run.id])
  })

  it('loses nothing for a page that does not acknowledge for a while', async () => {
    const page = newEngine()
    page.acknowledges = false
    page.send({ type: 'attach' })
    page.send(start('join', 20))
    const run = await page.over()
    await sleepMillis(100)
    expect(page.frames.length).toBe(3)
    page.acknowledges = true
    page.send({ type: 'ack', sequence: 3 })
    await page.until(() => page.frames.reduce((sum, frame) => sum + frame.slices.ends.count, 0) === 6)
    let next = 0
    for (const frame of page.frames.filter((one) => one.run === run.id)) {
      expect(frame.slices.spans.first).toBe(next)
      next += frame.slices.spans.count
    }
  })

  it('starts a contrast together and says how far apart', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    const scenarios = ['sync-scheduling', 'async-scheduling'].map((scenario) => ({ scenario, parameters: {} }))
    page.send({ type: 'start', scenarios, speed: 50 })
    await page.until(() => page.of('run').filter((event) => event.run.phase === 'finished').length >= 2)
    const runs = [...new Map(page.of('run').map((event) => [event.run.id, event.run])).values()]
    expect(new Set(runs.map((run) => run.group)).size).toBe(1)
    expect(runs[0]!.group).not.toBeNull()
    expect(runs[0]!.measured.startedApartSeconds).toBeLessThan(0.05)
    const [sync, async] = runs.map((run) => run.totalSeconds!)
    expect(sync! - async!).toBeGreaterThan(2)
  })

  it('runs a contrast of too many threads one after another', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    const scenarios = ['threads', 'start-all-join-all'].map((scenario) => ({
      scenario,
      parameters: { threads: 40, sleeps: [1] },
    }))
    page.send({ type: 'start', scenarios, speed: 20 })
    await page.until(() => page.of('run').filter((event) => event.run.phase === 'finished').length >= 2)
    const phases = page.of('run').map((event) => `${event.run.id} ${event.run.phase}`)
    expect(phases.indexOf('2 running')).toBeGreaterThan(phases.indexOf('1 finished'))
  })

  it('forgets a run when it is over, not before', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    page.send(start('join', 1))
    const { id } = await page.until(() => page.run()?.phase === 'running' && page.run())
    page.send({ type: 'forget', runs: [id] })
    expect((await page.until(() => page.of('refused')[0])).problem.en).toBe('A run is forgotten only when it is over.')
    page.send({ type: 'stop', runs: [id] })
    await page.over()
    page.send({ type: 'forget', runs: [id] })
    expect((await page.until(() => page.of('forgotten')[0])).runs).toEqual([id])
  })

  it('starts nothing while it closes', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    page.send(start('join', 1))
    await page.until(() => page.run()?.phase === 'running')
    const closed = engine.close()
    page.send(start('threads'))
    expect((await page.until(() => page.of('refused')[0])).problem.en).toMatch(/is closing/)
    await closed
    expect(new Set(page.of('run').map((event) => event.run.scenario))).toEqual(new Set(['join']))
  })

  it.each(['start', 'preparing', 'running', 'stopping'])('closes within two seconds: %s', async (phase) => {
    const page = newEngine()
    page.send({ type: 'attach' })
    page.send(start('join', 1))
    await page.until(() => phase === 'start' || page.of('run').length > 0)
    if (phase === 'running' || phase === 'stopping') await page.until(() => page.run()?.phase === 'running')
    if (phase === 'stopping') page.send({ type: 'stop', runs: [page.run()!.id] })
    const before = Date.now()
    await engine.close()
    expect(Date.now() - before).toBeLessThan(2000)
    const last = page.run()
    if (last) expect([last.phase, last.error]).toEqual(['stopped', null])
  })

  it('tells of what it could not do, and goes on', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    await page.until(() => page.of('welcome')[0])
    const broken = vi.spyOn(Runs.prototype, 'start').mockImplementationOnce(() => {
      throw new Error('no more threads')
    })
    page.send(start('threads'))
    expect((await page.until(() => page.of('refused')[0])).problem.en).toBe('start: no more threads')
    broken.mockRestore()
    page.send(start('threads'))
    expect((await page.over()).phase).toBe('finished')
  })

  it('sends a hidden page fewer frames and no less', async () => {
    const [page, hidden] = [newEngine(), new Page()]
    for (const one of [page, hidden]) one.send({ type: 'attach' })
    hidden.send({ type: 'visible', visible: false })
    page.send(start('join', 20))
    const { id } = await page.over()
    await page.until(() => page.frames.some((frame) => frame.slices.ends.count > 0))
    await hidden.until(() => hidden.spans(id) === page.spans(id))
    expect(hidden.frames.length).toBeLessThan(page.frames.length / 2)
  })

  it('keeps twelve runs beside a new one, and tells which it let go', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    for (let n = 1; n <= 14; n++) {
      page.send(start('threads', 100, { threads: 1, sleeps: [0] }))
      await page.until(() => page.run()?.id === n && page.run()?.phase === 'finished')
    }
    expect(page.of('forgotten').flatMap((event) => event.runs)).toEqual([1])
    const late = new Page()
    late.send({ type: 'attach' })
    expect((await late.until(() => late.of('welcome')[0])).runs.map((run) => run.id)).toEqual(
      Array.from({ length: 13 }, (_, i) => i + 2),
    )
  })

  it('tells a page that comes later how the queue is, and has the consumer sign off at a stop', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    page.send(start('redis-queue', 1, { url: 'redis://127.0.0.1:1' }))
    await page.until(() => page.of('source').some((event) => event.status.phase === 'unreachable'))
    const late = new Page()
    late.send({ type: 'attach' })
    await late.until(() => late.of('welcome')[0])
    // At once: the next attempt, which every page hears of, is further away.
    await sleepMillis(20)
    expect(late.of('source')[0]?.status).toMatchObject({ phase: 'unreachable', address: '127.0.0.1:1' })
    page.send({ type: 'stop', runs: [page.run()!.id] })
    await page.over()
    expect(page.of('source').at(-1)!.status.phase).toBe('stopped')
  })

  it('stops a run within a second', async () => {
    const page = newEngine()
    page.send({ type: 'attach' })
    page.send(start('join', 1))
    const running = await page.until(() => page.run()?.phase === 'running' && page.run())
    const before = Date.now()
    page.send({ type: 'stop', runs: [running.id] })
    expect((await page.over()).phase).toBe('stopped')
    expect(Date.now() - before).toBeLessThan(1000)
  })

  it.each([
    ['an unknown scenario', start('nothing'), /no scenario “nothing”/],
    ['a speed out of bounds', start('join', 1000), /speed: 1000 is not a number from 1 to 100/],
    ['an unknown parameter', start('join', 1, { thread: 5 }), /no parameter “thread”/],
    ['a value out of bounds', start('join', 1, { threads: 65 }), /threads: “65” is not a whole number from 1 to 64/],
    ['an acknowledgement of nothing', { type: 'ack', sequence: 9 }, /frame 9 was not sent/],
    ['a push to no run', { type: 'push', run: 1, payloads: ['1'] }, /no programme with a queue is running/],
    ['garbage', { type: 'rm -rf' }, /./],
    ['no object', 'hello', /./],
  ])('answers %s with one sentence and goes on', async (_name, command, problem) => {
    const page = newEngine()
    page.send({ type: 'attach' })
    page.send(command)
    const refused = await page.until(() => page.of('refused')[0])
    expect(refused.problem.en).toMatch(problem)
    if (command instanceof Object && ['start', 'push'].includes(command.type))
      expect(refused.problem.zh).toMatch(/\p{Script=Han}.*。$/u)
    page.send(start('threads'))
    expect((await page.over()).phase).toBe('finished')
  })
})
